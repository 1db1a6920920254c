"""The full-screen console: `start` opens it; nothing is imported before it is asked for."""

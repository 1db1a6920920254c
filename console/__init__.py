"""The full-screen console."""

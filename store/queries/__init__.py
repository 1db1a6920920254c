"""Questions: one a file; they read only."""

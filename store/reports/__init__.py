"""What is printed: one report a file."""

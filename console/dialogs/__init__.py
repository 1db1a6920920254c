"""Modal questions that return an answer."""

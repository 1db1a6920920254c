"""Outgoing formats: one a file."""

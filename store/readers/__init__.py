"""Incoming file formats: one a file."""

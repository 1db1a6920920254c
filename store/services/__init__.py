"""Verbs: they write and trace, and never commit."""

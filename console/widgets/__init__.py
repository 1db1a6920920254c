"""Widgets: given rows, they know no store."""

"""Incoming file formats: one a file, picked by what a file holds and not by how it is called."""

from __future__ import annotations

from store.readers._grid import Grid
from store.readers._open import open_path
from store.readers._sheet import Block, NoEncoding, Sheet

__all__ = ["Block", "Grid", "NoEncoding", "Sheet", "open_path"]

"""Texts as a filter compares them: full-width signs and capital letters are as their twins."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text in one width and one case."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()

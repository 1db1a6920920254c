"""A typed or imported text as it was meant, whatever keyboard it came from."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """The text without spaces at its ends, full-width letters, digits and signs as ordinary ones."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()

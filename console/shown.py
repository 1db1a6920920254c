"""Texts as the terminal of this process can show them: harmless, and with room where a character needs it.

Characters like `·`, `“` and `—` are one cell wide on some terminals and two on others. Where they are two,
each has a space behind it, which the painter lets it cover: so every width that is reckoned holds on both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

from store.safe import safe as harmless

_NOT_PLAIN = re.compile("[^ -~]")
_wide = False


def settle(wide: bool) -> None:
    """Say what the terminal does with characters of ambiguous width."""
    global _wide
    _wide = wide


def safe(text: str) -> str:
    """The text made harmless, with a space behind each character that takes two cells on this terminal."""
    shown = harmless(text)
    if not _wide or _NOT_PLAIN.search(shown) is None:
        return shown
    following = (*shown[1:], "")
    return "".join(
        f"{each} " if is_ambiguous(each) and after != " " else each
        for each, after in zip(shown, following, strict=True)
    )


@lru_cache(maxsize=65536)
def is_ambiguous(text: str) -> bool:
    """Whether terminals do not agree how wide a character is, or one with what combines with it."""
    return not text.isascii() and any(east_asian_width(character) == "A" for character in text)

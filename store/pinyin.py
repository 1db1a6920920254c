"""The initials of Chinese words as one types them: `超时` is `cs`.

The first plane of GB 2312 stands in the order of its pronunciation, so the initial of a character follows
from its code; a character of the second plane, which is rare, has none and is passed over.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

_STARTS = (
    *(0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC),
    *(0xC2E8, 0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1),
)
_LETTERS = "abcdefghjklmnopqrstwxyz"
_END = 0xD7FA
# characters with a second reading that these words use
_ALSO = {"行": "h", "重": "c", "长": "c", "调": "d", "率": "l", "数": "s", "降": "x", "还": "h", "单": "d"}


def letter(character: str) -> str:
    """The initial of one character: a Latin letter or digit itself, empty where there is none."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"))
    except UnicodeEncodeError:
        return ""
    if not _STARTS[0] <= code < _END:
        return ""
    return _LETTERS[bisect_right(_STARTS, code) - 1]


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """The initials of a text."""
    return "".join(map(letter, text))


@lru_cache(maxsize=4096)
def _other(text: str) -> str:
    return "".join(_ALSO.get(character) or letter(character) for character in text)


def begins(text: str, typed: str) -> bool:
    """Whether the initials of a text begin with what was typed."""
    return initials(text).startswith(typed) or _other(text).startswith(typed)


def holds(text: str, typed: str) -> bool:
    """Whether a text holds what was typed, as it stands or by its initials; case does not count."""
    typed = typed.casefold()
    return typed in text.casefold() or (
        typed.isascii() and (typed in initials(text) or typed in _other(text))
    )

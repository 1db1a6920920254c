r"""Untrusted text made harmless: what came from a file must not command the terminal that shows it.

`safe` is the one gate for every text that reaches a screen, a CSV cell or a sheet. It never interprets
markup: `[/]` or `[@click=...]` stays what it is, and whoever shows it shows it without markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

MOST_MARKS = 3

# Letters that cannot be harmful and cannot be piled up: printable ASCII, Latin, Cyrillic but for its marks,
# punctuation, symbols, kana, Chinese with its planes, Hangul syllables, full-width forms, Uyghur letters.
# Most texts have no other, and to look for one is many times quicker than to look for what is hidden.
_PLAIN = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2000-\u200a\u2010-\u2027\u202f-\u205f\u2070-\u20cf"
    "\u2100-\u2cee\u2e80-\u3029\u3030-\u3098\u309b-\u3163\u3165-\ua66e\uac00-\ud7a3\uf900-\ufaff"
    "\uff01-\uff9f\uffe0-\uffee\u0620-\u064a\u0671-\u06d5\U00020000-\U0002fffd\U00030000-\U0003fffd"
)
_ODD = re.compile(f"[^{_PLAIN}]")

# Controls, format and bidi characters, what is invisible by design, surrogates, separators, noncharacters.
_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_BREAK = "\r\n|[\n\u2028\u2029]"

# Joiners and variation selectors belong to honest writing (names chosen by glyph, Mongolian, emoji), but
# terminals disagree on their width: they go without a trace.
_DROPPED = "[\u034f\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]+"

_PILE = f"[^{_PLAIN}]{{{MOST_MARKS + 1},}}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # when it is first needed: classes of this size take milliseconds, and most answers have nothing odd
    return re.compile(pattern)


def safe(text: str) -> str:
    """The text with everything harmful or invisible made visible; the same object where nothing is.

    A line break becomes `⏎`, a tab a space, another C0 control its picture (ESC `␛`), the rest `�`; joiners
    and variation selectors go; of more than three combining marks on one letter the others are cut.
    """
    if _ODD.search(text) is None:
        return text
    shown = _compiled(_BREAK).sub("⏎", _compiled(_DROPPED).sub("", text))
    shown = _compiled(_PILE).sub(_levelled, _compiled(_HIDDEN).sub(_stand_in, shown))
    return text if shown == text else shown


def replaced(text: str, stand_in: Callable[[str], str]) -> str:
    """The text with each harmful or invisible character replaced by what `stand_in` makes of it."""
    return (
        text if _ODD.search(text) is None else _compiled(_HIDDEN).sub(lambda match: stand_in(match[0]), text)
    )


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x09:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def _levelled(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in match[0]:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    # Vowels and finals of old Hangul have no width of their own either, so they pile up like marks.
    return (
        unicodedata.category(character)[0] == "M"
        or "\u1160" <= character <= "\u11ff"
        or "\ud7b0" <= character <= "\ud7fb"
    )

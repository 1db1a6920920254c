"""Citizen IDs and card numbers: what is valid, what a spreadsheet destroyed, and how they are masked."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from operator import mul

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
_ID = re.compile(r"[0-9]{17}[0-9X]")
_CARD = re.compile(r"[0-9]{16,19}")
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")


def digits(text: str) -> str:
    """The text with full-width digits and letters as ordinary ones, spaces at the ends dropped."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def id_check(first17: str) -> str:
    """The GB 11643 check character of 17 digits."""
    return CHECKS[sum(map(mul, map(int, first17), WEIGHTS)) % 11]


def is_citizen_id(text: str) -> bool:
    """Whether `text` is 18 characters with a valid GB 11643 check and a real birth date."""
    if _ID.fullmatch(text) is None or id_check(text[:17]) != text[17]:
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return True


def luhn(text: str) -> bool:
    """Whether a string of digits passes the Luhn check."""
    total = 0
    for place, digit in enumerate(reversed(text)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card_no(text: str) -> bool:
    """Whether `text` is 16 to 19 digits that pass Luhn."""
    return _CARD.fullmatch(text) is not None and luhn(text)


def destroyed(text: str) -> bool:
    """Whether a value that failed its check shows what a spreadsheet does: an exponent, or zeros."""
    if _EXPONENT.fullmatch(text):
        return True
    return len(text) >= 16 and text.isdigit() and set(text[15:]) == {"0"}


def birth_date(citizen_id: str) -> date:
    """The birth date in a valid citizen ID."""
    return date(int(citizen_id[6:10]), int(citizen_id[10:12]), int(citizen_id[12:14]))


def pack_id(citizen_id: str) -> int:
    """A valid citizen ID as its 17 digits, an integer."""
    return int(citizen_id[:17])


def unpack_id(number: int) -> str:
    """The citizen ID of 17 digits, with its check character."""
    first17 = f"{number:017d}"
    return first17 + id_check(first17)


def _masked(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def mask_id(text: str) -> str:
    """Six and four: `511002********1234`; a text too short for that is all stars."""
    return _masked(text, 6, 4)


def mask_card(text: str) -> str:
    """The last four: `***************5726`."""
    return _masked(text, 0, 4)


def mask_phone(text: str) -> str:
    """Three and four: `138****5678`."""
    return _masked(text, 3, 4)


# what may be an ID, a card or a mobile phone within a text; not a part of a longer number, nor of a hash
_INSIDE = re.compile(r"(?<![\da-f])(?:\d{17}[xXｘＸ]|\d{15,19}|1[3-9]\d{9})(?![\da-f])")


def mask_within(text: str, certain: bool = True) -> str:
    """A free text with the IDs, cards and mobile phones in it masked.

    An ID or a card is known by its check; with `certain` False by its shape alone.
    """
    return _INSIDE.sub(lambda match: _masked_number(match[0], certain), text)


def _masked_number(text: str, certain: bool) -> str:
    number = digits(text).upper()
    if len(number) == 11:
        return mask_phone(text)
    if is_citizen_id(number):
        return mask_id(text)
    if is_card_no(number):
        return mask_card(text)
    if certain:
        return text
    return mask_id(text) if len(number) in (15, 18) else mask_card(text)


def mask_name(text: str) -> str:
    """First and last character: `何*明`; of two the first, `何*`; a single character is a star."""
    return text[0] + "*" if len(text) == 2 else _masked(text, 1, 1)

"""Money is integer fen; this is the only place where yuan are read or written."""

from __future__ import annotations

import re

_YUAN = re.compile(r"([+-]?)\s*[￥¥]?\s*([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2})0*)?(?:元)?")
LARGEST = 10**15


def parse(text: str) -> int:
    """The fen of an amount in yuan such as `396.85`, `1,234.50` or `￥396.85`.

    Raises ValueError for anything else; a third decimal other than 0 is an error, never rounded.
    """
    match = _YUAN.fullmatch(text.strip())
    if match is None or (match[1] and match[2]):
        raise ValueError(text)
    decimals = (match[4] or "").ljust(2, "0")
    fen = int(match[3].replace(",", "")) * 100 + int(decimals)
    if fen > LARGEST:
        raise ValueError(text)
    return -fen if "-" in (match[1], match[2]) else fen


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals: 39685 -> `396.85`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def grouped(fen: int) -> str:
    """Fen as yuan with thousands set apart, for reading: 123456789 -> `1,234,567.89`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"

"""Sizes as a person writes them: 50k, 2m, 1_000_000."""

from __future__ import annotations

UNITS = {"k": 1_000, "m": 1_000_000}


def size(text: str) -> int:
    """The number that a size stands for."""
    plain = text.lower().replace("_", "")
    unit = UNITS.get(plain[-1:])
    return int(float(plain[:-1]) * unit) if unit else int(plain)

"""The parts of citizen IDs and cards as expressions over texts that came wrong."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, case, cast, func

from store.identity import WEIGHTS

SHAPE = "^[0-9]{17}[0-9X]$"
CARD_SHAPE = "^[0-9]{16,19}$"
OLD_SHAPE = "^[0-9]{15}$"
_MONTHS = "(0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])|(0[469]|11)(0[1-9]|[12][0-9]|30)|02(0[1-9]|1[0-9]|2[0-8])"
_LEAP = "([0-9][0-9](0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)0229"
BORN_SHAPE = f"^[0-9]{{6}}([0-9]{{4}}({_MONTHS})|{_LEAP})[0-9]{{3}}[0-9X]$"  # a birth date that exists


def check_of(text: Any) -> Any:
    """The place in CHECKS that the first 17 digits of an ID want; 0 for a text of another shape."""
    digits = [cast(func.substr(text, place + 1, 1), Integer) for place in range(len(WEIGHTS))]
    total = sum((digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)), start=0)
    return case((text.regexp_match(SHAPE), total % 11), else_=0)

"""Valid citizen IDs and card numbers that nobody can hold, made whole columns at a time."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from store.identity import CHECKS, WEIGHTS, id_check

# No place has a code that begins with 9901, and no bank issues 629999: no real person can be hit.
AREA = 990100
BIN = "629999"
OUTSIDER_AREA = "990199"
Ints = npt.NDArray[np.int64]


def _digits(numbers: Ints, width: int) -> Ints:
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return np.asarray((numbers[:, None] // powers) % 10, dtype=np.int64)


def citizen_ids(area: Ints, born: Ints, male: npt.NDArray[np.bool_]) -> list[str]:
    """An ID for each person, from an area number (1 to 98), a birth date YYYYMMDD and the sex; all differ."""
    group = (area * 10**8 + born) * 2 + male
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    starts = np.r_[0, np.flatnonzero(np.diff(ordered)) + 1]
    running = np.arange(len(group)) - np.repeat(starts, np.diff(np.r_[starts, len(group)]))
    serial = np.empty(len(group), dtype=np.int64)
    serial[order] = running
    # An odd last digit is a man, an even one a woman; past 999 the area moves on, far from the others.
    serial = serial * 2 + np.where(male, 1, 2)
    over, serial = serial // 1000, serial % 1000
    first17 = (AREA + area + over * 10) * 10**11 + born * 1000 + serial
    check = (_digits(first17, 17) @ np.array(WEIGHTS, dtype=np.int64)) % 11
    return [f"{number}{CHECKS[c]}" for number, c in zip(first17.tolist(), check.tolist(), strict=True)]


def outsider_id(born: date, serial: int) -> str:
    """The ID of somebody who draws nothing."""
    first17 = f"{OUTSIDER_AREA}{born:%Y%m%d}{serial % 1000:03d}"
    return first17 + id_check(first17)


def _luhn_check(body: Ints, width: int) -> Ints:
    digits = _digits(body, width)[:, ::-1]
    doubled = digits[:, 0::2] * 2
    total = np.where(doubled > 9, doubled - 9, doubled).sum(axis=1) + digits[:, 1::2].sum(axis=1)
    return np.asarray((10 - total % 10) % 10, dtype=np.int64)


def card_numbers(bank: Ints, serial: Ints) -> list[str]:
    """A card number for each bank number (1 to 99) and serial (below 10**9): 19 digits, one in five 18."""
    long = serial % 5 != 0
    body = np.where(
        long,
        int(BIN) * 10**12 + bank * 10**10 + serial,
        int(BIN) * 10**11 + bank * 10**9 + serial % 10**9,
    )
    check = np.where(long, _luhn_check(body, 18), _luhn_check(body, 17))
    return [f"{b}{c}" for b, c in zip(body.tolist(), check.tolist(), strict=True)]


def card_number(bank: int, serial: int) -> str:
    """One card number."""
    return card_numbers(np.array([bank], dtype=np.int64), np.array([serial], dtype=np.int64))[0]

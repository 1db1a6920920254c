"""Periods and the days by which they are paid, as the made-up world lays them out."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Period:
    """A period as text, its six-character code, its first day, and its year, last month and part."""

    text: str
    code: str
    first: date
    year: int
    last_month: int
    part: int


_PARTS = {
    # cycle: (text, last months of the parts)
    "monthly": ("{0}-{1:02d}", tuple(range(1, 13))),
    "on_demand": ("{0}-{1:02d}", tuple(range(1, 13))),
    "quarterly": ("{0}Q{1}", (3, 6, 9, 12)),
    "half_yearly": ("{0}H{1}", (6, 12)),
    "termly": ("{0}T{1}", (6, 12)),
    "yearly": ("{0}", (12,)),
    "seasonal": ("{0}", (12,)),
    "once": ("{0}", (12,)),
}


def periods(cycle: str, first: date, last: date) -> Iterator[Period]:
    """The periods of a cycle that begin in the years from `first` to `last`."""
    text, months = _PARTS[cycle]
    for year in range(first.year, last.year + 1):
        for part, month in enumerate(months, 1):
            name = text.format(year, part)
            code = name.replace("-", "").ljust(6, "0")
            start = date(year, month - 12 // len(months) + 1, 1)
            yield Period(name, code, start, year, month, part)


def _day_in(year: int, month: int, day: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def pay_day(pay_by: str, period: Period) -> date | None:
    """The day by which a period is paid, or None where none is set."""
    kind, _, rest = pay_by.partition(":")
    if kind == "day":
        day, _, months = rest.removesuffix("m").partition("+")
        return _day_in(period.year, period.last_month + int(months or 0), int(day))
    if kind == "term":
        month, day = rest.split(",")[period.part - 1].split("-")
        return _day_in(period.year, int(month), int(day))
    if kind == "window":
        opens, closes = rest.split("..")
        month, day = closes.split("-")
        return _day_in(period.year + (closes < opens), int(month), int(day))
    return None

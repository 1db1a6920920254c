"""The pay-by day of a batch: its own, or the programme's rule applied to the period."""

from __future__ import annotations

import calendar
from datetime import date

YEARS = range(1900, 2201)  # a period of another year is a slip of the pen: no day follows from it


def pay_by_day(rule: str | None, period: str) -> date | None:
    """The day by which a period is to be paid under a programme's rule, None where the rule gives none.

    `day:N`, `day:N+Mm`, `term:MM-DD,MM-DD` and `window:MM-DD..MM-DD`, as the feed of programmes has them.
    """
    if not rule:
        return None
    kind, _, rest = rule.partition(":")
    year = int(period[:4])
    if year not in YEARS:
        return None
    if kind == "day":
        return _of_month(rest, year, _month(period[4:]))
    if kind == "term":
        first, second = rest.split(",")
        part = {"T1": first, "T2": second}.get(period[4:])
        return None if part is None else _on(year, part)
    start, end = rest.split("..")
    return _on(year + (end < start), end)


def _month(part: str) -> int:
    """The month that a period ends in: terms end in June and December."""
    if part.startswith("-"):
        return int(part[1:])
    ends = {"H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "T1": 6, "T2": 12, "": 12}
    return ends[part]


def _of_month(rest: str, year: int, month: int) -> date:
    day, _, later = rest.partition("+")
    months = month - 1 + int(later.removesuffix("m") or 0)
    year, month = year + months // 12, months % 12 + 1
    return date(year, month, min(int(day), calendar.monthrange(year, month)[1]))


def _on(year: int, month_day: str) -> date:
    month, day = (int(part) for part in month_day.split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))

"""The calendar as a store has it: which years are known, and which days are not as the week has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from store.models.reference import calendar_year
from store.queries.timing import time_of
from store.tables import Day, Flag
from store.workdays import published_years


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the calendar and where it comes from: published, or a file of the office's own."""

    year: int
    source: str


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not as the week has it: a holiday, or a weekend day that is worked."""

    day: Day
    working: Flag
    name: str | None


def years(connection: Connection) -> list[YearRow]:
    """Every known year; one that the office loaded wins over the published one."""
    first, last = published_years()
    known = dict.fromkeys(range(first, last + 1), "published")
    known |= {row.year: row.source for row in connection.execute(select(calendar_year))}
    return [YearRow(year, source) for year, source in sorted(known.items())]


def special_days(connection: Connection, year: int) -> list[SpecialDay]:
    """The days of a year that are worked on a weekend, or free on another day."""
    calendar = time_of(connection).calendar
    day = date(year, 1, 1)
    found = []
    while day.year == year:
        working = calendar.is_working(day)
        if working != (day.weekday() < 5):
            found.append(SpecialDay(day, working, calendar.holiday(day)))
        day += timedelta(days=1)
    return found

"""What deadlines are judged by: the calendar, the limits and the thresholds, as the store has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, select

from store.models.clock import Thresholds
from store.models.limits import Limit, Limits
from store.models.reference import calendar_day, calendar_year, deadline, reason
from store.queries.settings import listed
from store.workdays import Calendar

GRADED = ("yellow", "orange", "red", "upcoming")


@dataclass(frozen=True)
class Time:
    """The calendar, the grades' thresholds, and in how many working days a failure is due, by its reason."""

    calendar: Calendar
    thresholds: Thresholds
    failure_days: dict[str | None, int]


def time_of(connection: Connection) -> Time:
    """The calendar and settings of a store."""
    own = tuple((row.day, row.working, row.name) for row in connection.execute(select(calendar_day)))
    years = frozenset(connection.scalars(select(calendar_year.c.year)))
    settings = {row.key: row.value for row in listed(connection)}
    named = {name: settings[f"grade.{name}"] for name in GRADED}
    days: dict[str | None, int] = {None: settings["failure.days"]}
    query = select(reason.c.reason, reason.c.due_days).where(reason.c.due_days.isnot(None))
    days |= {row.reason: row.due_days for row in connection.execute(query)}
    return Time(_calendar(own, years), Thresholds(**named), days)


@lru_cache(maxsize=8)
def _calendar(own: tuple[tuple[date, bool, str | None], ...], years: frozenset[int]) -> Calendar:
    """A calendar, made once: to count through all its days takes longer than any question to it."""
    return Calendar({day: (working, name) for day, working, name in own}, years)


def limits_of(connection: Connection) -> Limits:
    """Every limit of a store."""
    return Limits.of(
        Limit(row.programme_code, row.stage, row.region_code, row.valid_from, row.limit, row.limit_unit)
        for row in connection.execute(select(deadline))
    )

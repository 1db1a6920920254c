"""Receipts: what a deadline's clock says, day by day, in the rows that every explanation shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection

from store.models.clock import Clock, graded, second_working_day
from store.models.posts import Viewer
from store.queries.timing import Time
from store.tables import Code, Day, Digits, Flag, Moment, Number
from store.words import knows, say


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of the receipt."""

    day: Day
    counted: Flag
    n: Number | None
    why: str | None


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stay with its limit, its days, and when it turns yellow, orange and red."""

    stage: Code
    unit_code: str | None
    unit: str | None
    operator: str | None
    entered_at: Moment | None
    left_at: Moment | None
    limit: Number | None
    limit_unit: Code | None
    limit_source: str | None
    due_on: Day | None
    yellow_on: Day | None
    orange_on: Day | None
    red_on: Day | None
    overdue_days: Number
    grade: Code | None
    provisional: Flag
    days: tuple[DayShown, ...]


@dataclass(frozen=True)
class _Receipt:
    programme_code: str | None
    programme: str | None
    period: str | None
    region_code: Digits
    county: str | None
    stages: tuple[StageShown, ...]


@dataclass(frozen=True)
class _Case:
    case_no: Digits


@dataclass(frozen=True)
class _Batch:
    batch_no: Digits


@dataclass(frozen=True)
class _Payment:
    payment_no: Digits


@dataclass(frozen=True)
class _Item:
    item_no: Digits


@dataclass(frozen=True)
class CaseReceipt(_Receipt, _Case):
    """The receipt of a case: every stay in a stage."""


@dataclass(frozen=True)
class BatchReceipt(_Receipt, _Batch):
    """The receipt of a batch's pay-by day."""


@dataclass(frozen=True)
class FailureReceipt(_Receipt, _Payment):
    """The receipt of a failure's due day."""


@dataclass(frozen=True)
class ItemReceipt(_Receipt, _Item):
    """The receipt of an item's due day."""


@dataclass(frozen=True)
class Asked:
    """What an explanation is asked with."""

    connection: Connection
    viewer: Viewer
    as_of: date
    lang: str
    time: Time


@dataclass(frozen=True)
class SetDay(Clock):
    """A clock of calendar days whose due day was set: it is due then, working day or not."""

    due_on: date | None = None

    def due(self) -> date | None:
        """The day that was set."""
        return self.due_on

    def provisional(self, due: date | None, *later: date | None) -> bool:
        """No calendar is read for a day that was set."""
        return False


def set_day(asked: Asked, begun: date, due: date) -> SetDay:
    """The clock of a due day that was set."""
    return SetDay(asked.time.calendar, begun, max((due - begun).days, 0), "day", due_on=due)


def says(asked: Asked, clock: Clock, left: date | None) -> tuple[Any, ...]:
    """due_on, yellow_on, orange_on, red_on, overdue_days, grade, provisional and days of a clock.

    `left` is the day it ended, None while it runs or stands still.
    """
    thresholds = asked.time.thresholds
    due, until = clock.due(), left or asked.as_of
    days = clock.overdue(due, until)
    turns = [clock.overdue_on(due, nth) for nth in (thresholds.yellow, thresholds.orange, thresholds.red)]
    receipt = tuple(
        DayShown(each.day, each.counted, each.n, _why(each.why, asked.lang))
        for each in clock.days(due, until)
    )
    if left is not None:
        grade = thresholds.grade(days)
    elif clock.paused(asked.as_of):
        grade = None
    else:
        horizon = second_working_day(asked.time.calendar, asked.as_of, thresholds)
        grade = graded(thresholds, days, due, horizon)
    return due, *turns, days, grade, clock.provisional(due, until, *turns), receipt


def _why(reason: tuple[str, str] | None, lang: str) -> str | None:
    """Why a day does not count, in words; holidays of the published calendar in the language."""
    if reason is None:
        return None
    key, name = reason
    return say(key, lang, name=say(f"holiday.{name}", lang) if knows(f"holiday.{name}") else name)


def nothing_said() -> tuple[Any, ...]:
    """What there is to say where no limit holds: limit, unit, source, and all that a clock would say."""
    return (*[None] * 7, 0, None, False, ())


def at_midnight(day: date | None) -> datetime | None:
    """A day as the moment it begins."""
    return None if day is None else datetime.combine(day, time())

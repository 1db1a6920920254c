"""What failures did, by day and county: from sums where whole counties are asked for, else from events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from store.models.columns import county_number
from store.models.failures import failure, failure_event
from store.models.figures import DAYS, MONTHS, failure_sum
from store.models.posts import Viewer
from store.queries.failures import scoped
from store.queries.filters import Filters
from store.queries.sums import is_whole, summed
from store.workdays import ONE

MOVES = (
    *("new_count", "new_amount", "cleared_count", "cleared_amount"),
    *("same_day_count", "late_count"),
)
OPENING = ("opening_count", "opening_amount")

Opening = Mapping[str, dict[str, int]]  # by county
Moves = Mapping[str, Mapping[date, dict[str, int]]]  # by county and day


@dataclass(frozen=True)
class Asked:
    """What is asked for; `whole` where the sums of whole counties answer it."""

    connection: Connection
    viewer: Viewer
    filters: Filters
    whole: bool


def asked(connection: Connection, viewer: Viewer, filters: Filters) -> Asked:
    """A question about failures, and how it is answered."""
    return Asked(connection, viewer, filters, is_whole(connection, viewer, filters, 6))


def moves(question: Asked, since: date, until: date) -> tuple[Opening, Moves]:
    """What was open before a day, and what each day from then on up to another changed, by county."""
    start = min(since, until + ONE)
    if question.whole:
        before, days = _from_sums(question, start, until)
    else:
        before, days = _from_events(question, start, until)
    opening: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(OPENING, 0))
    for county, count, amount in before:
        opening[county]["opening_count"] += int(count)
        opening[county]["opening_amount"] += int(amount)
    found: dict[str, dict[date, dict[str, int]]] = defaultdict(dict)
    for county, day, *sums in days:
        row = found[county].setdefault(day, dict.fromkeys(MOVES, 0))
        for name, value in zip(MOVES, sums, strict=True):
            row[name] += int(value)
    return opening, found


Rows = list[tuple[Any, ...]]


def _from_sums(question: Asked, since: date, until: date) -> tuple[Rows, Rows]:
    t = failure_sum.c
    own = of_counties(question)
    opening = (
        select(t.place, func.sum(t.new_count - t.cleared_count), func.sum(t.new_amount - t.cleared_amount))
        .where(own, before(since))
        .group_by(t.place)
    )
    days = (
        select(t.place, t.day, *(func.sum(t[name]) for name in MOVES))
        .where(own, t.span == DAYS, t.day >= since, t.day <= until)
        .group_by(t.place, t.day)
    )
    return _of_places(question, opening), _of_places(question, days)


def of_counties(question: Asked, by_unit: bool = False) -> ColumnElement[bool]:
    """The rows of failure_sum that answer, of all units together or of each."""
    t = failure_sum.c
    scope = summed(question.connection, question.viewer, question.filters, t.place, t.programme_id)
    return and_(scope, t.unit_id != 0 if by_unit else t.unit_id == 0)


def before(day: date) -> ColumnElement[bool]:
    """All that happened before a day: whole months, and the days since the first of its own."""
    t = failure_sum.c
    first = day.replace(day=1)
    return or_(and_(t.span == MONTHS, t.day < first), and_(t.span == DAYS, t.day >= first, t.day < day))


def _of_places(question: Asked, query: Select[Any]) -> Rows:
    return [(county_code(county_number(place)), *row) for place, *row in question.connection.execute(query)]


def _from_events(question: Asked, since: date, until: date) -> tuple[Rows, Rows]:
    f, e = failure, failure_event
    scope = scoped(question.connection, question.viewer, question.filters)

    def total(condition: Any, value: Any) -> Any:
        return func.sum(case((condition, value), else_=0))

    opening = (
        select(f.c.county, func.sum(e.c.opened), func.sum(e.c.change))
        .join_from(e, f, f.c.failure_id == e.c.failure_id)
        .where(scope, e.c.day < since)
        .group_by(f.c.county)
    )
    days = (
        select(
            f.c.county,
            e.c.day,
            total(e.c.opened > 0, 1),
            total(e.c.change > 0, e.c.change),
            total(e.c.opened < 0, 1),
            total(e.c.change < 0, -e.c.change),
            total((e.c.opened < 0) & (e.c.day == f.c.opened_on), 1),
            func.sum(e.c.late),
        )
        .join_from(e, f, f.c.failure_id == e.c.failure_id)
        .where(scope, e.c.day >= since, e.c.day <= until)
        .group_by(f.c.county, e.c.day)
    )
    run = question.connection.execute
    return (
        [(county_code(county), *row) for county, *row in run(opening)],
        [(county_code(county), *row) for county, *row in run(days)],
    )


def county_code(county: int) -> str:
    """Six digits, or the empty text of what has no county."""
    return f"{county:06d}" if county else ""

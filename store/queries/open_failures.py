"""How many failures are open, unanswered and overdue, by county: counted where they are, not listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, literal, or_, select

from store.models.columns import end_of
from store.models.failures import failure, failure_event, failure_payment
from store.models.payments import feedback
from store.models.posts import Viewer
from store.models.reference import wording
from store.queries.failed import due_day
from store.queries.failures import FAILING, last_asked, last_said, left_on, scoped, spans
from store.queries.filters import Filters
from store.queries.timing import Time
from store.queries.tracking import county_code
from store.workdays import ONE


@dataclass(frozen=True, slots=True)
class Tally:
    """The open failures of a county: how many, and fen outstanding; in all, without feedback, and overdue."""

    county: str
    count: int
    amount: int
    unanswered: int
    unanswered_amount: int
    overdue: int
    overdue_amount: int


def by_county(connection: Connection, viewer: Viewer, as_of: date, time: Time) -> list[Tally]:
    """The failures that are open at the end of a day, as `failed` lists them, by county."""
    f = failure.c
    left = left_on(as_of)
    owes = _unanswered(time, as_of)
    late = _overdue(connection, time, as_of)
    parts = [
        value
        for condition in (None, owes, late)
        for value in (
            func.count() if condition is None else func.sum(case((condition, 1), else_=0)),
            func.sum(left if condition is None else case((condition, left), else_=0)),
        )
    ]
    query = (
        select(f.county, *parts)
        .where(scoped(connection, viewer, Filters()), f.opened_on <= as_of)
        .where(spans(connection, open_since=as_of), left > 0)
        .group_by(f.county)
    )
    return [Tally(county_code(county), *map(int, sums)) for county, *sums in connection.execute(query)]


def moved(connection: Connection, viewer: Viewer, since: date, until: date, turn: int) -> tuple[int, int]:
    """The failures that became outstanding (1) or were written off (-1) within days: their count and fen."""
    e, f = failure_event.c, failure.c
    turned = e.opened > 0 if turn > 0 else e.opened < 0
    ids = select(e.failure_id).where(turned, e.day >= since, e.day <= until)
    query = select(func.count(), func.coalesce(func.sum(f.amount), 0))
    row = connection.execute(
        query.where(f.failure_id.in_(ids), f.opened_on <= until, scoped(connection, viewer, Filters()))
    ).one()
    return int(row[0]), int(row[1])


def _unanswered(time: Time, as_of: date) -> ColumnElement[bool]:
    """That a failure owed feedback when it was last asked for, and was given none in that week."""
    asked = last_asked(time.calendar, as_of)
    if asked is None:
        return literal(False)
    m, g = failure_payment.c, feedback.c
    first = datetime(asked.monday.year, asked.monday.month, asked.monday.day)
    answered = exists().where(
        m.failure_id == failure.c.failure_id,
        m.since <= as_of,
        g.payment_id == m.payment_id,
        g.given_at >= first,
        g.given_at <= end_of(asked.until),
    )
    return and_(failure.c.opened_on <= asked.day, left_on(asked.day) > 0, ~answered)


def _overdue(connection: Connection, time: Time, as_of: date) -> ColumnElement[bool]:
    """That a failure is past its due day, which may hang on the reason of its latest failed return."""
    f, usual = failure.c, time.failure_days[None]
    special = {why: days for why, days in time.failure_days.items() if why is not None and days != usual}
    if not special:
        return f.opened_on <= _latest(time, None, as_of)
    said = case(
        (f.moved_on <= as_of, f.wording_id),
        else_=last_said(as_of, failure_event.c.wording_id, failure_event.c.result.in_(FAILING)),
    )
    named: dict[str, set[int]] = {}
    for row in connection.execute(select(wording).where(wording.c.reason.in_(special))):
        named.setdefault(row.reason, set()).add(row.wording_id)
    others: set[int] = set().union(*named.values())
    parts = [_opened(said, named.get(why, ()), _latest(time, why, as_of), why == "other") for why in special]
    rest = or_(said.notin_(others), said.is_(None)) if "other" not in special else said.notin_(others)
    return or_(*parts, and_(rest, f.opened_on <= _latest(time, None, as_of)))


def _opened(said: Any, ids: Iterable[int], latest: date, unsaid: bool) -> ColumnElement[bool]:
    of = said.in_(list(ids))
    return and_(or_(of, said.is_(None)) if unsaid else of, failure.c.opened_on <= latest)


def _latest(time: Time, why: str | None, as_of: date) -> date:
    """The last day on which a failure of this reason can have opened to be overdue now."""
    day = as_of
    while time.thresholds.grade(time.calendar.between(due_day(time, day, why), as_of)) is None:
        day -= ONE
    return day

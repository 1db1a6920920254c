"""Failed payments as a list: what is open, or all that were known; and those past their due day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from store.lookup import rows_where
from store.models.clock import graded, second_working_day
from store.models.columns import county_of
from store.models.failures import failure, failure_event
from store.models.payments import batch, payment
from store.models.posts import Viewer
from store.models.reference import programme, reason, unit
from store.queries import paging, places
from store.queries.failures import (
    FailureState,
    feedback_given,
    last_asked,
    left_on,
    reason_of,
    scoped,
    states,
)
from store.queries.filters import Filters, check_choice
from store.queries.paging import Page, Span
from store.queries.people import People, people_of
from store.queries.timing import Time, time_of
from store.tables import Code, Day, Digits, Fen, Flag, Number

MOVED = ("new", "cleared")


@dataclass(frozen=True)
class FailedRow:
    """A failure as of a day."""

    payment_no: Digits
    batch_no: Digits
    programme_code: str
    programme: str
    period: str
    region_code: Digits
    county: str | None
    unit_code: str
    unit: str
    person_id: Digits | None
    name: str | None
    card_no: Digits | None
    amount: Fen
    outstanding: Fen
    opened_on: Day
    age_days: Number
    attempts: Number
    reason: Code | None
    reason_text: str | None
    cause: Code | None
    last_feedback_on: Day | None
    without_feedback: Flag
    status: Code
    cleared_on: Day | None
    cleared_by: Code | None


@dataclass(frozen=True)
class _Kind:
    kind: Code


@dataclass(frozen=True)
class _Late:
    due_on: Day
    overdue_days: Number
    grade: Code


@dataclass(frozen=True)
class OverdueFailure(_Late, FailedRow, _Kind):
    """A failure past its due day: its kind, the columns of a failure, and how late it is."""


def listed(connection: Connection, viewer: Viewer, as_of: date, filters: Filters) -> list[FailedRow]:
    """Open failures, or with `filters.everything` all that were known, by day of opening and number.

    With `filters.moved` those that became outstanding, or were written off, from `filters.since` (the last
    working day before `as_of`) on, whatever they are now.
    """
    check_choice("moved", filters.moved, MOVED)
    time = time_of(connection)
    whatever = filters.everything or filters.moved is not None
    since = filters.since or time.calendar.last_before(as_of)
    moved = _moved(filters.moved, since, as_of) if filters.moved is not None else None
    known = states(connection, viewer, as_of, filters, open_since=None if whatever else as_of, extra=moved)
    found = [state for state in known if whatever or state.is_open]
    return _rows(connection, viewer, as_of, filters, found, time)


def page(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, span: Span
) -> Page[FailedRow]:
    """A page of the failures that are open, or of all that were known, in the order of `listed`.

    Of every reason, with or without feedback.
    """
    query = _known(connection, viewer, as_of, filters)
    found = paging.rows_of(connection, query, [failure.c.opened_on, failure.c.payment_no], span)
    chosen = failure.c.failure_id.in_([row.failure_id for row in found])
    known = list(states(connection, viewer, as_of, filters, extra=chosen))
    rows = _rows(connection, viewer, as_of, filters, known, time_of(connection))
    return Page(rows, [(row.opened_on, row.payment_no) for row in rows])


def count(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, most: int | None = None
) -> int:
    """How many failures are open, or were known; with `most` not counted beyond that."""
    return paging.count(connection, _known(connection, viewer, as_of, filters), most)


def _known(connection: Connection, viewer: Viewer, as_of: date, filters: Filters) -> Select[Any]:
    f = failure.c
    query = select(f.failure_id, f.opened_on, f.payment_no)
    query = query.where(scoped(connection, viewer, filters), f.opened_on <= as_of)
    if filters.everything:
        return query
    e = failure_event.c
    if connection.scalar(select(e.day).where(e.day > as_of).limit(1)) is None:
        # as they stand now: an index has these in their order
        return query.where(f.cleared_on.is_(None), f.outstanding > 0)
    return query.where(left_on(as_of) > 0)


def _moved(how: str, since: date, until: date) -> ColumnElement[bool]:
    e = failure_event.c
    turned = e.opened > 0 if how == "new" else e.opened < 0
    return failure.c.failure_id.in_(select(e.failure_id).where(turned, e.day >= since, e.day <= until))


def overdue(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, upcoming: bool = False
) -> list[OverdueFailure]:
    """Open failures past their due day, with `upcoming` those due soon, the most overdue first."""
    time = time_of(connection)
    last = second_working_day(time.calendar, as_of, time.thresholds) if upcoming else None
    found = []
    for row in listed(connection, viewer, as_of, filters):
        due = due_day(time, row.opened_on, row.reason)
        days = time.calendar.between(due, as_of)
        grade = time.thresholds.grade(days) if last is None else graded(time.thresholds, days, due, last)
        if grade is None or filters.grade not in (None, grade):
            continue
        found.append(OverdueFailure(kind="failure", **vars(row), due_on=due, overdue_days=days, grade=grade))
    found.sort(key=lambda each: (-each.overdue_days, each.payment_no))
    return found


def due_day(time: Time, opened_on: date, why: str | None) -> date:
    """The day by which a failure of this reason is to be cleared."""
    return time.calendar.add(opened_on, time.failure_days.get(why, time.failure_days[None]))


def _rows(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    filters: Filters,
    found: Sequence[FailureState],
    time: Time,
) -> list[FailedRow]:
    first = {row.payment_id: row for row in _first_payments(connection, found)}
    causes = {row.reason: row.cause for row in connection.execute(select(reason))}
    check_choice("reason", filters.reason, tuple(sorted(causes)))
    said = feedback_given(connection, list(first), as_of)
    asked = last_asked(time.calendar, as_of)
    people = people_of(connection, viewer, {row.person_id for row in first.values()}, names=False)
    codes = {county_of(state.row.region_code) or "" for state in found} - {""}
    counties = places.names(connection, codes)
    rows: list[dict[str, Any]] = []
    for state in found:
        spoken = said.get(state.row.failure_id, ())
        owes = asked is not None and state.outstanding_on(asked.day) > 0
        late = owes and not any(asked and asked.monday <= at.date() <= asked.until for at in spoken)
        paid = first[state.row.failure_id]
        county = counties.get(county_of(state.row.region_code) or "")
        row = _row(state, paid, people, county, causes, as_of)
        rows.append(
            {**row, "last_feedback_on": spoken[-1].date() if spoken else None, "without_feedback": late}
        )
    wanted = [
        row
        for row in rows
        if filters.reason in (None, row["reason"])
        and (not filters.without_feedback or row["without_feedback"])
    ]
    wanted.sort(key=lambda row: (row["opened_on"], row["payment_no"]))
    return [FailedRow(**row) for row in wanted]


def _first_payments(connection: Connection, found: Sequence[FailureState]) -> list[Row[Any]]:
    query = (
        select(
            payment.c.payment_id,
            payment.c.person_id,
            payment.c.name,
            payment.c.card_no,
            batch.c.batch_no,
            batch.c.period,
            programme.c.programme_code,
            programme.c.name.label("programme"),
            unit.c.unit_code,
            unit.c.name.label("unit"),
        )
        .join_from(failure, payment, payment.c.payment_id == failure.c.failure_id)
        .join(batch, batch.c.batch_id == failure.c.batch_id)
        .join(programme, programme.c.programme_id == failure.c.programme_id)
        .join(unit, unit.c.unit_id == failure.c.unit_id)
    )
    return rows_where(connection, query, failure.c.failure_id, [state.row.failure_id for state in found])


def _row(
    state: FailureState,
    paid: Row[Any],
    people: People,
    county: str | None,
    causes: dict[str, str],
    as_of: date,
) -> dict[str, Any]:
    latest, cleared = state.latest, state.cleared_on
    why = reason_of(latest)
    return {
        "payment_no": state.row.payment_no,
        "batch_no": paid.batch_no,
        "programme_code": paid.programme_code,
        "programme": paid.programme,
        "period": paid.period,
        "region_code": state.row.region_code,
        "county": county,
        "unit_code": paid.unit_code,
        "unit": paid.unit,
        "person_id": people.number(paid.person_id),
        "name": people.shown(paid.name),
        "card_no": people.card(paid.card_no),
        "amount": state.row.amount,
        "outstanding": state.outstanding,
        "opened_on": state.row.opened_on,
        "age_days": ((cleared or as_of) - state.row.opened_on).days,
        "attempts": state.attempts,
        "reason": why,
        "reason_text": people.text(latest.wording),
        "cause": causes.get(why) if why else None,
        "status": "open" if state.is_open else "cleared",
        "cleared_on": cleared,
        "cleared_by": state.cleared_by,
    }

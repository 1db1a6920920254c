"""Approvals that are late, due soon, or were finished late, as of any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from store.models.claims import pause, stage_visit
from store.models.clock import Clock, graded, pauses_of, second_working_day
from store.models.codes import GRADES, STAGES
from store.models.columns import county_of, end_of
from store.models.limits import Limit, Limits
from store.models.posts import Viewer
from store.queries import places
from store.queries.filters import Filters, check_choice
from store.queries.people import people_of
from store.queries.stays import long_enough, scope_of, still_open, visits
from store.queries.timing import Time, limits_of, time_of
from store.tables import Code, Day, Digits, Fen, Flag, Moment, Number

SINCE = timedelta(days=30)
MOST = 900


@dataclass(frozen=True)
class _Stay:
    kind: Code
    case_no: Digits
    programme_code: str
    programme: str | None
    period: str
    region_code: Digits
    county: str | None
    stage: Code
    unit_code: str
    unit: str | None
    operator: str | None
    entered_at: Moment
    due_on: Day | None


@dataclass(frozen=True)
class _Left:
    left_at: Moment


@dataclass(frozen=True)
class _Lateness:
    overdue_days: Number
    grade: Code | None
    person_id: Digits | None
    name: str | None
    amount: Fen | None
    provisional: Flag


@dataclass(frozen=True)
class OverdueApproval(_Lateness, _Stay):
    """A stay in a stage that is late, or due soon."""


@dataclass(frozen=True)
class FinishedLate(_Lateness, _Left, _Stay):
    """A stay in a stage that was finished after its due day, with the time it was left."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A stay with its limit, and what its clock says."""

    row: Row[Any]
    limit: Limit
    due: date | None
    overdue_days: int
    provisional: bool


Graded = tuple[Judged, str | None]


def approvals(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, upcoming: bool = False
) -> list[OverdueApproval]:
    """Stays open and not paused at the end of `as_of` that are late; with `upcoming` those due soon as well.

    Most overdue first, then by case number.
    """
    _check(filters)
    time = time_of(connection)
    horizon = second_working_day(time.calendar, as_of, time.thresholds)
    found: list[Graded] = []
    for judged, clock in _open(connection, viewer, as_of, filters, horizon if upcoming else None, time):
        if clock.paused(as_of) or judged.due is None:
            continue
        grade = graded(time.thresholds, judged.overdue_days, judged.due, horizon)
        if grade is None or (grade == "upcoming" and not upcoming):
            continue
        if filters.grade in (None, grade):
            found.append((judged, grade))
    found.sort(key=_most_overdue)
    return _shown(connection, viewer, found, OverdueApproval)


def finished_late(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters
) -> list[FinishedLate]:
    """Stays that were finished after their due day, from `filters.since` (30 days before `as_of`) on."""
    _check(filters)
    time, limits = time_of(connection), limits_of(connection)
    since = filters.since or as_of - SINCE
    left = and_(
        stage_visit.c.left_at >= datetime(since.year, since.month, since.day),
        stage_visit.c.left_at <= end_of(as_of),
        scope_of(connection, viewer, filters),
    )
    rows = visits(connection, viewer, as_of, filters, long_enough(limits, left))
    found: list[Graded] = []
    for judged, _ in judge(connection, rows, as_of, limits, time):
        if judged.due is not None and judged.row.left_at.date() > judged.due:
            grade = time.thresholds.grade(judged.overdue_days)
            if filters.grade in (None, grade):
                found.append((judged, grade))
    found.sort(key=_most_overdue)
    return _shown(connection, viewer, found, FinishedLate)


def _check(filters: Filters) -> None:
    check_choice("stage", filters.stage, STAGES)
    check_choice("grade", filters.grade, GRADES)


def _most_overdue(graded: Graded) -> tuple[Any, ...]:
    row = graded[0].row
    return (-graded[0].overdue_days, row.case_no, row.stage, row.entered_at)


def _open(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, horizon: date | None, time: Time
) -> list[tuple[Judged, Clock]]:
    limits = limits_of(connection)
    rows: list[Row[Any]] = []
    for which in still_open(connection, viewer, as_of, filters, limits, time, horizon):
        rows += visits(connection, viewer, as_of, filters, which)
    return judge(connection, rows, as_of, limits, time)


def judge(
    connection: Connection, rows: Sequence[Row[Any]], as_of: date, limits: Limits, time: Time
) -> list[tuple[Judged, Clock]]:
    """Stays that have a limit, each with its clock; one that has ended by `as_of` is judged on that day."""
    pauses = pauses_by_claim(connection, {row.claim_id for row in rows})
    judged = []
    known: dict[tuple[int, date, date], tuple[date | None, int, bool]] = {}
    for row in rows:
        entered = row.entered_at.date()
        limit = limits.find(row.programme_code, row.region_code, row.stage, entered)
        if limit is None:
            continue
        clock = clock_of(row, limit, time, pauses.get(row.claim_id, ()), as_of)
        until = ended_by(row.left_at, as_of) or as_of
        # without a pause the clock of one day is that of all who entered on it
        alike = None if clock.pauses else (id(limit), entered, until)
        if alike is None or alike not in known:
            due = clock.due()
            found = (due, clock.overdue(due, until), clock.provisional(due, until))
            if alike is not None:
                known[alike] = found
        else:
            found = known[alike]
        judged.append((Judged(row, limit, *found), clock))
    return judged


def ended_by(left_at: datetime | None, as_of: date) -> date | None:
    """The day a stay ended, None while it is open at the end of `as_of`."""
    return left_at.date() if left_at is not None and left_at <= end_of(as_of) else None


def clock_of(
    row: Row[Any],
    limit: Limit,
    time: Time,
    pauses: Sequence[tuple[datetime, datetime | None]],
    as_of: date,
) -> Clock:
    """The clock of a stay: its limit, and the pauses that began while it was open."""
    own = [p for p in pauses if row.entered_at <= p[0] and (row.left_at is None or p[0] < row.left_at)]
    entered = row.entered_at.date()
    return Clock(time.calendar, entered, limit.count, limit.unit, pauses_of(own, as_of))


def pauses_by_claim(
    connection: Connection, claim_ids: set[int]
) -> dict[int, list[tuple[datetime, datetime | None]]]:
    """The pauses of cases, by claim_id."""
    found: dict[int, list[tuple[datetime, datetime | None]]] = {}
    listed = sorted(claim_ids)
    for start in range(0, len(listed), MOST):
        query = select(pause).where(pause.c.claim_id.in_(listed[start : start + MOST]))
        for row in connection.execute(query.order_by(pause.c.paused_at)):
            found.setdefault(row.claim_id, []).append((row.paused_at, row.resumed_at))
    return found


def _shown(connection: Connection, viewer: Viewer, found: Sequence[Graded], row_class: Any) -> list[Any]:
    people = people_of(connection, viewer, {each.row.person_id for each, _ in found})
    counties = places.names(connection, {county_of(each.row.region_code) or "" for each, _ in found} - {""})
    shown = []
    for each, grade in found:
        row = each.row
        facts = {
            "kind": "approval",
            "case_no": row.case_no,
            "programme_code": row.programme_code,
            "programme": row.programme,
            "period": row.period,
            "region_code": row.region_code,
            "county": counties.get(county_of(row.region_code) or ""),
            "stage": row.stage,
            "unit_code": row.unit_code,
            "unit": row.unit,
            "operator": row.operator,
            "entered_at": row.entered_at,
            "due_on": each.due,
            "overdue_days": each.overdue_days,
            "grade": grade,
            "person_id": people.number(row.person_id),
            "name": people.name(row.person_id),
            "amount": row.amount,
            "provisional": each.provisional,
        }
        if row_class is FinishedLate:
            facts["left_at"] = row.left_at
        shown.append(row_class(**facts))
    return shown


def open_due_days(
    connection: Connection, viewer: Viewer, as_of: date
) -> dict[tuple[str, str, datetime], date]:
    """The due day of every stay that is open at the end of a day, by case, stage and entry."""
    still_open = stage_visit.c.left_at.is_(None) | (stage_visit.c.left_at > end_of(as_of))
    rows = visits(connection, viewer, as_of, Filters(), still_open)
    judged = judge(connection, rows, as_of, limits_of(connection), time_of(connection))
    return {
        (each.row.case_no, each.row.stage, each.row.entered_at): each.due
        for each, _ in judged
        if each.due is not None
    }

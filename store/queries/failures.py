"""Failed payments as of any day: each with its events up to then, folded into what was true at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, or_, select

from store.lookup import rows_where, slices
from store.models.columns import county_number, end_of
from store.models.failures import LONGEST_SPAN, OPEN, failure, failure_event, failure_payment
from store.models.figures import MONTHS, failure_sum
from store.models.payments import feedback
from store.models.posts import Viewer
from store.models.reference import wording
from store.models.tracking import cleared_by
from store.queries.filters import Filters, narrowed
from store.queries.scope import within
from store.workdays import Calendar

FAILING = ("failure", "bounced")


@dataclass(frozen=True)
class FailureState:
    """A failure as it stood at the end of a day; `events` are those up to then, in order."""

    row: Row[Any]
    events: Sequence[Row[Any]]

    @property
    def outstanding(self) -> int:
        """Fen outstanding."""
        return int(self.events[-1].outstanding)

    @property
    def is_open(self) -> bool:
        """Whether anything was outstanding."""
        return self.outstanding > 0

    @property
    def cleared_on(self) -> date | None:
        """The day it was cleared, None while it was open."""
        if self.is_open:
            return None
        return next((event.day for event in reversed(self.events) if event.opened < 0), None)

    @property
    def cleared_by(self) -> str | None:
        """What cleared it: reissue, refund or both; None while it was open."""
        last = self.events[-1]
        return cleared_by(last.outstanding, last.reissued, last.refunded)

    @property
    def attempts(self) -> int:
        """Successes, failures and bounces of the chain."""
        return sum(event.attempt for event in self.events)

    @property
    def latest(self) -> Any:
        """The latest failed or bounced return."""
        return next(event for event in reversed(self.events) if event.result in FAILING)

    def outstanding_on(self, day: date) -> int:
        """Fen outstanding at the end of an earlier day."""
        left = 0
        for event in self.events:
            if event.day > day:
                break
            left = event.outstanding
        return int(left)


def scoped(connection: Connection, viewer: Viewer, filters: Filters) -> ColumnElement[bool]:
    """That a failure lies in the viewer's scope and in what is asked for."""
    f = failure.c
    return and_(
        within(viewer, f.region_code, f.programme_id),
        narrowed(connection, viewer, filters, f.region_code, f.programme_id),
    )


def states(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    filters: Filters,
    open_since: date | None = None,
    extra: ColumnElement[bool] | None = None,
) -> Iterator[FailureState]:
    """Failures known at the end of `as_of`, by their id; with `open_since` only those open on or after it."""
    f, e = failure, failure_event
    chosen = [scoped(connection, viewer, filters), f.c.opened_on <= as_of]
    if open_since is not None:
        chosen.append(spans(connection, open_since=open_since))
    if extra is not None:
        chosen.append(extra)
    rows = {row.failure_id: row for row in connection.execute(select(f).where(*chosen))}
    query = (
        select(e, wording.c.text.label("wording"), wording.c.reason)
        .outerjoin_from(e, wording, wording.c.wording_id == e.c.wording_id)
        .where(e.c.day <= as_of)
        .order_by(e.c.failure_id, e.c.seq)
    )
    for some in slices(sorted(rows)):
        events = connection.execute(query.where(e.c.failure_id.in_(some)))
        for failure_id, happened in groupby(events, key=lambda event: event.failure_id):
            yield FailureState(rows[failure_id], list(happened))


def spans(connection: Connection, open_since: date | None = None) -> ColumnElement[bool]:
    """That a failure is of some county and lasted so long or so: all are, but so an index finds them.

    With `open_since` those that were open on or after that day, each class among few that were not.
    """
    f = failure.c
    counties = f.county.in_(_counties(connection))
    if open_since is None:
        return and_(counties, f.span.in_(range(LONGEST_SPAN + 1)))
    parts = [f.span == OPEN]
    for span in range(1, LONGEST_SPAN):
        opened = open_since - timedelta(days=2 ** (span - 1) - 1)
        parts.append(and_(f.span == span, f.opened_on >= opened, f.cleared_on >= open_since))
    parts.append(and_(f.span == LONGEST_SPAN, f.cleared_on >= open_since))
    return or_(*(and_(counties, part) for part in parts))


def left_on(day: date) -> ColumnElement[int]:
    """Fen outstanding of a failure at the end of a day: as it stands, or as its last event left it."""
    return case(
        (failure.c.moved_on <= day, failure.c.outstanding), else_=last_said(day, failure_event.c.outstanding)
    )


def last_said(day: date, value: Any, *conditions: ColumnElement[bool]) -> Any:
    e = failure_event.c
    return (
        select(value)
        .where(e.failure_id == failure.c.failure_id, e.day <= day, *conditions)
        .order_by(e.seq.desc())
        .limit(1)
        .correlate(failure)
        .scalar_subquery()
    )


def _counties(connection: Connection) -> list[int]:
    """Every county that ever had a failure."""
    query = select(failure_sum.c.place).where(
        failure_sum.c.programme_id == 0, failure_sum.c.unit_id == 0, failure_sum.c.span == MONTHS
    )
    return sorted({county_number(place) for place in connection.scalars(query.distinct())})


@dataclass(frozen=True)
class Asked:
    """For which week feedback was last asked as of a day: the failures open at the end of `day` owe it."""

    monday: date
    day: date
    until: date


def last_asked(calendar: Calendar, as_of: date) -> Asked | None:
    """The latest last-working-day of a week on or before `as_of`, None where two months had none."""
    for back in range(10):
        inside = as_of - timedelta(days=7 * back)
        day = calendar.last_working_of_week(inside)
        if day is not None and day <= as_of:
            monday = day - timedelta(days=day.weekday())
            return Asked(monday, day, min(monday + timedelta(days=6), as_of))
    return None


def fed_back(
    connection: Connection, scope: ColumnElement[bool], first: date, last: date, as_of: date
) -> set[int]:
    """The failures that were given feedback from `first` to `last`, both days counted, known at `as_of`."""
    query = (
        select(failure_payment.c.failure_id)
        .join_from(feedback, failure_payment, failure_payment.c.payment_id == feedback.c.payment_id)
        .join(failure, failure.c.failure_id == failure_payment.c.failure_id)
        .where(failure_payment.c.since <= as_of, scope)
        .where(feedback.c.given_at >= datetime(first.year, first.month, first.day))
        .where(feedback.c.given_at <= end_of(last))
    )
    return set(connection.scalars(query.distinct()))


def feedback_given(connection: Connection, ids: Collection[int], as_of: date) -> dict[int, list[datetime]]:
    """When failures were given feedback, up to the end of `as_of`, in order."""
    member, given = failure_payment.c, feedback.c
    query = (
        select(member.failure_id, given.given_at)
        .join_from(failure_payment, feedback, given.payment_id == member.payment_id)
        .where(member.since <= as_of, given.given_at <= end_of(as_of))
        .order_by(given.given_at)
    )
    found: dict[int, list[datetime]] = defaultdict(list)
    for row in rows_where(connection, query, member.failure_id, ids):
        found[row.failure_id].append(row.given_at)
    return found


def reason_of(event: Any) -> str | None:
    """The standard reason of a failed return: `other` without words, None for words that nobody mapped."""
    reason: str | None = "other" if event.wording is None else event.reason
    return reason

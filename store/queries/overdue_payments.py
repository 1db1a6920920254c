"""Batches past their pay-by day that were not submitted, or hold payments that are not settled."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, literal_column, select, true, union_all

from store.lookup import rows_where
from store.models.clock import graded, second_working_day
from store.models.codes import GRADES
from store.models.columns import county_of, end_of
from store.models.failures import failure_event, failure_payment
from store.models.figures import batch_day, batch_now
from store.models.folding import batch_figures
from store.models.payby import pay_by_day
from store.models.payments import batch, payment, payment_return
from store.models.posts import Viewer
from store.models.reference import programme, unit
from store.queries import places
from store.queries.filters import Filters, check_choice, narrowed
from store.queries.scope import within
from store.queries.timing import time_of
from store.tables import Code, Day, Digits, Fen, Number
from store.workdays import ONE


@dataclass(frozen=True, slots=True)
class OverdueBatch:
    """A batch past its pay-by day; each unsettled payment stands in one of the three counts."""

    kind: Code
    batch_no: Digits
    programme_code: str
    programme: str
    period: str
    region_code: Digits
    county: str | None
    unit_code: str
    unit: str
    pay_by: Day
    submitted_on: Day | None
    overdue_days: Number
    grade: Code
    unpaid_count: Number
    unpaid_amount: Fen
    not_sent_count: Number
    no_return_count: Number
    failed_count: Number


KINDS = ("not_sent", "no_return", "failed")


@dataclass
class Unpaid:
    """What of a batch is not settled."""

    amount: int = 0
    counts: Counter[str] = field(default_factory=Counter)


def listed(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, upcoming: bool = False
) -> list[OverdueBatch]:
    """Overdue batches as of a day, with `upcoming` those due soon, the most overdue first."""
    check_choice("grade", filters.grade, GRADES)
    time = time_of(connection)
    last = second_working_day(time.calendar, as_of, time.thresholds) if upcoming else as_of - ONE
    late = []
    for row in batches(connection, viewer, filters, _unsettled_by(as_of)):
        day = pay_by(row)
        if day is not None and day <= last:
            late.append((row, day, max(0, (as_of - day).days)))
    unpaid = unsettled(connection, [row for row, _, _ in late], as_of)
    counties = places.names(connection, {county_of(row.region_code) or "" for row, _, _ in late} - {""})
    found = []
    for row, day, days in late:
        left = unpaid[row.batch_id]
        grade = graded(time.thresholds, days, day, last) if upcoming else time.thresholds.grade(days)
        count = left.counts.total()
        if (is_sent(row, as_of) and not count) or grade is None or filters.grade not in (None, grade):
            continue
        found.append(
            OverdueBatch(
                kind="payment",
                batch_no=row.batch_no,
                programme_code=row.programme_code,
                programme=row.programme,
                period=row.period,
                region_code=row.region_code,
                county=counties.get(county_of(row.region_code) or ""),
                unit_code=row.unit_code,
                unit=row.unit,
                pay_by=day,
                submitted_on=row.submitted_on if is_sent(row, as_of) else None,
                overdue_days=days,
                grade=grade,
                unpaid_count=count,
                unpaid_amount=left.amount,
                **{f"{kind}_count": left.counts[kind] for kind in KINDS},
            )
        )
    found.sort(key=lambda each: (-each.overdue_days, each.batch_no))
    return found


def batches(
    connection: Connection,
    viewer: Viewer | None,
    filters: Filters,
    extra: ColumnElement[bool] | None = None,
) -> list[Row[Any]]:
    """The batches in scope, with their programme and unit; None asks for one that was judged already."""
    b = batch.c
    scope: ColumnElement[bool] = true()
    if viewer is not None:
        scope = within(viewer, b.region_code, b.programme_id)
        scope &= narrowed(connection, viewer, filters, b.region_code, b.programme_id)
    query = (
        select(
            batch,
            programme.c.programme_code,
            programme.c.name.label("programme"),
            programme.c.pay_by.label("rule"),
            unit.c.unit_code,
            unit.c.name.label("unit"),
        )
        .join_from(batch, programme, programme.c.programme_id == b.programme_id)
        .join(unit, unit.c.unit_id == b.unit_id)
        .where(scope)
    )
    return list(connection.execute(query if extra is None else query.where(extra)))


def pay_by(row: Row[Any]) -> date | None:
    """The pay-by day of a batch: its own, else the programme's for the period."""
    own: date | None = row.pay_by
    return own if own is not None else pay_by_day(row.rule, row.period)


def is_sent(row: Row[Any], as_of: date) -> bool:
    """Whether a batch had gone to the bank at the end of a day."""
    return row.submitted_on is not None and row.submitted_on <= as_of


def settled_on(connection: Connection, row: Row[Any], as_of: date) -> date | None:
    """The day on which the last payment of a batch was settled, None while something is left as of a day."""
    left = unsettled(connection, [row], as_of)[row.batch_id]
    if not is_sent(row, as_of) or left.counts.total():
        return None
    r, e = payment_return.c, failure_event.c
    credited = (
        select(func.max(r.settled_at))
        .join_from(payment_return, payment, payment.c.payment_id == r.payment_id)
        .where(payment.c.batch_id == row.batch_id, r.settled_at <= end_of(as_of))
    )
    cleared = (
        select(func.max(e.day))
        .join_from(failure_event, failure_payment, failure_payment.c.failure_id == e.failure_id)
        .join(payment, payment.c.payment_id == failure_payment.c.payment_id)
        .where(payment.c.batch_id == row.batch_id, e.day <= as_of, e.opened < 0)
        .where(failure_payment.c.since <= as_of)
    )
    last, written_off = connection.scalar(credited), connection.scalar(cleared)
    days = [day for day in (last and last.date(), written_off) if day is not None]
    latest: date | None = max(days, default=row.submitted_on)
    return latest


def unsettled(connection: Connection, rows: list[Row[Any]], as_of: date) -> dict[int, Unpaid]:
    """For each of these batches what is not settled at the end of a day."""
    sent = {row.batch_id: is_sent(row, as_of) for row in rows}
    found: dict[int, Unpaid] = defaultdict(Unpaid)
    n = batch_now.c
    moved_since: list[int] = []
    for row in rows_where(connection, select(batch_now), n.batch_id, list(sent)):
        if row.moved_on > as_of:
            moved_since.append(row.batch_id)
        else:
            figures = (row.waiting_count, row.waiting_amount, row.failed_count, row.failed_amount)
            found[row.batch_id] = _unpaid(sent[row.batch_id], *figures)
    d = batch_day.c
    then = batch_figures().where(d.day <= as_of)
    for row in rows_where(connection, then, d.batch_id, moved_since):
        found[row.batch_id] = _unpaid(sent[row.batch_id], *map(int, row[1:5]))
    return found


def _unpaid(sent: bool, waiting: int, waiting_amount: int, failed: int, failed_amount: int) -> Unpaid:
    counts = Counter({"no_return" if sent else "not_sent": waiting, "failed": failed})
    return Unpaid(waiting_amount + failed_amount, counts)


def _unsettled_by(as_of: date) -> ColumnElement[bool]:
    """That a batch may not have been settled at the end of a day: it is not now, or has moved since."""
    n, b = batch_now.c, batch.c
    ids = union_all(
        select(n.batch_id).where(n.waiting_count + n.failed_count > literal_column("0")),
        select(n.batch_id).where(n.moved_on > as_of),
        select(b.batch_id).where(b.submitted_on.is_(None)),
        select(b.batch_id).where(b.submitted_on > as_of),
    )
    return b.batch_id.in_(ids)

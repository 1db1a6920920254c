"""Batches past their pay-by day that were not submitted, or hold payments that are not settled."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, true

from store.models.clock import graded, second_working_day
from store.models.codes import GRADES
from store.models.columns import county_of, end_of
from store.models.failures import failure_event, failure_payment
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
    for row in batches(connection, viewer, filters):
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
    found: dict[int, Unpaid] = defaultdict(Unpaid)
    sent = {row.batch_id: is_sent(row, as_of) for row in rows}
    left = _open_failures(connection, as_of)
    for batch_id, amount, result, owner in _not_paid(connection, list(sent), as_of):
        outstanding = left.get(owner) if owner is not None else None
        if owner is not None and owner in left and not outstanding:
            continue  # its failure is cleared
        unpaid = found[batch_id]
        unpaid.amount += amount if outstanding is None else min(amount, outstanding)
        failed = result in ("failure", "bounced")
        unpaid.counts["failed" if failed else "no_return" if sent[batch_id] else "not_sent"] += 1
    return found


def _not_paid(connection: Connection, batch_ids: list[int], as_of: date) -> list[tuple[Any, ...]]:
    """Payments of batches whose state is not success: their batch, amount, state and failure."""
    r = payment_return.c
    latest = (
        select(
            r.payment_id,
            r.result,
            func.row_number()
            .over(partition_by=r.payment_id, order_by=(r.settled_at.desc(), r.result.desc()))
            .label("rank"),
        )
        .join_from(payment_return, payment, payment.c.payment_id == r.payment_id)
        .where(r.settled_at <= end_of(as_of))
    )
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(batch_ids), 500):
        some = batch_ids[start : start + 500]
        state = latest.where(payment.c.batch_id.in_(some)).subquery()
        query = (
            select(
                payment.c.batch_id,
                payment.c.amount,
                state.c.result,
                failure_payment.c.failure_id,
            )
            .outerjoin_from(
                payment, state, (state.c.payment_id == payment.c.payment_id) & (state.c.rank == 1)
            )
            .outerjoin(
                failure_payment,
                (failure_payment.c.payment_id == payment.c.payment_id) & (failure_payment.c.since <= as_of),
            )
            .where(
                payment.c.batch_id.in_(some),
                (state.c.result.is_(None)) | (state.c.result != "success"),
            )
        )
        found.extend(tuple(row) for row in connection.execute(query))
    return found


def _open_failures(connection: Connection, as_of: date) -> dict[int, int]:
    """What is outstanding of every failure that was known at the end of a day, in fen."""
    e = failure_event.c
    last = select(e.failure_id, func.max(e.seq).label("seq")).where(e.day <= as_of).group_by(e.failure_id)
    newest = last.subquery()
    query = select(e.failure_id, e.outstanding).join(
        newest, (newest.c.failure_id == e.failure_id) & (newest.c.seq == e.seq)
    )
    return {row.failure_id: row.outstanding for row in connection.execute(query)}

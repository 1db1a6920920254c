"""What happened to a batch: its days, its returns by day, its failures by day, and the funds that name it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Row, case, func, or_, select, type_coerce

from store.models.codes import RESULTS
from store.models.columns import Big, day_of, moment_of
from store.models.failures import failure, failure_event
from store.models.intake import source_file
from store.models.payments import batch, fund_entry, payment, payment_return
from store.queries import overdue_payments
from store.queries.failures import FAILING
from store.queries.filters import Filters
from store.queries.scope import within
from store.queries.stories.happenings import Asked, Happening, at_midnight, is_late, joined

DAY = 86_400


def batch_of(asked: Asked, no: str) -> Row[Any] | None:
    """The batch of a number within scope, None where there is none."""
    rows = overdue_payments.batches(asked.connection, asked.viewer, Filters(), batch.c.batch_no == no)
    return rows[0] if rows else None


def happenings(asked: Asked, row: Row[Any]) -> Iterator[Happening]:
    """All that happened to a batch as a whole."""
    for day, what in ((row.created_on, "batch_created"), (row.approved_on, "batch_approved")):
        if day is not None:
            yield Happening(at_midnight(day), what, row.unit)
    due = overdue_payments.pay_by(row)
    if due is not None:
        yield Happening(at_midnight(due), "pay_by")
    if row.submitted_on is not None:
        said = None if row.count is None else asked.say("story.count", count=row.count)
        yield Happening(at_midnight(row.submitted_on), "batch_sent", row.unit, said, row.amount)
    yield from _funds(asked, row)
    failed_at: dict[date, datetime] = {}
    for what, each in _returns(asked, row):
        if what in FAILING:
            failed_at[each.at.date()] = each.at
        yield each
    yield from _failures(asked, row, failed_at)


def _returns(asked: Asked, row: Row[Any]) -> Iterator[tuple[str, Happening]]:
    """The returns of each day and result, summed up at the moment of the last of them."""
    r = payment_return.c
    settled = type_coerce(r.settled_at, Big)
    found = (
        select(
            (settled // DAY).label("day"),
            type_coerce(r.result, Integer).label("result"),
            payment.c.amount,
            settled.label("settled"),
            type_coerce(source_file.c.arrived_on, Integer).label("arrived"),
        )
        .join_from(payment_return, payment, payment.c.payment_id == r.payment_id)
        .outerjoin(source_file, source_file.c.file_id == r.file_id)
        .where(
            payment.c.batch_id == row.batch_id,
            within(asked.viewer, payment.c.region_code, row.programme_id),
            r.settled_at <= asked.end,
        )
        .subquery()
    )
    f = found.c
    late = func.max(case((f.arrived > f.day, 1), else_=0))
    query = (
        select(f.result, func.count(), func.sum(f.amount), func.max(f.settled), late)
        .group_by(f.day, f.result)
        .order_by(f.day, f.result)
    )
    for code, count, amount, last, is_behind in asked.connection.execute(query):
        said = asked.say("story.count", count=count)
        what = f"return_{RESULTS[code]}"
        yield (
            RESULTS[code],
            Happening(moment_of(int(last)), what, None, said, int(amount), late=bool(is_behind)),
        )


def _failures(asked: Asked, row: Row[Any], failed_at: dict[date, datetime]) -> Iterator[Happening]:
    f, e = failure.c, failure_event.c
    shared = (f.batch_id == row.batch_id, within(asked.viewer, f.region_code, f.programme_id))
    for what, turned in (("failures_opened", e.change > 0), ("failures_cleared", e.change < 0)):
        # as on the daily board: fen that became outstanding or were written off, failures opened or cleared
        count = func.sum(func.abs(e.opened))
        query = (
            select(type_coerce(e.day, Integer), count, func.sum(e.change), func.max(e.late))
            .join_from(failure_event, failure, f.failure_id == e.failure_id)
            .where(*shared, e.day <= asked.as_of, turned)
            .group_by(e.day)
            .order_by(e.day)
        )
        for number, turns, change, late in asked.connection.execute(query):
            day = day_of(number)
            at = failed_at.get(day) if what == "failures_opened" else None
            said = asked.say("story.count", count=int(turns))
            yield Happening(at or at_midnight(day), what, None, said, abs(int(change)), late=bool(late))


def _funds(asked: Asked, row: Row[Any]) -> Iterator[Happening]:
    """The entries of funds that name the batch, or that it names as its voucher."""
    f = fund_entry.c
    named = f.batch_no == row.batch_no
    if row.voucher_no is not None:
        named = or_(named, f.entry_no == row.voucher_no)
    query = (
        select(fund_entry, source_file.c.arrived_on)
        .outerjoin_from(fund_entry, source_file, source_file.c.file_id == f.file_id)
        .where(named, within(asked.viewer, f.region_code, code=f.programme_code))
        .order_by(f.on_date, f.entry_no)
    )
    for each in asked.connection.execute(query):
        paid = each.payment_no and asked.say("story.of_payment", no=each.payment_no)
        detail = joined(each.doc_no, paid, by=asked.say("story.comma"))
        late = is_late(each.on_date, each.arrived_on)
        yield Happening(
            at_midnight(each.on_date), f"fund_{each.kind}", None, detail, each.amount, each.entry_no, late
        )

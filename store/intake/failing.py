"""Derives failures anew, in the transaction that changed what they are derived from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, or_, select

from store.intake.figuring import Figures
from store.intake.landing import LAND, Stage
from store.intake.trees import Gathered, gathered
from store.lookup import rows_where, slices
from store.models.chains import REFUND, Event, Failure
from store.models.codes import RESULTS, STANDINGS
from store.models.columns import county_number, day_of, unpack_region
from store.models.failures import failure, failure_event, failure_payment, span_of
from store.models.figures import failure_step
from store.models.payments import payment, payment_link, recorded_refund
from store.models.standing import FAILING_RESULTS, Placed, cut_place, steps_of

TABLES = (failure, failure_event, failure_payment, failure_step)


def touched(connection: Connection, staged: Stage) -> set[int]:
    """The payments whose failures a wave of landed lines may have changed."""
    s = staged.table
    if staged.feed.name == "payments":
        reissues = select(s.c.payment_id).where(s.c.verdict == LAND, s.c.reissue_of.isnot(None))
        return set(connection.scalars(reissues))
    if staged.feed.name == "returns":
        query = (
            select(s.c.payment_id)
            .where(s.c.verdict == LAND)
            .outerjoin_from(s, payment, payment.c.payment_id == s.c.payment_id)
            .outerjoin(failure_payment, failure_payment.c.payment_id == s.c.payment_id)
            .outerjoin(payment_link, payment_link.c.payment_id == s.c.payment_id)
            .where(
                or_(
                    s.c.result >= RESULTS.index("failure"),
                    failure_payment.c.payment_id.isnot(None),
                    payment.c.reissue_of.isnot(None),
                    payment_link.c.payment_id.isnot(None),
                )
            )
        )
        return set(connection.scalars(query))
    if staged.feed.name == "funds":
        refund = (s.c.verdict == LAND, s.c.kind == "refund")
        named = select(payment.c.payment_id).join_from(s, payment, payment.c.payment_no == s.c.payment_no)
        recorded = select(recorded_refund.c.payment_id).join_from(
            s, recorded_refund, recorded_refund.c.voucher == s.c.entry_no
        )
        return {row for query in (named, recorded) for row in connection.scalars(query.where(*refund))}
    return set()


def derive_again(
    connection: Connection, payment_ids: Collection[int], figures: Figures | None = None
) -> None:
    """Work out anew every failure of the trees that hold one of the payments, and the figures they are in.

    The figures are written by who gives them, else here.
    """
    if not payment_ids:
        return
    kept = figures or Figures(connection)
    found = gathered(connection, payment_ids)
    old = select(failure_payment.c.failure_id).distinct()
    stale = {row[0] for row in rows_where(connection, old, failure_payment.c.payment_id, list(found.links))}
    kept.take_failures(stale, sign=-1)
    for some in slices(stale):
        for table in TABLES:
            connection.execute(delete(table).where(table.c.failure_id.in_(some)))
    for table, rows in rows_of(found).items():
        if rows:
            connection.execute(insert(table), rows)
    kept.take_failures({each.first for each in found.failures}, sign=1)
    if figures is None:
        kept.write()


def rows_of(found: Gathered) -> Mapping[Table, list[dict[str, Any]]]:
    """Failures as the rows that are kept of them."""
    placed = {
        each: Placed(row.batch_id, cut_place(row.region, 9), row.amount, row.reissue_of is not None)
        for each, row in found.payments.items()
    }
    made: dict[Table, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for each in found.failures:
        row = found.payments[each.first]
        made[failure].append(_failure_row(each, row))
        made[failure_payment] += [
            {"payment_id": member, "failure_id": each.first, "since": day_of(day)}
            for member, day in each.members.items()
        ]
        made[failure_event] += [_event_row(each, seq, event) for seq, event in enumerate(each.events)]
        made[failure_step] += [
            {
                "failure_id": each.first,
                "batch_id": batch_id,
                "standing": STANDINGS[standing],
                "place": place,
                "day": day_of(day),
                "count": count,
                "amount": amount,
            }
            for batch_id, standing, place, day, count, amount in steps_of(each, placed, found.facts).rows()
        ]
    return made


def _failure_row(each: Failure, row: Any) -> dict[str, Any]:
    latest = next(event for event in reversed(each.events) if event.result in FAILING_RESULTS)
    return {
        "failure_id": each.first,
        "payment_no": row.payment_no,
        "batch_id": row.batch_id,
        "programme_id": row.programme_id,
        "unit_id": row.unit_id,
        "region_code": unpack_region(row.region),
        "county": county_number(row.region),
        "amount": each.amount,
        "opened_on": day_of(each.opened_on),
        "cleared_on": None if each.cleared_on is None else day_of(each.cleared_on),
        "outstanding": each.outstanding,
        "moved_on": day_of(each.events[-1].day),
        "attempts": sum(event.attempts for event in each.events),
        "wording_id": latest.wording_id,
        "span": span_of(each.opened_on, each.cleared_on),
    }


def _event_row(each: Failure, seq: int, event: Event) -> dict[str, Any]:
    return {
        "failure_id": each.first,
        "seq": seq,
        "day": day_of(event.day),
        "payment_id": event.payment_id,
        "result": None if event.result == REFUND else RESULTS[event.result],
        "wording_id": event.wording_id,
        "change": event.change,
        "outstanding": event.outstanding,
        "opened": event.opened,
        "attempt": event.attempts,
        "reissued": event.reissued,
        "refunded": event.refunded,
        "late": event.late,
    }

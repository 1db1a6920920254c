"""Derives failures anew, in the transaction that changed what they are derived from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, exists, or_, select

from store.dialects import insert_plain
from store.intake.figuring import Figures
from store.intake.landing import LAND, Stage
from store.intake.trees import Gathered, gathered
from store.lookup import rows_where, slices
from store.models.chains import REFUND, Event, Failure
from store.models.codes import RESULTS
from store.models.columns import county_number
from store.models.failures import failure, failure_event, failure_payment, span_of
from store.models.figures import failure_step
from store.models.payments import payment, payment_link, recorded_refund
from store.models.standing import FAILING_RESULTS, Placed, cut_place, steps_of
from store.models.tracking import Known

TABLES = (failure, failure_event, failure_payment, failure_step)
OWN = select(failure_payment.c.failure_id).distinct()


def touched(connection: Connection, staged: Stage) -> set[int]:
    """The payments whose failures a wave of landed lines may have changed."""
    found = TOUCHED.get(staged.feed.name)
    if found is None:
        return set()
    return {each for query in found(staged.table) for each in connection.scalars(query)}


@cache
def _by_payments(stage: Table) -> tuple[Select[Any], ...]:
    s = stage.c
    return (select(s.payment_id).where(s.verdict == LAND, s.reissue_of.isnot(None)),)


@cache
def _by_returns(stage: Table) -> tuple[Select[Any], ...]:
    s = stage.c
    concerned = or_(
        s.result >= RESULTS.index("failure"),
        s.of_reissue.isnot(None),
        exists().where(failure_payment.c.payment_id == s.payment_id),
        exists().where(payment_link.c.payment_id == s.payment_id),
    )
    return (select(s.payment_id).where(s.verdict == LAND, concerned),)


@cache
def _by_funds(stage: Table) -> tuple[Select[Any], ...]:
    s = stage.c
    named = select(payment.c.payment_id).join_from(stage, payment, payment.c.payment_no == s.payment_no)
    again = recorded_refund.c.voucher == s.entry_no
    recorded = select(recorded_refund.c.payment_id).join_from(stage, recorded_refund, again)
    return tuple(query.where(s.verdict == LAND, s.kind == "refund") for query in (named, recorded))


TOUCHED = {"payments": _by_payments, "returns": _by_returns, "funds": _by_funds}


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
    stale = {row[0] for row in rows_where(connection, OWN, failure_payment.c.payment_id, list(found.links))}
    if stale:
        kept.take_away(stale)
        for some in slices(stale):
            for table in TABLES:
                connection.execute(delete(table).where(table.c.failure_id.in_(some)))
    made = rows_of(found)
    for table, rows in made.items():
        insert_plain(connection, table, rows)
    kept.count(made[failure_step], [_known(each, found.payments[each.first]) for each in found.failures])
    if figures is None:
        kept.write()


def _known(each: Failure, row: Any) -> Known:
    events = [(e.day, e.change, e.outstanding, e.opened, e.late, e.reissued, e.refunded) for e in each.events]
    place = cut_place(row.region, 6)
    return Known(place, row.programme_id, row.unit_id, each.opened_on, events, each.members)


def rows_of(found: Gathered) -> Mapping[Table, list[tuple[Any, ...]]]:
    """Failures as the rows that are kept of them: values as the database keeps them."""
    placed = {
        each: Placed(row.batch_id, cut_place(row.region, 9), row.amount, row.reissue_of is not None)
        for each, row in found.payments.items()
    }
    made: dict[Table, list[tuple[Any, ...]]] = {table: [] for table in TABLES}
    for each in found.failures:
        row = found.payments[each.first]
        made[failure].append(_failure_row(each, row))
        made[failure_payment] += [(member, each.first, day) for member, day in each.members.items()]
        made[failure_event] += [_event_row(each, seq, event) for seq, event in enumerate(each.events)]
        made[failure_step] += [(each.first, *step) for step in steps_of(each, placed, found.facts).rows()]
    return made


def _failure_row(each: Failure, row: Any) -> tuple[Any, ...]:
    latest = next(event for event in reversed(each.events) if event.result in FAILING_RESULTS)
    return (
        each.first,
        row.payment_no,
        row.batch_id,
        row.programme_id,
        row.unit_id,
        row.region,
        county_number(row.region),
        each.amount,
        each.opened_on,
        each.cleared_on,
        each.outstanding,
        each.events[-1].day,
        sum(event.attempts for event in each.events),
        latest.wording_id,
        span_of(each.opened_on, each.cleared_on),
    )


def _event_row(each: Failure, seq: int, event: Event) -> tuple[Any, ...]:
    return (
        each.first,
        seq,
        event.day,
        event.payment_id,
        None if event.result == REFUND else event.result,
        event.wording_id,
        event.change,
        event.outstanding,
        event.opened,
        event.attempts,
        event.reissued,
        event.refunded,
        event.late,
    )

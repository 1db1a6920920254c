"""Derives failures anew, in the transaction that changed what they are derived from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select

from store.intake.landing import LAND, Stage
from store.intake.linking import home_of, raw_column
from store.lookup import rows_where, slices
from store.models.chains import DAY, REFUND, Fact, Failure, Paid, derive, trees
from store.models.codes import RESULTS
from store.models.columns import day_of, unpack_region
from store.models.failures import failure, failure_event, failure_payment
from store.models.intake import source_file
from store.models.payments import (
    batch,
    fund_entry,
    payment,
    payment_link,
    payment_return,
    recorded_refund,
)


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


def derive_again(connection: Connection, payment_ids: Collection[int]) -> None:
    """Work out anew every failure of the trees that hold one of the payments."""
    if not payment_ids:
        return
    links = _whole_trees(connection, payment_ids)
    members = list(links)
    payments = _payments(connection, members)
    facts = _facts(connection, members, payments)
    roots = trees(links)
    by_root: dict[int, list[int]] = {}
    for each, root in roots.items():
        by_root.setdefault(root, []).append(each)
    found: list[Failure] = []
    for chain in by_root.values():
        paid = [Paid(each, links[each], payments[each].payment_no, payments[each].amount) for each in chain]
        found.extend(derive(paid, [fact for each in chain for fact in facts.get(each, ())]))
    _replace(connection, members, payments, found)


def _whole_trees(connection: Connection, start: Collection[int]) -> dict[int, int | None]:
    """Every payment of the trees that hold one of `start`, with what it reissues."""
    links: dict[int, int | None] = {}
    asked: set[int] = set(start)
    while asked:
        above = dict.fromkeys(asked)
        for table, column in ((payment, payment.c.payment_id), (payment_link, payment_link.c.payment_id)):
            query = select(column, table.c.reissue_of).where(table.c.reissue_of.isnot(None))
            above |= {row[0]: row[-1] for row in rows_where(connection, query, column, asked)}
        links |= above
        below: set[int] = set()
        for table, column in ((payment, payment.c.payment_id), (payment_link, payment_link.c.payment_id)):
            query = select(column).where(table.c.reissue_of.isnot(None))
            below |= {row[0] for row in rows_where(connection, query, table.c.reissue_of, asked)}
        asked = ({each for each in above.values() if each is not None} | below) - set(links)
    return links


def _payments(connection: Connection, members: Collection[int]) -> dict[int, Any]:
    query = select(
        payment.c.payment_id,
        payment.c.payment_no,
        payment.c.amount,
        raw_column(payment.c.region_code).label("region"),
        batch.c.batch_id,
        batch.c.unit_id,
        batch.c.programme_id,
    ).join_from(payment, batch, batch.c.batch_id == payment.c.batch_id)
    return {row.payment_id: row for row in rows_where(connection, query, payment.c.payment_id, members)}


def _facts(
    connection: Connection, members: Collection[int], payments: dict[int, Any]
) -> dict[int, list[Fact]]:
    facts: dict[int, list[Fact]] = {}
    arrived = raw_column(source_file.c.arrived_on).label("arrived")
    returns = select(
        payment_return.c.payment_id,
        raw_column(payment_return.c.settled_at).label("at"),
        raw_column(payment_return.c.result).label("result"),
        payment_return.c.wording_id,
        arrived,
    ).outerjoin_from(payment_return, source_file, source_file.c.file_id == payment_return.c.file_id)
    for row in rows_where(connection, returns, payment_return.c.payment_id, members):
        fact = Fact(row.payment_id, row.at, row.result, row.wording_id, arrived=row.arrived or 0)
        facts.setdefault(row.payment_id, []).append(fact)
    ids = {row.payment_no: each for each, row in payments.items()}
    day = raw_column(fund_entry.c.on_date).label("day")
    funds = (
        select(fund_entry.c.payment_no, fund_entry.c.amount, day, arrived)
        .outerjoin_from(fund_entry, source_file, source_file.c.file_id == fund_entry.c.file_id)
        .where(fund_entry.c.kind == "refund")
    )
    for row in rows_where(connection, funds, fund_entry.c.payment_no, ids):
        payment_id = ids[row.payment_no]
        at = row.day * DAY + DAY - 1
        fact = Fact(payment_id, at, REFUND, amount=row.amount, arrived=row.arrived or 0)
        facts.setdefault(payment_id, []).append(fact)
    day = raw_column(recorded_refund.c.on_date).label("day")
    # a post's word yields to the treasury's line of the same voucher, where that names a payment
    theirs = select(fund_entry.c.entry_no).where(
        fund_entry.c.kind == "refund", fund_entry.c.payment_no.isnot(None)
    )
    recorded = select(recorded_refund.c.payment_id, recorded_refund.c.amount, day).where(
        recorded_refund.c.voucher.notin_(theirs)
    )
    for row in rows_where(connection, recorded, recorded_refund.c.payment_id, members):
        fact = Fact(row.payment_id, row.day * DAY + DAY - 1, REFUND, amount=row.amount)
        facts.setdefault(row.payment_id, []).append(fact)
    return facts


def _replace(
    connection: Connection, members: Collection[int], payments: dict[int, Any], found: Iterable[Failure]
) -> None:
    old = select(failure_payment.c.failure_id).distinct()
    stale = {row[0] for row in rows_where(connection, old, failure_payment.c.payment_id, members)}
    for some in slices(stale):
        for table in (failure, failure_event, failure_payment):
            connection.execute(delete(table).where(table.c.failure_id.in_(some)))
    failures, events, chains = [], [], []
    for each in found:
        row = payments[each.first]
        failures.append(
            {
                "failure_id": each.first,
                "payment_no": row.payment_no,
                "batch_id": row.batch_id,
                "programme_id": row.programme_id,
                "unit_id": row.unit_id,
                "region_code": unpack_region(row.region),
                "county": home_of(row.region),
                "amount": each.amount,
                "opened_on": day_of(each.opened_on),
                "cleared_on": None if each.cleared_on is None else day_of(each.cleared_on),
            }
        )
        chains += [
            {"payment_id": member, "failure_id": each.first, "since": day_of(day)}
            for member, day in each.members.items()
        ]
        for seq, event in enumerate(each.events):
            events.append(
                {
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
            )
    for table, rows in ((failure, failures), (failure_event, events), (failure_payment, chains)):
        if rows:
            connection.execute(insert(table), rows)

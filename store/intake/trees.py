"""Gathers what failures are worked out from: whole trees of payments, linked by reissues, and their facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from store.lookup import rows_where
from store.models.chains import DAY, REFUND, Fact, Failure, Paid, derive, trees
from store.models.columns import raw_column
from store.models.intake import source_file
from store.models.payments import (
    batch,
    fund_entry,
    payment,
    payment_link,
    payment_return,
    recorded_refund,
)


@dataclass(frozen=True)
class Gathered:
    """Whole trees: what each payment reissues, its row, its facts, and the failures that follow from them."""

    links: dict[int, int | None]
    payments: dict[int, Any]
    facts: dict[int, list[Fact]]
    failures: list[Failure]


def gathered(connection: Connection, payment_ids: Collection[int]) -> Gathered:
    """The trees that hold one of the payments, and their failures."""
    links = whole_trees(connection, payment_ids)
    payments = _payments(connection, list(links))
    facts = _facts(connection, list(links), payments)
    by_root: dict[int, list[int]] = {}
    for each, root in trees(links).items():
        by_root.setdefault(root, []).append(each)
    found: list[Failure] = []
    for chain in by_root.values():
        paid = [Paid(each, links[each], payments[each].payment_no, payments[each].amount) for each in chain]
        found.extend(derive(paid, [fact for each in chain for fact in facts.get(each, ())]))
    return Gathered(links, payments, facts, found)


def whole_trees(connection: Connection, start: Collection[int]) -> dict[int, int | None]:
    """Every payment of the trees that hold one of `start`, with what it reissues."""
    links: dict[int, int | None] = {}
    asked: set[int] = set(start)
    while asked:
        above = dict.fromkeys(asked)
        for query, column in ABOVE:
            above |= {row[0]: row[-1] for row in rows_where(connection, query, column, asked)}
        links |= above
        below: set[int] = set()
        for query, column in BELOW:
            below |= {row[0] for row in rows_where(connection, query, column, asked)}
        asked = ({each for each in above.values() if each is not None} | below) - set(links)
    return links


LINKING = (payment, payment_link)
ABOVE = [
    (select(each.c.payment_id, each.c.reissue_of).where(each.c.reissue_of.isnot(None)), each.c.payment_id)
    for each in LINKING
]
BELOW = [
    (select(each.c.payment_id).where(each.c.reissue_of.isnot(None)), each.c.reissue_of) for each in LINKING
]
PAYMENTS = select(
    payment.c.payment_id,
    payment.c.payment_no,
    payment.c.amount,
    raw_column(payment.c.region_code).label("region"),
    payment.c.reissue_of,
    batch.c.batch_id,
    batch.c.unit_id,
    batch.c.programme_id,
).join_from(payment, batch, batch.c.batch_id == payment.c.batch_id)
ARRIVED = raw_column(source_file.c.arrived_on).label("arrived")
RETURNS = select(
    payment_return.c.payment_id,
    raw_column(payment_return.c.settled_at).label("at"),
    raw_column(payment_return.c.result).label("result"),
    payment_return.c.wording_id,
    ARRIVED,
).outerjoin_from(payment_return, source_file, source_file.c.file_id == payment_return.c.file_id)
SPENT = raw_column(fund_entry.c.on_date).label("day")
FUNDS = (
    select(
        fund_entry.c.payment_no, fund_entry.c.amount, raw_column(fund_entry.c.on_date).label("day"), ARRIVED
    )
    .outerjoin_from(fund_entry, source_file, source_file.c.file_id == fund_entry.c.file_id)
    .where(fund_entry.c.kind == "refund")
)
# a post's word yields to the treasury's line of the same voucher, where that names a payment
_theirs = select(fund_entry.c.entry_no).where(
    fund_entry.c.kind == "refund", fund_entry.c.payment_no.isnot(None)
)
RECORDED = select(
    recorded_refund.c.payment_id, recorded_refund.c.amount, raw_column(recorded_refund.c.on_date).label("day")
).where(recorded_refund.c.voucher.notin_(_theirs))


def _payments(connection: Connection, members: Collection[int]) -> dict[int, Any]:
    found = rows_where(connection, PAYMENTS, payment.c.payment_id, members)
    return {row.payment_id: row for row in found}


def _facts(
    connection: Connection, members: Collection[int], payments: dict[int, Any]
) -> dict[int, list[Fact]]:
    facts: dict[int, list[Fact]] = {}
    for row in rows_where(connection, RETURNS, payment_return.c.payment_id, members):
        fact = Fact(row.payment_id, row.at, row.result, row.wording_id, arrived=row.arrived or 0)
        facts.setdefault(row.payment_id, []).append(fact)
    ids = {row.payment_no: each for each, row in payments.items()}
    for row in rows_where(connection, FUNDS, fund_entry.c.payment_no, ids):
        fact = Fact(ids[row.payment_no], _end(row.day), REFUND, amount=row.amount, arrived=row.arrived or 0)
        facts.setdefault(fact.payment_id, []).append(fact)
    for row in rows_where(connection, RECORDED, recorded_refund.c.payment_id, members):
        fact = Fact(row.payment_id, _end(row.day), REFUND, amount=row.amount)
        facts.setdefault(row.payment_id, []).append(fact)
    return facts


def _end(day: int) -> int:
    """The last second of a day."""
    return day * DAY + DAY - 1

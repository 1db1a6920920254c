"""Failed payments with their events, chains and steps, worked out from returns, reissues and refunds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, select

from store.dialects import insert_plain
from store.intake.failing import TABLES, rows_of
from store.intake.trees import Gathered, gathered
from store.lookup import rows_where
from store.models.chains import trees
from store.models.columns import raw_column, typed
from store.models.derived import Difference
from store.models.failures import failure, failure_payment
from store.models.payments import payment_return
from store.models.standing import FAILING_RESULTS
from store.services.comparing import raw_rows, shown

DERIVED = "failures"
SLICE = 2_000


def differences(connection: Connection) -> Iterator[Difference]:
    """Rows of failures that do not follow from the raw rows, and those that are missing."""
    for found in _all(connection):
        members = list(found.links)
        own = select(failure_payment.c.failure_id)
        ids = {row[0] for row in rows_where(connection, own, failure_payment.c.payment_id, members)}
        ids |= {each.first for each in found.failures}
        for table, rows in rows_of(found).items():
            recomputed = {_key(table, row): row for row in rows}
            kept = rows_where(connection, raw_rows(table), table.c.failure_id, ids)
            stored = {_key(table, tuple(row)): tuple(row) for row in kept}
            for key in sorted({*stored, *recomputed}, key=str):
                if stored.get(key) != recomputed.get(key):
                    yield _difference(table, key, stored.get(key), recomputed.get(key))
    yield from _strays(connection)


def _all(connection: Connection) -> Iterator[Gathered]:
    """Every tree with a failed return, a slice at a time, each tree once: in the slice of its first."""
    r = payment_return.c
    failed = raw_column(r.result).in_(FAILING_RESULTS)
    last = 0
    while True:
        query = select(r.payment_id).where(failed, r.payment_id > last).distinct()
        ids = list(connection.scalars(query.order_by(r.payment_id).limit(SLICE)))
        if not ids:
            return
        found = gathered(connection, ids)
        roots = trees(found.links)
        first: dict[int, int] = {}
        for each, facts in found.facts.items():
            if any(fact.result in FAILING_RESULTS for fact in facts):
                first[roots[each]] = min(each, first.get(roots[each], each))
        here = {root for root, each in first.items() if each >= ids[0]}
        yield replace(
            found,
            links={each: above for each, above in found.links.items() if roots[each] in here},
            failures=[each for each in found.failures if roots[each.first] in here],
        )
        last = ids[-1]


def _strays(connection: Connection) -> Iterator[Difference]:
    """Failures whose first payment never failed, and rows of a failure that is not there."""
    failed = exists().where(
        payment_return.c.payment_id == failure.c.failure_id,
        raw_column(payment_return.c.result).in_(FAILING_RESULTS),
    )
    for each in connection.scalars(select(failure.c.failure_id).where(~failed)):
        yield Difference(DERIVED, f"failure/{each}", "stored", None)
    for table in TABLES[1:]:
        known = exists().where(failure.c.failure_id == table.c.failure_id)
        for each in connection.scalars(select(table.c.failure_id).where(~known).distinct()):
            yield Difference(DERIVED, f"{table.name}/{each}", "stored", None)


def _key(table: Table, row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value for column, value in zip(table.columns, row, strict=True) if column.primary_key)


def _difference(
    table: Table, key: tuple[Any, ...], stored: tuple[Any, ...] | None, recomputed: tuple[Any, ...] | None
) -> Difference:
    differ = [
        at for at in range(len(table.columns)) if not (stored and recomputed and stored[at] == recomputed[at])
    ]
    columns = list(table.columns)
    sides = [
        None if row is None else shown([typed(columns[at], row[at]) for at in differ])
        for row in (stored, recomputed)
    ]
    return Difference(DERIVED, f"{table.name}/{shown(key)}", *sides)


def mend(connection: Connection) -> None:
    """Work out every failure anew."""
    for table in TABLES:
        connection.execute(delete(table))
    for found in _all(connection):
        for table, rows in rows_of(found).items():
            insert_plain(connection, table, rows)

"""Compares what is stored of a derived thing with what was recomputed, both in the order of their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from store.models.columns import raw_column
from store.models.derived import Difference

FETCH = 5_000


def compared(
    derived: str, keys: int, stored: Iterable[Sequence[Any]], recomputed: Iterable[Sequence[Any]]
) -> Iterator[Difference]:
    """Where rows differ, or stand on one side alone; the first `keys` columns are the key."""
    ours, theirs = iter(stored), iter(recomputed)
    left, right = next(ours, None), next(theirs, None)
    while left is not None or right is not None:
        here = None if left is None else tuple(left[:keys])
        there = None if right is None else tuple(right[:keys])
        if there is None or (here is not None and here < there):
            yield Difference(derived, shown(here), shown(left, keys), None)
            left = next(ours, None)
        elif here is None or there < here:
            yield Difference(derived, shown(there), None, shown(right, keys))
            right = next(theirs, None)
        else:
            if tuple(left or ()) != tuple(right or ()):
                yield Difference(derived, shown(here), shown(left, keys), shown(right, keys))
            left, right = next(ours, None), next(theirs, None)


def shown(row: Sequence[Any] | None, start: int = 0) -> str:
    """A row's values from a place on, as one text."""
    return "/".join("" if value is None else str(value) for value in (row or ())[start:])


def raw_rows(table: Table) -> Select[Any]:
    """A table's rows as the database keeps them, those of the key first, and in its order."""
    keys = [raw_column(column) for column in table.columns if column.primary_key]
    return select(*keys, *(raw_column(c) for c in table.columns if not c.primary_key)).order_by(*keys)


def streamed(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, a few thousand at a time."""
    for row in connection.execute(query, execution_options={"yield_per": FETCH}):
        yield tuple(int(value) if hasattr(value, "as_integer_ratio") else value for value in row)

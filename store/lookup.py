"""Finds rows for many keys at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, bindparam, select

MOST_IN_A_LIST = 900


def slices(keys: Collection[Any], size: int = MOST_IN_A_LIST) -> Iterator[list[Any]]:
    """The keys, as lists short enough for any database."""
    listed = list(keys)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def rows_where(
    connection: Connection, query: Select[Any], column: Any, keys: Collection[Any]
) -> list[Row[Any]]:
    """The rows of `query` whose `column` is among `keys`."""
    found: list[Row[Any]] = []
    asked = _asked(query, column)
    for some in slices(keys):
        found.extend(connection.execute(asked, {"keys_": some}))
    return found


@lru_cache(64)
def _asked(query: Select[Any], column: Any) -> Select[Any]:
    return query.where(column.in_(bindparam("keys_", expanding=True)))


def by_number(
    connection: Connection, number: Column[Any], wanted: Sequence[Column[Any]], texts: Iterable[str]
) -> dict[str, tuple[Any, ...]]:
    """For each text that `number` has, the `wanted` columns of its row."""
    keys = set(texts)
    rows = rows_where(connection, _numbered(number, tuple(wanted)), number, keys)
    return {row[0]: tuple(row[1:]) for row in rows}


@lru_cache(64)
def _numbered(number: Column[Any], wanted: tuple[Column[Any], ...]) -> Select[Any]:
    return select(number.label("number_"), *wanted)

"""Pages of a long list by the keys of its rows: the next page costs the same however far down it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Connection, Row, Select, func, literal, select, tuple_

Key = tuple[Any, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Up to `size` rows behind the row with the key `after`, or before the one with the key `before`.

    Without a key the first rows; with `last` the last ones.
    """

    size: int
    after: Key | None = None
    before: Key | None = None
    last: bool = False

    @property
    def backwards(self) -> bool:
        """Whether the rows are looked for from their end."""
        return self.last or self.before is not None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows in their order, each with its key."""

    rows: Sequence[T]
    keys: Sequence[Key]


def rows_of(
    connection: Connection,
    query: Select[Any],
    keys: Sequence[Column[Any]],
    span: Span,
    falling: bool = False,
) -> list[Row[Any]]:
    """The rows of `query` that lie in the span, in the order of `keys`, whose values know a row.

    Where it is `falling` the last ones come first.
    """
    behind, ahead = (span.before, span.after) if falling else (span.after, span.before)
    if behind is not None:
        query = query.where(tuple_(*keys) > tuple_(*_typed(keys, behind)))
    if ahead is not None:
        query = query.where(tuple_(*keys) < tuple_(*_typed(keys, ahead)))
    order = list(keys) if span.backwards == falling else [key.desc() for key in keys]
    found = list(connection.execute(query.order_by(*order).limit(span.size)))
    return found[::-1] if span.backwards else found


def count(connection: Connection, query: Select[Any], most: int | None = None) -> int:
    """How many rows a query has; with `most` it is not counted beyond that."""
    chosen = query.order_by(None).limit(most).subquery()
    return int(connection.scalar(select(func.count()).select_from(chosen)) or 0)


def _typed(keys: Sequence[Column[Any]], values: Key) -> list[Any]:
    return [literal(value, key.type) for key, value in zip(keys, values, strict=True)]

"""Values as machines read them: the plain facts behind JSON and CSV.

Codes stay codes, money is text in yuan, days and moments are text, rows are objects by their column keys.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import index
from typing import Any

from store.money import yuan
from store.tables import Column, Kind, Table, columns_of, values_of


def rows_of(table: Table) -> Iterator[list[Any]]:
    """The rows with plain values only: text, numbers, true, false, null, arrays and objects of these."""
    todo = [(place, _BY_KIND[c.kind]) for place, c in enumerate(table.columns) if c.kind in _BY_KIND]
    for row in table.rows:
        values = list(row)
        for place, turn in todo:
            if values[place] is not None:
                values[place] = turn(values[place])
        yield values


def fact(value: Any) -> Any:
    """A value that no column describes, made plain by what it is."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {column.key: _of_kind(column.kind, inner) for column, inner in pairs_of(value)}
    if isinstance(value, Mapping):
        return {str(key): fact(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [fact(inner) for inner in value]
    return number(value)


def pairs_of(row: Any) -> list[tuple[Column, Any]]:
    """The columns of a frozen row, each with its value."""
    row_class: Any = type(row)
    return list(zip(columns_of(row_class), values_of(row), strict=True))


def moment(value: datetime) -> str:
    """`YYYY-MM-DD HH:MM:SS`, of a moment that knows its zone too."""
    return value.isoformat(" ", "seconds")[:19]


def number(value: Any) -> int | float | None:
    """A count or a rate as a number that JSON has; what is not a number (NaN) is not known."""
    if type(value) is int:
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    return index(value)


def _text(value: Any) -> Any:
    return value if type(value) is str else fact(value)


def _of_kind(kind: Kind, value: Any) -> Any:
    return value if value is None or kind not in _BY_KIND else _BY_KIND[kind](value)


_BY_KIND: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: number,
    Kind.MONEY: yuan,
    Kind.DAY: date.isoformat,
    Kind.MOMENT: moment,
    Kind.FLAG: bool,
    Kind.NESTED: fact,
}

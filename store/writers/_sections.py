"""An answer that holds rows within rows, laid out as flat tables one after the other.

JSON nests; a terminal, a page and a workbook cannot. Every array of rows becomes a section of its own; where
its parent is one of many rows, the parent's first column leads it, so that each line says whose it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from store.labels import label
from store.tables import Column, Kind, Table, columns_of, values_of

_LEADING = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table in which no column holds rows."""

    title: str
    table: Table


def sections(table: Table, title: str, lang: str) -> Iterator[Section]:
    """The table itself without what it nests, then what it nests, depth first."""
    return _walk(table, title, lang, leading=0)


def _walk(table: Table, title: str, lang: str, leading: int) -> Iterator[Section]:
    inner = {c.key: sample for c in table.columns if (sample := _nests(table, c)) is not None}
    flat = [column.key for column in table.columns if column.key not in inner]
    if not inner:
        yield Section(title, table)
        return
    if flat:
        yield Section(title, table.only(flat))
    lead = 0 if table.single else leading + _LEADING
    for column in table.columns:
        if column.key not in inner:
            continue
        below = _below(table, column, inner[column.key], flat[:lead])
        if below.rows or table.single:
            yield from _walk(below, label(column.key, lang), lang, lead)


def _nests(table: Table, column: Column) -> Any:
    """What a column's sections are made of: a class of rows, or the one mapping of a single answer."""
    if column.kind not in (Kind.NESTED, Kind.TEXT):
        return None
    if column.nested is not None:
        return column.nested
    place = table.keys().index(column.key)
    value = next((row[place] for row in table.rows if row[place] is not None and row[place] != ()), None)
    if isinstance(value, tuple | list) and value:
        value = value[0]
    elif isinstance(value, Mapping):
        return value if table.single else None
    return type(value) if dataclasses.is_dataclass(value) else None


def _below(table: Table, column: Column, what: Any, lead: list[str]) -> Table:
    places = {c.key: place for place, c in enumerate(table.columns)}
    if isinstance(what, Mapping):
        return Table(_columns_of_mapping(what), [tuple(what.values())], single=True)
    rows: list[tuple[Any, ...]] = []
    alone = False
    for row in table.rows:
        value = row[places[column.key]]
        before = tuple(row[places[key]] for key in lead)
        alone = table.single and dataclasses.is_dataclass(value)
        within = () if value is None else value if isinstance(value, tuple | list) else (value,)
        rows.extend((*before, *values_of(each)) for each in within)
    columns = (*(table.columns[places[key]] for key in lead), *columns_of(what))
    return Table(columns, rows, single=alone)


def _columns_of_mapping(mapping: Mapping[Any, Any]) -> tuple[Column, ...]:
    return tuple(Column(str(key), _kind_of(value)) for key, value in mapping.items())


def _kind_of(value: Any) -> Kind:
    kinds: tuple[tuple[type, Kind], ...] = (
        (bool, Kind.FLAG),
        (int, Kind.NUMBER),
        (float, Kind.NUMBER),
        (datetime, Kind.MOMENT),
        (date, Kind.DAY),
    )
    return next((kind for type_, kind in kinds if isinstance(value, type_)), Kind.TEXT)

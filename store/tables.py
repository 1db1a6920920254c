"""Labelled columns and rows: the seam between every answer and every format.

A query answers with frozen dataclasses whose fields are annotated with the kinds below; `table_of` reads the
kinds and makes a Table, which the writers and the console show. Values are what Python has (int fen, date,
datetime, code text); formats decide how they look. Personal values arrive here already masked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import groupby
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints


class Kind(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    CODE = "code"  # an enumeration: its code in JSON and CSV, its word where a person reads
    NUMBER = "number"  # a count, days or a rate
    MONEY = "money"  # integer fen
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    DIGITS = "digits"  # an ID, card or other number that must stay text in a sheet
    NESTED = "nested"  # a tuple of rows, or of texts


Text = str
Code = Annotated[str, Kind.CODE]
Number = Annotated[int, Kind.NUMBER]
Rate = Annotated[float, Kind.NUMBER]
Fen = Annotated[int, Kind.MONEY]
Day = Annotated[date, Kind.DAY]
Moment = Annotated[datetime, Kind.MOMENT]
Flag = Annotated[bool, Kind.FLAG]
Digits = Annotated[str, Kind.DIGITS]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key (a contract name), its kind, and the class of its rows when it is nested.

    `words` names the codes of a column whose key is another column's too, with other words.
    """

    key: str
    kind: Kind
    nested: type | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: columns, and rows that are tuples in the order of the columns.

    `single` marks an answer that is one object, not a list (show, explain, what an act made).
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]
    single: bool = False

    def keys(self) -> tuple[str, ...]:
        """The keys of the columns."""
        return tuple(column.key for column in self.columns)

    def only(self, keys: Sequence[str]) -> Table:
        """The same rows with these columns alone, in this order; KeyError for a key that is not there."""
        places = {column.key: place for place, column in enumerate(self.columns)}
        chosen = [places[key] for key in keys]
        rows = [tuple(row[place] for place in chosen) for row in self.rows]
        return Table(tuple(self.columns[place] for place in chosen), rows, self.single)

    def sorted_by(self, key: str, descending: bool = False) -> Table:
        """The rows sorted by one column; nulls last, text by code point, equal rows in their order."""
        return dataclasses.replace(self, rows=[row for _, row in _in_order([self], key, descending)])

    def first(self, count: int) -> Table:
        """The first `count` rows."""
        return dataclasses.replace(self, rows=self.rows[:count])


def _kind_of(hint: Any) -> tuple[Kind, type | None]:
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    part = next(each for each in parts if each is not type(None))
    if get_origin(part) is Annotated:
        return next(mark for mark in part.__metadata__ if isinstance(mark, Kind)), None
    if get_origin(part) is tuple:
        inner = get_args(part)[0]
        return Kind.NESTED, inner if isinstance(inner, type) and dataclasses.is_dataclass(inner) else None
    if get_origin(part) is dict or (isinstance(part, type) and dataclasses.is_dataclass(part)):
        return Kind.NESTED, part if isinstance(part, type) else None
    return Kind.TEXT, None


def _words_of(hint: Any) -> str | None:
    """What the codes of an annotation are looked up as: `Annotated[str, Kind.CODE, "hit_status"]`."""
    return next(
        (
            mark
            for mark in getattr(hint, "__metadata__", ())
            if isinstance(mark, str) and not isinstance(mark, Kind)
        ),
        None,
    )


@cache
def columns_of(row_class: Any) -> tuple[Column, ...]:
    """The columns of a row class: its fields in order, with the kinds of their annotations.

    A field whose key is a word of Python's own (`class`) is written with an underscore at its end.
    """
    hints = get_type_hints(row_class, include_extras=True)
    return tuple(
        Column(f.name.removesuffix("_"), *_kind_of(hints[f.name]), _words_of(hints[f.name]))
        for f in dataclasses.fields(row_class)
    )


@cache
def _reader_of(row_class: Any) -> Callable[[Any], tuple[Any, ...]]:
    keys = [field.name for field in dataclasses.fields(row_class)]
    if len(keys) < 2:  # attrgetter gives a tuple from two names on
        return lambda row: tuple(getattr(row, key) for key in keys)
    return attrgetter(*keys)


def values_of(row: Any) -> tuple[Any, ...]:
    """A row's values in the order of its columns."""
    return _reader_of(row.__class__)(row)


def table_of(row_class: type, rows: Iterable[Any], single: bool = False) -> Table:
    """A Table of frozen rows of one class."""
    return Table(columns_of(row_class), [values_of(row) for row in rows], single)


def _in_order(tables: Sequence[Table], key: str, descending: bool) -> list[tuple[int, tuple[Any, ...]]]:
    """The rows of all answers sorted by one column, each with the place of its answer."""
    filled, empty = [], []
    for number, table in enumerate(tables):
        place = table.keys().index(key) if key in table.keys() else None  # noqa: SIM118
        for row in table.rows:
            value = None if place is None else row[place]
            if value is None:
                empty.append((number, row))
            else:
                # a line is a number, or a text where it stands in a sheet
                filled.append(((isinstance(value, str), value), number, row))
    filled.sort(key=lambda each: each[0], reverse=descending)
    return [*((number, row) for _, number, row in filled), *empty]


def merged(tables: Sequence[Table], key: str, descending: bool = False) -> list[Table]:
    """The rows of several answers in one order by a column, as answers that follow each other.

    Nulls come last, and with them the rows of an answer without the column.
    """
    runs = groupby(_in_order(tables, key, descending), key=lambda each: each[0])
    found = [dataclasses.replace(tables[number], rows=[row for _, row in run]) for number, run in runs]
    return found or list(tables)


def together(tables: Sequence[Table]) -> Table:
    """Several answers as one: every column of any of them, empty where a row's own answer has none."""
    columns = tuple({column.key: column for table in tables for column in table.columns}.values())
    rows = []
    for table in tables:
        places = {key: place for place, key in enumerate(table.keys())}
        chosen = [places.get(column.key) for column in columns]
        rows += [tuple(None if at is None else row[at] for at in chosen) for row in table.rows]
    return Table(columns, rows)

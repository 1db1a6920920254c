"""A tree bound to the columns of a table: every name a key, every value in the one way to write it.

What is bound tests the rows of any table with these columns alike, in whatever language it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from store.conditions.fields import codes_meant, codes_of, place_of
from store.conditions.tree import (
    ORDERING,
    And,
    Compared,
    Not,
    Or,
    Sign,
    Span,
    Text,
    Tree,
    Unknown,
    Value,
    Words,
    text_of,
)
from store.conditions.values import flag_of, is_ordered, stretch_of
from store.errors import WrongUsage
from store.labels import named
from store.tables import Column, Kind

FINDING = frozenset({Sign.HOLDS, Sign.HOLDS_NOT})
_EITHER = re.compile(r"或者?|/")


def bound(tree: Tree, columns: Sequence[Column]) -> Tree:
    """The same conditions by keys and codes; WrongUsage where a name or a value is none of these columns."""
    match tree:
        case Words():
            return replace(tree, texts=tuple(text_of(each.text) for each in tree.texts))
        case Compared():
            return _compared(tree, columns[place_of(tree.name, columns, tree.at)])
        case Not(part):
            return Not(bound(part, columns))
        case And(parts) | Or(parts):
            return type(tree)(tuple(bound(part, columns) for part in parts))


def _compared(found: Compared, column: Column) -> Compared:
    sign = found.sign
    values = found.values
    if sign in ORDERING and not (is_ordered(column) or column.kind in (Kind.TEXT, Kind.DIGITS)):
        raise WrongUsage("filter_no_order", field=named(column.key), text=sign.value, at=found.at)
    if not is_ordered(column) or sign in FINDING:
        values = tuple(each for value in values for each in _parts(value))
    if column.kind is Kind.CODE and sign not in FINDING:
        values = tuple(each for value in values for each in _codes(column, value, found.value_at))
    return replace(
        found, name=column.key, values=tuple(_value(each, column, sign, found.value_at) for each in values)
    )


def _parts(value: Value) -> tuple[Value, ...]:
    """`123,456` is one number, but two texts."""
    if isinstance(value, Text) and not value.quoted and "," in value.text:
        return tuple(Text(part) for part in value.text.split(",") if part)
    return (value,)


def _codes(column: Column, value: Value, at: int) -> tuple[Value, ...]:
    """The codes that a value means; `红或橙` are two words, where no code is called so."""
    if not isinstance(value, Text) or not value.text:
        return (value,)
    known = value.quoted or value.text in codes_of(column.key)
    parts = [value.text] if known else [part.strip() for part in _EITHER.split(value.text)]
    texts = parts if all(parts) else [value.text]
    return tuple(text_of(code) for text in texts for code in codes_meant(column.key, text, at))


def _value(value: Value, column: Column, sign: Sign, at: int) -> Value:
    if isinstance(value, Text) and not value.text:
        return Unknown()
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Span):
        if not is_ordered(column) or sign in FINDING:
            raise WrongUsage("filter_no_range", field=named(column.key), at=at)
        return _span(value, column, at)
    if sign in FINDING:
        return text_of(value.text)
    if is_ordered(column):
        return text_of(stretch_of(column, value.text, at).text)
    if column.kind is Kind.FLAG:
        return Text("yes" if flag_of(column, value.text, at) else "no")
    return text_of(value.text)


def _span(value: Span, column: Column, at: int) -> Span:
    low = stretch_of(column, value.low.text, at) if value.low else None
    high = stretch_of(column, value.high.text, at) if value.high else None
    if low is not None and high is not None and low.first > high.last:
        raise WrongUsage("filter_range", low=low.text, high=high.text, at=at)
    return Span(text_of(low.text) if low else None, text_of(high.text) if high else None)

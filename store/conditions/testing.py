"""The test of a row that a bound tree makes; it sees values as they are shown, masked ones masked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from store.conditions.folding import fold
from store.conditions.tree import (
    DENIED,
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
)
from store.conditions.values import DAYS, as_moment, is_ordered, rank_of, stretch_of
from store.labels import word
from store.money import grouped, yuan
from store.safe import safe
from store.tables import Column, Kind
from store.words import say

Row = Sequence[Any]
Test = Callable[[Row], bool]
Holds = Callable[[Any], bool]

CARD = "card_no"
TAIL = 4
_APART = "\x1f"  # between texts that must not be found as one
_WHOLE_KEYS = ("_no", "_code", "_id")


def row_test(tree: Tree, columns: Sequence[Column]) -> Test:
    """What tells whether a row of these columns passes a bound tree; a column that is not here is unknown."""
    places = {column.key: place for place, column in enumerate(columns)}
    return _test(tree, columns, places)


def _test(tree: Tree, columns: Sequence[Column], places: dict[str, int]) -> Test:
    match tree:
        case Words(texts):
            return _words([fold(each.text) for each in texts], columns)
        case Compared():
            return _compared(tree, columns, places)
        case Not(part):
            test = _test(part, columns, places)
            return lambda row: not test(row)
        case And(parts):
            tests = [_test(each, columns, places) for each in sorted(parts, key=_is_dear)]
            return lambda row: all(test(row) for test in tests)
        case Or(parts):
            tests = [_test(each, columns, places) for each in sorted(parts, key=_is_dear)]
            return lambda row: any(test(row) for test in tests)


def _is_dear(tree: Tree) -> bool:
    """Whether the test of a condition looks at all values, and so is better made after the others."""
    return not isinstance(tree, Compared)


def _words(wanted: Sequence[str], columns: Sequence[Column]) -> Test:
    # a yes or no says nothing without its field
    shown = [
        (place, texts_of(column)) for place, column in enumerate(columns) if column.kind is not Kind.FLAG
    ]

    def holds(row: Row) -> bool:
        texts = _APART.join(texts(row[place]) for place, texts in shown if row[place] is not None)
        return any(each in texts for each in wanted)

    return holds


def texts_of(column: Column) -> Callable[[Any], str]:
    """What makes the texts under which a value is found: a code's words, the ways to write a sum or day."""
    key, kind = column.key, column.kind
    if kind is Kind.CODE:
        return lambda value: _code_texts(key, value)
    if kind is Kind.MONEY:
        return lambda value: f"{grouped(value)}{_APART}{yuan(value)}"
    if kind is Kind.NESTED:
        return lambda value: _nested(key, value)
    if key == CARD:
        return lambda value: _card(str(value))
    if kind in DAYS:
        return lambda value: value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return lambda value: fold(safe(str(value)))


@lru_cache(maxsize=4096)
def _code_texts(key: str, code: str) -> str:
    return fold(_APART.join((str(code), word(key, code, "zh"), word(key, code, "en"))))


def _nested(key: str, value: Any) -> str:
    from store.writers._cells import brief

    return fold(_APART.join(brief(key, value, lang) for lang in ("zh", "en")))


def _card(number: str) -> str:
    if not number.startswith("*"):
        return fold(safe(number))
    return f"{number}{_APART}{_tail(number[-TAIL:])}"


@lru_cache(maxsize=10_000)
def _tail(digits: str) -> str:
    return fold(safe(_APART.join(say("console.card_tail", lang, tail=digits) for lang in ("zh", "en"))))


def _compared(found: Compared, columns: Sequence[Column], places: dict[str, int]) -> Test:
    place = places.get(found.name)
    if found.sign in DENIED:
        denied = _compared(Compared(found.name, DENIED[found.sign], found.values), columns, places)
        return lambda row: not denied(row)
    if place is None:
        is_unknown = any(isinstance(value, Unknown) for value in found.values)
        return lambda row: is_unknown
    tests = [_holds(value, found.sign, columns[place]) for value in found.values]
    if len(tests) == 1:
        (only,) = tests
        return lambda row: only(row[place])
    return lambda row: any(test(row[place]) for test in tests)


def _holds(value: Value, sign: Sign, column: Column) -> Holds:
    """What a value of the column must be; what is not known is nothing else."""
    if isinstance(value, Unknown):
        return lambda found: found is None or found in ("", ())
    if sign is Sign.HOLDS:
        assert isinstance(value, Text)
        wanted, texts = fold(value.text), texts_of(column)
        return lambda found: found is not None and wanted in texts(found)
    if is_ordered(column):
        return _ordered(value, sign, column)
    assert isinstance(value, Text)
    if column.kind is Kind.FLAG:
        asked = value.text == "yes"
        return lambda found: found is not None and bool(found) is asked
    if sign in ORDERING:
        return _text_order(value.text, sign)
    wanted = fold(value.text)
    if column.kind is Kind.CODE:
        return lambda found: found is not None and fold(str(found)) == wanted
    if column.kind is Kind.NESTED:
        nested = texts_of(column)
        return lambda found: found is not None and wanted in nested(found)
    if sign is Sign.WHOLE or is_number_like(column):
        return lambda found: found is not None and fold(safe(str(found))) == wanted
    return lambda found: found is not None and wanted in fold(safe(str(found)))


def is_number_like(column: Column) -> bool:
    """Whether a text is a number or a code of something, which is the same only as a whole."""
    return column.kind is Kind.DIGITS or column.key.endswith(_WHOLE_KEYS) or column.key in ("code", "no")


def _ordered(value: Value, sign: Sign, column: Column) -> Holds:
    first, last = _bounds(value, column)
    of: Callable[[Any], Any] = as_moment
    if column.kind is Kind.CODE:
        key = column.key
        of = lambda code: rank_of(key, code)  # noqa: E731
    elif column.kind not in DAYS:
        of = lambda number: number if isinstance(number, int | float) else None  # noqa: E731
    compare: dict[Sign, Holds] = {
        Sign.MORE: lambda found: found > last,
        Sign.LESS: lambda found: found < first,
        Sign.AT_LEAST: lambda found: found >= first,
        Sign.AT_MOST: lambda found: found <= last,
    }
    is_within = compare.get(sign) or (
        lambda found: (first is None or found >= first) and (last is None or found <= last)
    )

    def holds(found: Any) -> bool:
        known = None if found is None else of(found)
        return known is not None and is_within(known)

    return holds


def _bounds(value: Value, column: Column) -> tuple[Any, Any]:
    if isinstance(value, Span):
        low = stretch_of(column, value.low.text, 0).first if value.low else None
        return low, stretch_of(column, value.high.text, 0).last if value.high else None
    assert isinstance(value, Text)
    stretch = stretch_of(column, value.text, 0)
    return stretch.first, stretch.last


def _text_order(text: str, sign: Sign) -> Holds:
    """Texts by code point; where both are numbers, as numbers (the lines of a file)."""
    wanted = fold(text)
    number = float(wanted) if wanted.isascii() and wanted.isdigit() else None

    def holds(found: Any) -> bool:
        if found is None:
            return False
        left: Any = found if isinstance(found, int) and number is not None else fold(safe(str(found)))
        right: Any = number if isinstance(found, int) and number is not None else wanted
        if sign is Sign.MORE:
            return bool(left > right)
        if sign is Sign.LESS:
            return bool(left < right)
        return bool(left >= right) if sign is Sign.AT_LEAST else bool(left <= right)

    return holds

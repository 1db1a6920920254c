"""Which rows of a list are shown: words that a row must hold, and fields compared with values.

`镇审 超时>10 且 区县=资中` are three conditions that must all hold. A condition is a value that tests a
row; it is never text that is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from console import pinyin
from console.widgets.rows import Row
from console.wording import shower
from store.errors import WrongUsage
from store.labels import label
from store.tables import Column, Kind, Table

_AND = re.compile(r"\s*(?:\s且\s|\s并且\s|\sand\s|且|&&|&|；|;)\s*|\s+", re.IGNORECASE)
_TERM = re.compile(r"(?P<field>[^\s=<>!~]+?)\s*(?P<sign>>=|<=|!=|=|>|<|~)\s*(?P<value>.*)", re.DOTALL)
_SIGNS = re.compile(r"\s*(>=|<=|!=|=|>|<|~)\s*")
_PLAIN = str.maketrans(
    {"＝": "=", "＞": ">", "＜": "<", "≥": ">=", "≤": "<=", "≠": "!=", "～": "~", "！": "!", "　": " "}
)
_FAR = {"yes": True, "是": True, "true": True, "no": False, "否": False, "false": False}
COMPARED = frozenset({Kind.NUMBER, Kind.MONEY, Kind.DAY, Kind.MOMENT})

Test = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Words:
    """A text that one of the shown values must hold."""

    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A column, by its place, compared with a value."""

    place: int
    sign: str
    value: str


def conditions(text: str, table: Table, lang: str) -> list[Words | Compared]:
    """The conditions that a text names; WrongUsage where a field or a value is none."""
    found: list[Words | Compared] = []
    for term in _terms(text):
        match = _TERM.fullmatch(term)
        if match is None:
            found.append(Words(term.casefold()))
            continue
        if not match["value"]:
            raise WrongUsage("filter_value", field=match["field"])
        found.append(Compared(_place(match["field"], table, lang), match["sign"], match["value"]))
    return found


def _terms(text: str) -> list[str]:
    line = _SIGNS.sub(r"\1", text.translate(_PLAIN).strip())
    return [term for term in _AND.split(line) if term]


def _place(name: str, table: Table, lang: str) -> int:
    """The place of the column that is called so: by key, label, initials, or a part that no other has."""
    wanted = name.casefold()
    names = [
        (column.key, label(column.key, "zh").casefold(), label(column.key, "en").casefold())
        for column in table.columns
    ]
    ways: tuple[Callable[[tuple[str, ...]], bool], ...] = (
        lambda called: wanted in called,
        lambda called: pinyin.initials(called[1]) == wanted,
        lambda called: any(wanted in each for each in called),
    )
    for way in ways:
        found = [place for place, called in enumerate(names) if way(called)]
        if found and (len(found) == 1 or way is not ways[2]):
            return found[0]
    fields = ", ".join(label(column.key, lang) for column in table.columns[:12])
    raise WrongUsage("filter_field", field=name, fields=fields)


def tests(text: str, table: Table, lang: str) -> list[Test]:
    """What every shown row must pass."""
    show = [shower(column, lang) for column in table.columns]
    return [_test(each, table, show, lang) for each in conditions(text, table, lang)]


def _test(condition: Words | Compared, table: Table, show: Sequence[Callable[[Any], str]], lang: str) -> Test:
    if isinstance(condition, Words):
        wanted = condition.text
        return lambda row: any(
            wanted in shown(value).casefold() for shown, value in zip(show, row, strict=True)
        )
    place, column = condition.place, table.columns[condition.place]
    if condition.sign in (">", "<", ">=", "<=") or (
        column.kind in COMPARED and condition.sign in ("=", "!=") and column.kind is not Kind.MOMENT
    ):
        return _ordered(place, column, condition, lang)
    wanted, shown = condition.value.casefold(), show[place]
    exactly = column.kind in (Kind.CODE, Kind.FLAG)

    def holds(row: Row) -> bool:
        value = row[place]
        text = shown(value).casefold()
        if wanted in ("-", "—"):  # what is not known
            return value is None
        if exactly and condition.sign != "~":
            return wanted == text or wanted == str(value).casefold() or (_FAR.get(wanted) is value)
        return wanted in text

    return (lambda row: not holds(row)) if condition.sign == "!=" else holds


def _ordered(place: int, column: Column, condition: Compared, lang: str) -> Test:
    wanted = _value(column, condition.value, lang)
    compare: dict[str, Callable[[Any], bool]] = {
        "=": lambda value: value == wanted,
        "!=": lambda value: value != wanted,
        ">": lambda value: value > wanted,
        "<": lambda value: value < wanted,
        ">=": lambda value: value >= wanted,
        "<=": lambda value: value <= wanted,
    }
    test = compare[condition.sign]

    def holds(row: Row) -> bool:
        value = row[place]
        if isinstance(value, datetime):
            value = value.date()
        return value is not None and test(value)

    return holds


def _value(column: Column, text: str, lang: str) -> Any:
    """The value that a column is compared with: yuan, a number, a day, else text."""
    from store import money
    from store.models.values import parse_date

    try:
        if column.kind is Kind.MONEY:
            return money.parse(text)
        if column.kind is Kind.NUMBER:
            return float(text.replace(",", ""))
        if column.kind in (Kind.DAY, Kind.MOMENT):
            parsed: date = parse_date(text)
            return parsed
    except ValueError:
        raise WrongUsage("filter_not", field=label(column.key, lang), text=text) from None
    return text

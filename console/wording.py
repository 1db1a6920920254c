"""Values as the console shows them: texts for cells, and the parts of a detail."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.shown import safe
from console.widgets.sheets import Part
from store.labels import label
from store.tables import Column, Kind, columns_of, values_of
from store.words import say
from store.writers._cells import cell

CARD_TAIL = 4
GRADES = frozenset({"red", "orange", "yellow", "upcoming"})


def shower(column: Column, lang: str, brief: bool = False) -> Callable[[Any], str]:
    """What makes the text of a column's values; `brief` gives a moment as its day."""

    def show(value: Any) -> str:
        if value is None:
            return ""
        if column.key == "card_no" and str(value).startswith("*"):
            return safe(say("console.card_tail", lang, tail=str(value)[-CARD_TAIL:]))
        if brief and isinstance(value, datetime):
            return value.date().isoformat()
        return safe(cell(column, value, lang))

    return show


def tone(column: Column) -> Callable[[Any], str | None] | None:
    """The style of a column's values: that of its grade, beside the word."""
    if column.key != "grade":
        return None
    return lambda value: value if value in GRADES else None


def parts_of(columns: Sequence[Column], values: Sequence[Any], lang: str, title: str = "") -> list[Part]:
    """A row as parts: what it holds itself, then each list of rows within it."""
    pairs, within = [], []
    for column, value in zip(columns, values, strict=True):
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            within.extend(_listed(value, lang, label(column.key, lang)))
        else:
            pairs.append((label(column.key, lang), shower(column, lang)(value)))
    return [Part(title, tuple(pairs)), *within]


def parts_of_row(row: Any, lang: str, title: str = "") -> list[Part]:
    """The same for a frozen row."""
    row_class: Any = type(row)
    return parts_of(columns_of(row_class), values_of(row), lang, title)


def parts_unseen_first(
    columns: Sequence[Column], values: Sequence[Any], seen: Collection[str], lang: str
) -> list[Part]:
    """A row as parts, what the list beside it does not show before what it does."""
    order = sorted(range(len(columns)), key=lambda place: columns[place].key in seen)
    return parts_of([columns[place] for place in order], [values[place] for place in order], lang)


def without(said: Collection[tuple[str, str]], parts: Sequence[Part]) -> list[Part]:
    """The parts, the first one without the pairs that were said already."""
    if not parts:
        return []
    first = replace(parts[0], pairs=tuple(pair for pair in parts[0].pairs if pair not in said))
    return [first, *parts[1:]]


def _listed(rows: Sequence[Any], lang: str, title: str) -> list[Part]:
    row_class: Any = type(rows[0])
    columns = columns_of(row_class)
    if any(column.kind is Kind.NESTED for column in columns):
        return [part for row in rows for part in parts_of_row(row, lang, title)]
    values = [values_of(row) for row in rows]
    # a column that says nothing of any row takes room from the others
    told = [place for place in range(len(columns)) if any(row[place] not in (None, False) for row in values)]
    headings = tuple(label(columns[place].key, lang) for place in told)
    texts = [tuple(shower(columns[place], lang)(row[place]) for place in told) for row in values]
    return [Part(title, rows=(headings, *texts))]

"""Values as a person reads them, in one line of harmless text: words for codes, money in groups."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from store.labels import label, word
from store.money import grouped
from store.safe import safe
from store.tables import Column, Kind
from store.words import knows, say
from store.writers import _facts

RIGHT = frozenset({Kind.NUMBER, Kind.MONEY})


def cell(column: Column, value: Any, lang: str) -> str:
    """One value of a column; what is not known is empty."""
    if value is None:
        return ""
    if column.kind is Kind.CODE:
        return word(column.words or column.key, value, lang)
    if column.kind is Kind.MONEY:
        return grouped(value)
    if column.kind is Kind.FLAG:
        return say("output.yes" if value else "output.no", lang)
    if type(value) is str:
        return safe(value)
    return brief(column.key, value, lang)


def brief(key: str, value: Any, lang: str) -> str:
    """A value that may hold others, in one line: `姓名：何*明、次数：2`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("output.yes" if value else "output.no", lang)
    if isinstance(value, str):
        # Within an object nothing says what is a code, so only a code of this very key is taken for one.
        known = f"enum.{key}.{value}"
        return say(known, lang) if knows(known) else safe(value)
    separator = say("output.separator", lang)
    if isinstance(value, tuple | list):
        return separator.join(brief(key, inner, lang) for inner in value)
    colon = say("output.colon", lang)
    if isinstance(value, Mapping):
        parts = [(str(name), brief(str(name), inner, lang)) for name, inner in value.items()]
    elif dataclasses.is_dataclass(value):
        parts = [(column.key, cell(column, inner, lang)) for column, inner in _facts.pairs_of(value)]
    else:
        plain = _facts.fact(value)
        return "" if plain is None else str(plain)
    return separator.join(f"{label(name, lang)}{colon}{text}" for name, text in parts)

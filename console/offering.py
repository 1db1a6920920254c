"""What a filter may go on with while it is typed: columns, and after a sign the values that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from store import pinyin
from store.conditions.fields import codes_of, place_of
from store.conditions.tree import text_of
from store.errors import WrongUsage
from store.labels import label, word
from store.safe import safe
from store.tables import Column, Kind, Table
from store.words import say

MOST = 12
LOOKED_AT = 2000  # rows whose values are offered
_TAIL = re.compile(r"[^\s()（）=<>!~≥≤≠＝＞＜！～,，、;；&|\"“”]*$")
_FIELD = re.compile(
    r"(?P<name>[^\s()（）=<>!~≥≤≠＝＞＜！～,，、;；&|]+)\s*(?:!?[=＝~～]|≠|！＝|[<>＜＞≥≤]=?)\s*(?:[^\s=<>~]*[,，、]\s*)*$"
)


def offers(text: str, table: Table, lang: str) -> list[tuple[str, str]]:
    """Whole lines that a text may become, each with what its end means."""
    match = _TAIL.search(text)
    tail = match[0] if match else ""
    head = text[: len(text) - len(tail)]
    field = _FIELD.search(head)
    if field is not None:
        try:
            column = table.columns[place_of(field["name"], table.columns, 0)]
        except WrongUsage:
            return []
        return [(head + each, meaning) for each, meaning in _values(column, table, tail, lang)][:MOST]
    if not tail:
        return []
    names = _names(table.columns, lang)
    return [(head + name, key) for name, key in names if _begins((name, key), tail)][:MOST]


def _names(columns: Sequence[Column], lang: str) -> list[tuple[str, str]]:
    """What a column can be called without quotes, with its key where that is another."""
    found = []
    for column in columns:
        name = label(column.key, lang)
        usable = name if not text_of(name).quoted else column.key
        found.append((usable, column.key if usable != column.key else ""))
    return found


def _begins(names: Iterable[str], typed: str) -> bool:
    wanted = typed.casefold()
    return any(name.casefold().startswith(wanted) or pinyin.begins(name, wanted) for name in names if name)


def _values(column: Column, table: Table, tail: str, lang: str) -> list[tuple[str, str]]:
    if column.kind is Kind.FLAG:
        return [
            (text, "") for text in (say("output.yes", lang), say("output.no", lang)) if text.startswith(tail)
        ]
    place = table.keys().index(column.key)
    there = dict.fromkeys(row[place] for row in table.rows[:LOOKED_AT] if row[place] not in (None, ""))
    if column.kind is Kind.CODE:
        known = [code for code in codes_of(column.key) if code in there]
        words = [(word(column.key, code, lang), code) for code in known or there]
        return [(_written(each), code) for each, code in words if _begins((each, code), tail)]
    if column.kind is not Kind.TEXT or not tail:
        return []
    return [(_written(each), "") for each in map(str, there) if _begins((each,), tail)]


def _written(text: str) -> str:
    made = text_of(text)
    return f'"{safe(text)}"' if made.quoted else text

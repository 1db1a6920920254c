"""CSV for scripts and spreadsheets: the keys as header, the same value texts as JSON."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import Any, TextIO

from store.safe import safe
from store.tables import Kind, Table
from store.writers import _facts
from store.writers.json import text_of

BINARY = False
ENCODING = "utf-8"
BOM = "\ufeff"

# What a spreadsheet would calculate or send; a tab or CR before it is stripped by some of them.
_FORMULA = re.compile("[ \xa0\u3000]*[=+\\-@\t\r＝＋－＠]")


def write(table: Table, out: TextIO, lang: str, title: str = "", *, bom: bool = False) -> None:
    """Write a header of keys and the rows; `bom` begins with the mark that spreadsheets know UTF-8 by."""
    if bom:
        out.write(BOM)
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(table.keys())
    shown: list[Callable[[Any], Any]] = [_TEXTS.get(column.kind, _text) for column in table.columns]
    for row in _facts.rows_of(table):
        lines.writerow([turn(value) for turn, value in zip(shown, row, strict=True)])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return text_of(value)
    text = safe(value)
    # Both are asked: making text safe turns a leading tab into a space and drops what hid a sign.
    calculates = _FORMULA.match(value) or (text is not value and _FORMULA.match(text))
    return f"'{text}" if calculates else text


def _flag(value: bool | None) -> str:
    return "" if value is None else text_of(value)


def _made_here(value: Any) -> Any:
    return value


_TEXTS: dict[Kind, Callable[[Any], Any]] = {
    Kind.FLAG: _flag,
    Kind.NUMBER: _made_here,
    Kind.MONEY: _made_here,
    Kind.DAY: _made_here,
    Kind.MOMENT: _made_here,
}

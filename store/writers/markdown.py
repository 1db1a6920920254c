"""Markdown pipe tables for reports and tickets: text stays text, whatever it contains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TextIO

from store.labels import label
from store.safe import safe
from store.tables import Table
from store.words import say
from store.writers._cells import RIGHT, cell
from store.writers._sections import sections

BINARY = False
ENCODING = "utf-8"

_MEANT = re.compile(r"[\\`*_\[\]<>|~&$]")


def write(table: Table, out: TextIO, lang: str, title: str = "") -> None:
    """Write the table; a single answer is a table of its fields, then a headed table for each array."""
    for place, section in enumerate(sections(table, title, lang)):
        if place:
            out.write("\n")
        if section.title:
            out.write(f"## {escaped(safe(section.title))}\n\n")
        _write_flat(section.table, out, lang)


def escaped(text: str) -> str:
    """One line of safe text in which no character is markup; what would be is kept by a backslash."""
    return _MEANT.sub(r"\\\g<0>", text)


def _write_flat(table: Table, out: TextIO, lang: str) -> None:
    if not table.rows:
        out.write(f"{say('output.nothing', lang)}\n")
        return
    headings = [label(column.key, lang) for column in table.columns]
    rows = (
        [cell(column, value, lang) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    )
    if table.single:
        _write_line([say("output.field", lang), say("output.value", lang)], out)
        out.write("| --- | --- |\n")
        for pair in zip(headings, next(rows), strict=True):
            _write_line(pair, out)
        return
    _write_line(headings, out)
    rules = ["---:" if column.kind in RIGHT else "---" for column in table.columns]
    out.write(f"| {' | '.join(rules)} |\n")
    for row in rows:
        _write_line(row, out)


def _write_line(texts: Sequence[str], out: TextIO) -> None:
    out.write(f"| {' | '.join(escaped(text) for text in texts)} |\n")

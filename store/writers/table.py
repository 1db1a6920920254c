"""Tables for a person at a terminal: the language's headings and words, aligned by cells."""

from __future__ import annotations

from typing import TextIO

from tabulate import tabulate

from store.labels import label
from store.safe import safe
from store.tables import Table
from store.words import say
from store.writers._cells import RIGHT, cell
from store.writers._sections import sections

BINARY = False
ENCODING = None


def write(table: Table, out: TextIO, lang: str, title: str = "") -> None:
    """Write the table, or for a single answer a sheet of its fields and a titled table for each array."""
    for place, section in enumerate(sections(table, title, lang)):
        if place:
            out.write("\n")
        if section.title:
            out.write(f"{safe(section.title)}\n")
        _write_flat(section.table, out, lang)


def _write_flat(table: Table, out: TextIO, lang: str) -> None:
    if not table.rows:
        out.write(f"{say('output.nothing', lang)}\n")
        return
    rows = [
        [cell(column, value, lang) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    headings = [label(column.key, lang) for column in table.columns]
    if table.single:
        pairs = list(zip(headings, rows[0], strict=True))
        drawn = tabulate(pairs, tablefmt="plain", disable_numparse=True, colalign=("left", "left"))
    else:
        sides = ["right" if column.kind in RIGHT else "left" for column in table.columns]
        drawn = tabulate(rows, headings, tablefmt="simple", disable_numparse=True, colalign=sides)
    for line in drawn.split("\n"):
        out.write(f"{line.rstrip()}\n")

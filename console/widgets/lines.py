"""A table's lines as spans of plain text, each with the name of its style."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from console.widgets.columns import GAP, Placed, fitted
from console.widgets.rows import Row

GUTTER = 1
CURSOR, NEW, PLAIN = ">", "+", " "
CHANGED = "*"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; `tone` is the style of its value, `changed` that it differs from a moment ago."""

    text: str
    tone: str | None = None
    changed: bool = False


def header(placed: Sequence[Placed]) -> list[Span]:
    """The line of headings."""
    cells = [fitted(each.column.heading, each.width, each.column.right) for each in placed]
    return [Span(PLAIN * GUTTER + (" " * GAP).join(cells))]


def line(placed: Sequence[Placed], row: Row, sign: str, changed: Collection[str] = ()) -> list[Span]:
    """The line of one row; `sign` stands before it, `changed` are the keys of columns to be marked."""
    spans = []
    before = sign
    for each in placed:
        column = each.column
        is_changed = column.key in changed
        spans.append(Span(before[:-1] + CHANGED if is_changed and before != CURSOR else before))
        tone = column.tone(row[column.place]) if column.tone else None
        spans.append(Span(fitted(column.text(row), each.width, column.right), tone, is_changed))
        before = " " * GAP
    return spans

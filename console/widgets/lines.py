"""A table's lines as spans of plain text, each with the name of its style."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from console.widgets.columns import GAP, Placed, TableColumn, fitted
from console.widgets.rows import Row

GUTTER = 2
CURSOR, NEW, MARK, PLAIN = ">", "+", "#", " "
UPWARD, DOWNWARD = "^", "v"
CHANGED = "*"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; `tone` is the style of its value, `changed` that it differs from a moment ago.

    `current` is the heading of the current column.
    """

    text: str
    tone: str | None = None
    changed: bool = False
    current: bool = False


def header(placed: Sequence[Placed], sort: str = "", current: TableColumn | None = None) -> list[Span]:
    """The line of headings; before that of the column that sorts stands `^`, or `v` for descending."""
    spans = []
    before = PLAIN * GUTTER
    for each in placed:
        sign = {each.column.key: UPWARD, f"-{each.column.key}": DOWNWARD}.get(sort, PLAIN)
        spans.append(Span(before[:-1] + sign))
        text = fitted(each.column.heading, each.width, each.column.right)
        spans.append(Span(text, current=each.column is current))
        before = " " * GAP
    return spans


def line(placed: Sequence[Placed], row: Row, sign: str, changed: Collection[str] = ()) -> list[Span]:
    """The line of one row; `sign` stands in the gutter, `changed` are the keys of columns to be marked."""
    spans = []
    before = sign
    for each in placed:
        column = each.column
        is_changed = column.key in changed
        spans.append(Span(before[:-1] + CHANGED if is_changed else before))
        tone = column.tone(row[column.place]) if column.tone else None
        spans.append(Span(fitted(column.text(row), each.width, column.right), tone, is_changed))
        before = " " * GAP
    return spans

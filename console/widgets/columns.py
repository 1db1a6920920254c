"""Columns of a table on a screen: which of them fit, how wide each is, and what its cells show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from console.widgets.rows import Row
from store.cells import cut, width

GAP = 2


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: the place of its value in a row, its heading, and how its values look.

    It takes between `least` and `most` cells; where room is short, the highest `priority` is folded first.
    `tone` names the style of a value, None for the plain one.
    """

    key: str
    place: int
    heading: str
    show: Callable[[Any], str]
    least: int
    most: int
    priority: int = 0
    right: bool = False
    tone: Callable[[Any], str | None] | None = None

    def text(self, row: Row) -> str:
        """What the row's cell shows."""
        return self.show(row[self.place])


@dataclass(frozen=True, slots=True)
class Placed:
    """A column that is shown, with its width."""

    column: TableColumn
    width: int


def fitted(text: str, cells: int, right: bool = False) -> str:
    """The text in exactly so many cells: cut with `…`, or padded."""
    shown = cut(text, cells)
    space = " " * (cells - width(shown))
    return space + shown if right else shown + space


def wanted(columns: Sequence[TableColumn], rows: Iterable[Row]) -> dict[str, int]:
    """How many cells each column would like, by its heading and a sample of rows."""
    want = {column.key: width(column.heading) for column in columns}
    for row in rows:
        for column in columns:
            want[column.key] = max(want[column.key], width(column.text(row)))
    return {c.key: max(c.least, min(c.most, want[c.key])) for c in columns}


def lay_out(
    columns: Sequence[TableColumn], want: dict[str, int], room: int, skipped: int = 0
) -> list[Placed]:
    """The columns that fit into `room` cells, the first one always; `skipped` others are passed over.

    Unscrolled, the important ones are chosen by priority; scrolled, they follow each other as they stand.
    """
    if not columns:
        return []
    first, others = columns[0], list(columns[1 + skipped :])
    if not skipped:
        others.sort(key=lambda column: column.priority)
    chosen, left = [first], room - first.least
    for column in others:
        if left < GAP + column.least:
            if skipped:
                break
            continue
        chosen.append(column)
        left -= GAP + column.least
    widths = {column.key: column.least for column in chosen}
    for column in chosen:
        more = min(left, want[column.key] - column.least)
        widths[column.key] += max(0, more)
        left -= max(0, more)
    order = {column.key: place for place, column in enumerate(columns)}
    chosen.sort(key=lambda column: order[column.key])
    return [Placed(column, min(widths[column.key], room)) for column in chosen]


def most_skipped(columns: Sequence[TableColumn], want: dict[str, int], room: int) -> int:
    """How far the columns can be scrolled: until the last one is on the screen."""
    if len(lay_out(columns, want, room)) == len(columns):
        return 0
    for skipped in range(1, len(columns)):
        placed = lay_out(columns, want, room, skipped)
        if placed[-1].column is columns[-1]:
            return skipped
    return 0

"""Columns of a table on a screen: which of them fit, how wide each is, and what its cells show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.widgets.rows import Row
from store.cells import cut, width

GAP = 2
ESSENTIAL = 6
FEW = 4


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: the place of its value in a row, its heading, and how its values look.

    It takes between `least` and `most` cells; where room is short, the highest `priority` is folded first,
    and one beyond ESSENTIAL is shown only where it need not be cut.
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
    return {column.key: min(column.most, want[column.key]) for column in columns}


def _least(column: TableColumn, want: Mapping[str, int]) -> int:
    # for a few cells more a short word or a number is whole
    wish = want[column.key]
    return wish if wish <= column.least + FEW else column.least


def lay_out(
    columns: Sequence[TableColumn], want: Mapping[str, int], room: int, skipped: int = 0, plain: bool = False
) -> list[Placed]:
    """The columns that fit into `room` cells, the first one always; `skipped` others are passed over.

    Unscrolled, the essential ones are chosen first and may be narrow, the others only where they fit whole;
    scrolled, or `plain`, they follow each other as they stand.
    """
    if not columns:
        return []
    first, others = columns[0], list(columns[1 + skipped :])
    least = {column.key: _least(column, want) for column in columns}
    # the first column knows the row: it is whole where that leaves the others half the room
    widths = {first.key: want[first.key] if 2 * want[first.key] <= room else min(least[first.key], room)}
    left = room - widths[first.key]

    def grow(chosen: Iterable[TableColumn]) -> None:
        nonlocal left
        for column in chosen:
            more = max(0, min(left, want[column.key] - widths[column.key]))
            widths[column.key] += more
            left -= more

    if skipped or plain:
        for place, column in enumerate(others):
            # the one that was scrolled to is shown, if need be narrower than it would be
            cells = least[column.key] if place else max(1, min(least[column.key], left - GAP))
            if left < GAP + cells:
                break
            widths[column.key] = cells
            left -= GAP + cells
        grow(column for column in columns if column.key in widths)
    else:
        others.sort(key=lambda column: column.priority)
        for column in others:
            if column.priority <= ESSENTIAL and left >= GAP + least[column.key]:
                widths[column.key] = least[column.key]
                left -= GAP + least[column.key]
        grow(column for column in (first, *others) if column.key in widths)
        for column in others:
            if column.key not in widths and left >= GAP + want[column.key]:
                widths[column.key] = want[column.key]
                left -= GAP + want[column.key]
    return [Placed(column, widths[column.key]) for column in columns if column.key in widths]


def most_skipped(columns: Sequence[TableColumn], want: Mapping[str, int], room: int) -> int:
    """How far the columns can be scrolled: until the last one is on the screen."""
    if len(lay_out(columns, want, room)) == len(columns):
        return 0
    for skipped in range(1, len(columns)):
        placed = lay_out(columns, want, room, skipped)
        if placed[-1].column is columns[-1]:
            return skipped
    return 0

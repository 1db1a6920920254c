"""Lays the parts of a detail out as lines of text, in the room there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wcwidth import wcwidth

from console.widgets.columns import GAP, fitted
from store.cells import cut, width

NOT_KNOWN = "-"
INDENT = 4  # of what does not fit into the line of its row
WIDEST_LABEL = 26  # the longest of the numbers that stand before what is said of them
TWO = 70  # from so many cells on two pairs stand on a line
SPACE = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a detail: labels with their values, or a small table whose first row are its headings."""

    title: str
    pairs: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a detail; titles are set apart by their style."""

    text: str
    is_title: bool = False


def wrapped(text: str, room: int) -> list[str]:
    """The text in pieces of at most `room` cells."""
    pieces, begin, taken = [], 0, 0
    for place, character in enumerate(text):
        cells = max(0, wcwidth(character))
        if taken + cells > room and place > begin:
            pieces.append(text[begin:place])
            begin, taken = place, 0
        taken += cells
    return [*pieces, text[begin:]]


def flowed(parts: Iterable[Part], room: int) -> list[Line]:
    """Labels and values one behind the other, what is not known left out; small tables do not flow."""
    lines: list[str] = []
    current = ""
    for part in parts:
        for name, value in part.pairs:
            if not value:
                continue
            piece = cut(f"{name} {value}", room)
            if current and width(current) + GAP + width(piece) > room:
                lines.append(current)
                current = piece
            else:
                current = f"{current}{' ' * GAP}{piece}" if current else piece
    return [Line(text) for text in [*lines, current]]


def stacked(parts: Iterable[Part], room: int) -> list[Line]:
    """One label and its value a line, then each small table under its title."""
    lines: list[Line] = []
    for part in parts:
        if lines:
            lines.append(Line(""))
        if part.title:
            lines.append(Line(cut(part.title, room), True))
        lines.extend(_pairs(part.pairs, room))
        lines.extend(_grid(part.rows, room))
    return lines


def _pairs(pairs: Sequence[tuple[str, str]], room: int) -> Iterable[Line]:
    """A pair a line, or two where all of them are short enough to stand side by side."""
    if room >= TWO and len(pairs) > 3:
        half = (room - SPACE) // 2
        label = min(max(width(name) for name, _ in pairs), WIDEST_LABEL)
        short = [pair for pair in pairs if label + GAP + width(pair[1]) <= half]
        long = [pair for pair in pairs if pair not in short]
        rows = -(-len(short) // 2)
        left = list(_one_a_line(short[:rows], half, label))
        right = list(_one_a_line(short[rows:], half, label))
        for place, line in enumerate(left):
            other = right[place].text if place < len(right) else ""
            yield Line((fitted(line.text, half) + " " * SPACE + other).rstrip())
        yield from _one_a_line(long, room, label)
        return
    widest = max((width(name) for name, _ in pairs), default=0)
    yield from _one_a_line(pairs, room, min(widest, WIDEST_LABEL, max(1, room // 2)))


def _one_a_line(pairs: Sequence[tuple[str, str]], room: int, label: int) -> Iterable[Line]:
    for name, value in pairs:
        for place, piece in enumerate(wrapped(value or NOT_KNOWN, max(1, room - label - GAP))):
            yield Line(fitted("" if place else name, label) + " " * GAP + piece)


def _grid(rows: Sequence[Sequence[str]], room: int) -> Iterable[Line]:
    if not rows:
        return
    columns = [column for column in zip(*rows, strict=True) if any(column[1:]) or len(rows) == 1]
    heads = [column[0] for column in columns]
    widths = [max(width(text) for text in column) for column in columns]
    below = _folded(widths, room)
    for place, row in enumerate(zip(*columns, strict=True)):
        cells = [fitted(text, widths[at]) for at, text in enumerate(row) if at not in below]
        yield Line(cut((" " * GAP).join(cells).rstrip(), room), place == 0)
        said = [f"{heads[at]} {row[at]}" for at in below if place and row[at]]
        for piece in wrapped((" " * GAP).join(said), max(1, room - INDENT)) if said else ():
            yield Line(" " * INDENT + piece)


def _folded(widths: Sequence[int], room: int) -> list[int]:
    """The places of the columns that stand on lines of their own: the widest, as many as do not fit."""
    kept = list(range(len(widths)))
    while len(kept) > 1 and sum(widths[at] for at in kept) + GAP * (len(kept) - 1) > room:
        kept.remove(max(kept, key=lambda at: widths[at]))
    return [at for at in range(len(widths)) if at not in kept]

"""Cuts whole blocks of lines into cells at once; a line with quotes, or otherwise odd, is read by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from store.arrays import Flags, Ints, Matrix
from store.readers._encoding import MARK
from store.readers._grid import Grid
from store.readers._records import DOS_END, LONGEST_LINE, MOST_LINES, quoted, runs
from store.readers._sheet import regroup

MOST_BYTES = 1 << 23  # of a block: fewer lines than asked for, where they are long
NEWLINE = 10
BAD = MARK.encode("utf-8", "surrogatepass")


def grids(texts: Iterable[str], delimiter: str, size: Callable[[], int]) -> Iterator[Grid]:
    """The records of a text that comes in pieces with \\n for newlines, `size()` lines at a time."""
    line, more = 1, 0
    source = _Source(iter(texts))
    while (block := source.block(size() + more)) is not None:
        if len(block) > LONGEST_LINE and b"\n" not in block:
            rest = chain([_decoded(block)], source.rest())
            yield from map(Grid.of, regroup(runs(rest, delimiter, line), max(1, size())))
            return
        cut = _Cut.of(block, delimiter, line, source.ended)
        source.left = cut.left + source.left
        more = 0 if cut.used else more + MOST_LINES  # a record of many lines is whole in a longer block
        line += cut.used
        if len(cut.grid):
            yield cut.grid


@dataclass
class _Source:
    """A text on its way in, as bytes; `left` is what was read and not yet given."""

    texts: Iterator[str]
    left: bytes = b""
    ended: bool = False  # nothing comes behind the last block

    def block(self, lines: int) -> bytes | None:
        """So many lines, or what there is; None at the end."""
        pieces, have, length = [self.left], self.left.count(b"\n"), len(self.left)
        self.ended = False
        while have < lines and (length < MOST_BYTES or not have):
            text = next(self.texts, None)
            if text is None:
                self.ended = True
                break
            pieces.append(text.encode("utf-8", "surrogatepass"))
            have += pieces[-1].count(b"\n")
            length += len(pieces[-1])
            if length > LONGEST_LINE and not have:
                break
        whole = b"".join(pieces)
        if self.ended and have <= lines:
            self.left = b""
            head, newline, tail = whole.rpartition(b"\n")
            whole = head + newline if tail == DOS_END.encode() else whole
            return (whole if whole.endswith(b"\n") else whole + b"\n") if whole else None
        self.ended = False
        end = _end(whole, lines) if have > lines else whole.rfind(b"\n") + 1
        end = end or len(whole)
        self.left = whole[end:]
        return whole[:end]

    def rest(self) -> Iterator[str]:
        """All that has not been given."""
        left, self.left = self.left, b""
        return chain([_decoded(left)] if left else (), self.texts)


@dataclass(frozen=True)
class _Cut:
    """A block cut: its records, how many lines they took, and the bytes of one that goes on behind it."""

    grid: Grid
    used: int
    left: bytes

    @staticmethod
    def of(block: bytes, delimiter: str, line: int, last: bool) -> _Cut:
        """Cut a block of whole lines, the first of which has the number `line`."""
        buffer = np.frombuffer(block, dtype=np.uint8)
        ends = np.flatnonzero(buffer == NEWLINE)
        begins = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1] + 1])
        marks = np.flatnonzero(buffer == ord(delimiter))
        before = np.searchsorted(marks, begins)
        cells = np.diff(np.append(before, len(marks)))
        width = int(np.bincount(cells).argmax())
        odd = _odd(block, buffer, ends) | (cells != width)
        rows, inside, used = _read(block, begins, ends, np.flatnonzero(odd), delimiter, last)
        plain = np.flatnonzero(~odd[:used])
        plain = plain[~np.isin(plain, inside)] if inside else plain
        inner = marks[before[plain][:, None] + np.arange(width)]
        starts = np.column_stack([begins[plain], inner + 1])
        stops = np.column_stack([inner, ends[plain]])
        bad = frozenset(at for at, row in rows.items() if MARK in "".join(row))
        for at in bad:
            rows[at] = [cell.replace(MARK, "\ufffd") for cell in rows[at]]
        grid = Grid(np.arange(line, line + used), buffer, plain, starts, stops, rows, bad)
        blank = {at for at, row in rows.items() if not "".join(row).strip()}
        blank |= _blank(grid, delimiter)
        keep = np.ones(used, dtype=np.bool_)
        keep[[*inside, *blank]] = False
        end = int(begins[used]) if used < len(ends) else len(block)
        return _Cut(grid if keep.all() else grid.kept(keep), used, block[end:])


def _odd(block: bytes, buffer: Matrix, ends: Ints) -> Flags:
    """Lines with quotes, NUL, or bytes that did not decode."""
    found = np.zeros(len(ends), dtype=np.bool_)
    for sign in (b'"', b"\0"):
        if sign in block:
            found[np.searchsorted(ends, np.flatnonzero(buffer == sign[0]))] = True
    at = block.find(BAD)
    while at >= 0:
        found[np.searchsorted(ends, at)] = True
        at = block.find(BAD, at + 1)
    return found


def _read(
    block: bytes, begins: Ints, ends: Ints, odd: Ints, delimiter: str, last: bool
) -> tuple[dict[int, list[str]], list[int], int]:
    """Odd lines as records, the lines inside of records of several lines, and how many lines were used."""
    rows: dict[int, list[str]] = {}
    inside: list[int] = []
    free = 0  # the first line behind the last record
    for at in odd.tolist():
        if at < free:
            continue
        text = _decoded(block[begins[at] : ends[at]])
        if '"' not in text:
            rows[at] = text.split(delimiter)
            continue
        starts, found, used = quoted([text], delimiter, False)
        if not used:
            end = min(at + MOST_LINES, len(ends))
            texts = _decoded(block[begins[at] : ends[end - 1]]).split("\n")
            starts, found, used = quoted(texts, delimiter, last)
            if not used:
                return rows, inside, at
        free = at + (starts[1] if len(starts) > 1 else used)
        inside.extend(range(at + 1, free))
        rows[at] = found[0]
    return rows, inside, len(ends)


def _blank(grid: Grid, delimiter: str) -> set[int]:
    """Those of the plain lines whose cells are all empty or white."""
    starts, stops = grid.starts, grid.stops
    if not len(starts):
        return set()
    first = np.where(stops[:, 0] > starts[:, 0], grid.buffer[starts[:, 0]], 0)
    found = set()
    for at in np.flatnonzero((first <= 32) | (first >= 0x80)).tolist():
        text = _decoded(grid.buffer[starts[at, 0] : stops[at, -1]].tobytes())
        if not text.replace(delimiter, "").strip():
            found.add(int(grid.plain[at]))
    return found


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")


def _end(whole: bytes, lines: int) -> int:
    ends = np.flatnonzero(np.frombuffer(whole, dtype=np.uint8) == NEWLINE)
    return int(ends[lines - 1]) + 1

"""What every reader gives: sheets, and their records in blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.readers._grid import Grid

# Runs of very long lines are handed on before `size` records have come together, so that memory stays flat.
MOST_RUNS = 1024


def regroup(runs: Iterable[Block], size: int) -> Iterator[Block]:
    """The records of `runs`, `size` at a time (the last block, or one of very long lines, has fewer)."""
    lines: list[int] = []
    rows: list[list[str]] = []
    bad: list[int] = []
    held = 0
    for run in runs:
        bad += [len(rows) + index for index in sorted(run.undecodable)]
        lines += run.lines
        rows += run.rows
        held += 1
        step = size if held < MOST_RUNS else min(size, len(rows)) or size
        at = 0
        while len(rows) - at >= step:
            end = at + step
            yield Block(lines[at:end], rows[at:end], frozenset(i - at for i in bad if at <= i < end))
            at = end
        if at:
            del lines[:at], rows[:at]
            bad = [index - at for index in bad if index >= at]
            held = 0
    if rows:
        yield Block(lines, rows, frozenset(bad))


class NoEncoding(Exception):
    """No encoding decodes the file."""


@dataclass(frozen=True)
class Block:
    """Records of a sheet, in order; lines whose cells are all empty or white are left out."""

    lines: list[int]  # where each record begins, counted from 1 (in a spreadsheet the sheet's row)
    rows: list[list[str]]  # its cells as text
    undecodable: frozenset[int] = frozenset()  # indexes into rows: records with bytes that do not decode


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file: what may be one feed.

    `blocks(size)` gives its records and may be called again. It raises NoEncoding, or NotDone where the
    damage of a file shows only in its depth. `grids(size)` gives the same records cut as whole columns, as
    many lines at a time as `size()` says then; None where the format is read cell by cell anyway.
    """

    file: str  # the path as given; a member of a zip is "a.zip/member"
    sheet: str | None  # a sheet's name, from the second sheet of a workbook on
    part: int  # its place within the physical file, from 0; the members of a zip count on
    sha256: str  # of the bytes of the file or member as they stand; "" for a member that cannot be read
    blocks: Callable[[int], Iterator[Block]]
    grids: Callable[[Callable[[], int]], Iterator[Grid]] | None = None

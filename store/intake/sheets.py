"""One sheet on its way in: which feed it is, its records as lines of that feed, and its closing total."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from store import discovery
from store.arrays import Texts
from store.intake.keeping import Kept
from store.intake.lines import Fault, Lines, check
from store.models.recognise import Heading, find, is_total, numbers_in_total
from store.models.whole import money
from store.plain import plain
from store.readers import Grid, NoEncoding, Sheet

PEEK = 64
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Recognised:
    """A sheet and what it is: its heading, or why it has none (`fault`; None as well where it is empty)."""

    sheet: Sheet
    heading: Heading | None
    header_cells: int = 0
    fault: str | None = None

    @property
    def feed(self) -> str | None:
        """The name of the feed it is."""
        return self.heading.feed.name if self.heading else None


def recognise(sheet: Sheet, wanted: str | None, renames: Mapping[str, str] | None) -> Recognised:
    """Find out which feed a sheet is."""
    feeds = [module.FEED for module in discovery.modules("store.feeds")]
    try:
        first = next(sheet.blocks(PEEK), None)
    except NoEncoding:
        return Recognised(sheet, None, fault="bad_encoding")
    if first is None:
        return Recognised(sheet, None)
    heading = find(first.rows, first.lines, feeds, wanted, renames)
    if heading is None:
        return Recognised(sheet, None, fault="wrong_columns")
    return Recognised(sheet, heading, len(first.rows[heading.index]))


@dataclass
class Totals:
    """Sums of a sheet's number columns as the lines stand, to hold against its closing total."""

    places: Mapping[str, int]
    sums: dict[str, Decimal] = field(default_factory=dict)
    total: list[str] | None = None

    def add(self, grid: Grid) -> None:
        """Count records in."""
        for name, place in self.places.items():
            self.sums[name] = self.sums.get(name, Decimal(0)) + _sum(grid.column(place))

    def differences(self) -> list[tuple[str, str, str]]:
        """Where the total line says something else: the field, what it says, what the lines sum up to."""
        if self.total is None:
            return []
        said = numbers_in_total(self.total, self.places)
        return [
            (name, text, format(self.sums[name], "f"))
            for name, text in said.items()
            if number(text) is not None and number(text) != self.sums.get(name, Decimal(0))
        ]


def _sum(column: Texts | Sequence[str | None]) -> Decimal:
    """The sum of all texts of a column that are numbers."""
    if not isinstance(column, Texts):
        return sum((number(text or "") or Decimal(0) for text in column), Decimal(0))
    fen, plain = money(column)
    odd = (number(column[place] or "") for place in np.flatnonzero(~plain & (column.lengths > 0)).tolist())
    return sum((each for each in odd if each), Decimal(int(fen[plain].sum())) / 100)


def number(text: str) -> Decimal | None:
    """A text as a number, None where it is none."""
    normal = plain(text).replace(",", "").lstrip("￥¥")
    return Decimal(normal) if _NUMBER.fullmatch(normal) else None


@dataclass(frozen=True)
class Chunk:
    """Records on their way in: those that are lines of the feed, and those that are none, kept whole."""

    lines: Lines
    broken: list[Kept]
    count: int
    last_line: int


def chunks(
    known: Recognised, file_id: int, size: Callable[[], int], totals: Totals, after: int = 0
) -> Iterator[Chunk]:
    """The lines of a sheet below its header and the line `after`, checked, `size()` at a time.

    A closing total is no line: it goes to `totals`, with the sums of all lines.
    """
    for grid in _records(known, size, totals):
        totals.add(grid)
        taken = int(np.searchsorted(grid.lines, after, side="right"))
        if taken < len(grid):
            yield _chunk(known, file_id, grid.part(taken, len(grid)))


def _records(known: Recognised, size: Callable[[], int], totals: Totals) -> Iterator[Grid]:
    """Records below the header, the closing total left out."""
    heading = known.heading
    assert heading is not None
    sheet = known.sheet
    above = heading.index + 1
    waiting: Grid | None = None
    for grid in sheet.grids(size) if sheet.grids else map(Grid.of, sheet.blocks(size())):
        rest = grid.part(above, len(grid))
        above = max(0, above - len(grid))
        if not len(rest):
            continue
        if waiting is not None:
            yield waiting
        waiting = rest
    if waiting is None:
        return
    last = waiting.row(len(waiting) - 1)
    if is_total(last):
        totals.total = last
        waiting = waiting.part(0, len(waiting) - 1)
    if len(waiting):
        yield waiting


def _chunk(known: Recognised, file_id: int, grid: Grid) -> Chunk:
    heading = known.heading
    assert heading is not None
    lines = grid.lines.tolist()
    wide = grid.wider(known.header_cells)
    wrong = wide.copy()
    wrong[list(grid.undecodable)] = True
    broken = []
    for place in np.flatnonzero(wrong).tolist():
        code = "bad_encoding" if place in grid.undecodable else "wrong_columns"
        raw = json.dumps(grid.row(place), ensure_ascii=False)
        broken.append(Kept(file_id, lines[place], heading.feed.name, None, raw, Fault(None, code)))
    good = grid.kept(~wrong) if broken else grid
    texts = {name: good.column(at) for name, at in heading.places.items()}
    checked = Lines(heading.feed, [file_id] * len(good), good.lines.tolist(), texts)
    check(checked)
    return Chunk(checked, broken, len(grid), lines[-1])

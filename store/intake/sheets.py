"""One sheet on its way in: which feed it is, its records as lines of that feed, and its closing total."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from store import discovery
from store.intake.keeping import Kept
from store.intake.lines import Fault, Lines, check
from store.models.recognise import Heading, find, is_total, numbers_in_total
from store.plain import plain
from store.readers import Block, NoEncoding, Sheet

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

    def add(self, rows: list[list[str]]) -> None:
        """Count records in."""
        for name, place in self.places.items():
            found = (number(row[place]) for row in rows if place < len(row))
            self.sums[name] = self.sums.get(name, Decimal(0)) + sum(each for each in found if each)

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


def chunks(known: Recognised, file_id: int, size: int, totals: Totals, after: int = 0) -> Iterator[Chunk]:
    """The lines of a sheet below its header and the line `after`, checked, `size` at a time.

    A closing total is no line: it goes to `totals`, with the sums of all lines.
    """
    for rows, lines, bad in _records(known, size, totals):
        totals.add(rows)
        taken = bisect_right(lines, after)
        if taken < len(rows):
            left = frozenset(place - taken for place in bad if place >= taken)
            yield _chunk(known, file_id, rows[taken:], lines[taken:], left)


def _records(
    known: Recognised, size: int, totals: Totals
) -> Iterator[tuple[list[list[str]], list[int], frozenset[int]]]:
    """Blocks of records below the header, the closing total left out."""
    heading = known.heading
    assert heading is not None
    above = heading.index + 1
    waiting: Block | None = None
    for block in known.sheet.blocks(size):
        rest = _without(block, above)
        above = max(0, above - len(block.rows))
        if rest is None:
            continue
        if waiting is not None:
            yield waiting.rows, waiting.lines, waiting.undecodable
        waiting = rest
    if waiting is None:
        return
    if is_total(waiting.rows[-1]):
        totals.total = waiting.rows.pop()
        waiting.lines.pop()
    if waiting.rows:
        yield waiting.rows, waiting.lines, waiting.undecodable


def _without(block: Block, count: int) -> Block | None:
    """A block without its first `count` records; None where nothing is left."""
    if count >= len(block.rows):
        return None
    bad = frozenset(place - count for place in block.undecodable if place >= count)
    return Block(block.lines[count:], block.rows[count:], bad)


def _chunk(
    known: Recognised, file_id: int, rows: list[list[str]], lines: list[int], bad: frozenset[int]
) -> Chunk:
    heading = known.heading
    assert heading is not None
    feed, width = heading.feed, known.header_cells
    broken, good = [], []
    for place, row in enumerate(rows):
        code = "bad_encoding" if place in bad else "wrong_columns" if len(row) > width else None
        if code is None:
            good.append(place)
            continue
        raw = json.dumps(row, ensure_ascii=False)
        broken.append(Kept(file_id, lines[place], feed.name, None, raw, Fault(None, code)))
    texts = {
        name: [rows[place][column] if column < len(rows[place]) else "" for place in good]
        for name, column in heading.places.items()
    }
    checked = Lines(feed, [file_id] * len(good), [lines[place] for place in good], texts)
    check(checked)
    return Chunk(checked, broken, len(rows), lines[-1])

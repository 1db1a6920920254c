"""Which feed a sheet is, by its header; and the line that sums a sheet up."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.models.feed import Feed, FieldKind

LAST_LINE = 10  # a header stands in one of the first ten lines of a file
TOTALS = frozenset({"合计", "总计", "共计", "total"})
SUMMED = frozenset({FieldKind.MONEY, FieldKind.INT})


def find(
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    feeds: Sequence[Feed],
    wanted: str | None = None,
    renames: Mapping[str, str] | None = None,
) -> Heading | None:
    """The header among the first records of a sheet; None if no feed fits, or several fit alike.

    `lines` are the lines on which `rows` begin. A feed fits when each of its required fields is there and
    more than half of the columns are its own; of several the one with the most columns. `wanted` names the
    feed and so spares it all but the required fields. `renames` gives the field that a column stands for.
    """
    if wanted is not None:
        feeds = [feed for feed in feeds if feed.name == wanted]
    known = {plain(column): plain(name) for column, name in (renames or {}).items()}
    for index, (row, line) in enumerate(zip(rows, lines, strict=False)):
        if line > LAST_LINE:
            break
        cells = [known.get(cell, cell) for cell in map(plain, row)]
        fitting = [
            heading for feed in feeds if (heading := _fit(feed, index, row, cells, wanted is not None))
        ]
        if fitting:
            most = max(len(heading.places) for heading in fitting)
            best = [heading for heading in fitting if len(heading.places) == most]
            return best[0] if len(best) == 1 else None
    return None


def plain(text: str) -> str:
    """A header or label as it is compared: full-width as ASCII, without white space or marks, lower case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(each for each in folded if not each.isspace() and unicodedata.category(each) != "Cf")


def is_total(cells: Sequence[str]) -> bool:
    """Whether a line sums up those above it (合计, 总计, 共计 or total in its first filled cell)."""
    at = _label(cells)
    return at is not None and plain(cells[at]).rstrip(":") in TOTALS


def number_places(heading: Heading) -> dict[str, int]:
    """The columns that a total may sum: money and whole numbers."""
    kinds = heading.feed.by_name
    return {name: place for name, place in heading.places.items() if kinds[name].kind in SUMMED}


def numbers_in_total(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """What a total line says of each of `places`, as text; columns it leaves empty are left out."""
    label = _label(cells)
    return {
        name: cells[place].strip()
        for name, place in places.items()
        if place < len(cells) and place != label and cells[place].strip()
    }


@dataclass(frozen=True)
class Heading:
    """The header of a sheet: the feed it makes it, and where each field stands."""

    feed: Feed
    index: int  # its place among the records of the sheet
    places: dict[str, int]  # field -> column
    ignored: tuple[str, ...]  # columns that are no field, and those named a second time
    width: int  # columns up to the last that has a name


def _fit(feed: Feed, index: int, row: Sequence[str], cells: Sequence[str], named: bool) -> Heading | None:
    headers = _headers(tuple(feed.headers.items()))
    places: dict[str, int] = {}
    ignored: list[str] = []
    for at, cell in enumerate(cells):
        name = headers.get(cell)
        if name is not None and name not in places:
            places[name] = at
        elif cell:
            ignored.append(row[at].strip())
    if not feed.required <= places.keys():
        return None
    if not named and len(places) <= len(ignored):
        return None
    width = max((at + 1 for at, cell in enumerate(cells) if cell), default=0)
    return Heading(feed, index, places, tuple(ignored), width)


@lru_cache(maxsize=256)
def _headers(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for header, field in headers:
        found.setdefault(plain(header), field)
    return found


def _label(cells: Sequence[str]) -> int | None:
    return next((at for at, cell in enumerate(cells) if plain(cell)), None)

"""The morning as cells of a page: figures in their groups, then a line for every county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from console.shown import safe
from console.widgets.board import LEAD, Cell
from store.cells import width
from store.labels import label
from store.money import grouped
from store.plots import plotted
from store.words import say

if TYPE_CHECKING:
    from store.queries.home import CountyLine, Figure, Home

UNKNOWN = "—"
GROUPS = {
    "waiting": ("items_to_close", "items_transferred", "doubtful", "rejects", "held", "unmapped"),
    "approvals": ("approvals_red", "approvals_orange", "approvals_yellow", "approvals_upcoming"),
    "payments": ("payments_red", "payments_orange", "payments_yellow"),
    "failures": ("failures_open", "failures_overdue", "failures_unanswered"),
    "items": ("items_overdue", "items_upcoming"),
    "since": (
        *("failures_new", "failures_cleared", "files_in", "lines_in", "rejected_in"),
        "counties_silent",
    ),
    "changes": ("changes", "changes_followed"),
}
COUNTS = ("overdue_approvals", "red_approvals", "overdue_batches", "open_failures", "overdue_items")
TONES = ("red", "orange", "yellow", "upcoming")
TITLE = 11
GAP = 2
SIDE = 40  # the left half where both stand side by side
SERIES = 30
BESIDE = (120, 34)  # so many cells and lines it takes
AMOUNT = 13
COUNT = 6


def cells(home: Home, lang: str, room: int, lines: int) -> list[Cell]:
    """The page in so much room: side by side where it is wide and high enough."""
    if room >= BESIDE[0] and lines >= BESIDE[1]:
        left = list(_down(home, lang))
        return [*left, *_counties(home, lang, SIDE + 2, 0, room)]
    above = list(_across(home, lang, room))
    return [*above, *_counties(home, lang, 0, max(cell.y for cell in above) + 2, room)]


def _groups(home: Home) -> Iterator[tuple[str, list[Figure]]]:
    known = {figure.figure: figure for figure in home.figures}
    for name, figures in GROUPS.items():
        yield name, [known.pop(each) for each in figures if each in known]
    if known:  # what a later store tells beside
        yield "more", list(known.values())


def _title(name: str, home: Home, lang: str) -> str:
    if name == "changes" and home.looked_at is None:
        return say("console.home.changes_never", lang)
    looked = home.looked_at or home.since
    return say(f"console.home.{name}", lang, day=f"{home.since:%m-%d}", looked=f"{looked:%m-%d}")


def _name(figure: Figure, lang: str) -> str:
    from store.words import knows

    key = f"console.figure.{figure.figure}"
    return say(key, lang) if knows(key) else safe(figure.figure)


def _cell(figure: Figure, x: int, y: int, text: str) -> Cell:
    tone = next((each for each in TONES if figure.figure.endswith(f"_{each}") and figure.count), None)
    opens = str(figure.opens) if figure.count is not None else ""
    return Cell(x, y, text, figure.figure, opens, tone)


def _across(home: Home, lang: str, room: int) -> Iterator[Cell]:
    """A group a line, its figures one behind the other, on a further line where they do not fit."""
    y = 0
    for name, figures in _groups(home):
        yield Cell(1, y, _title(name, home, lang), title=True)
        x = TITLE + LEAD
        for figure in figures:
            count = UNKNOWN if figure.count is None else f"{figure.count:,}"
            text = f"{_name(figure, lang)} {count}"
            if figure.amount:
                text += f" ({grouped(figure.amount)})"
            if x + width(text) > room and x > TITLE + LEAD:
                x, y = TITLE + LEAD, y + 1
            yield _cell(figure, x, y, text)
            x += width(text) + GAP
        y += 1


def _down(home: Home, lang: str) -> Iterator[Cell]:
    """A figure a line under the title of its group."""
    y = 0
    for name, figures in _groups(home):
        yield Cell(1, y, _title(name, home, lang), title=True)
        y += 1
        for figure in figures:
            count = UNKNOWN if figure.count is None else f"{figure.count:,}"
            amount = grouped(figure.amount) if figure.amount else ""
            word = _name(figure, lang)
            space = max(1, SIDE - 2 * LEAD - width(word) - len(count) - AMOUNT - 2)
            yield _cell(figure, 2, y, f"{word}{' ' * space}{count}{amount:>{AMOUNT}}")
            y += 1


def _counties(home: Home, lang: str, x: int, y: int, room: int) -> Iterator[Cell]:
    names = [safe(line.county or line.county_code or UNKNOWN) for line in home.counties]
    whole = say("console.everything", lang)
    name_room = max(8, *(width(name) for name in (*names, whole)))
    columns: list[tuple[str, int]] = [(name, _cells(home, name, lang)) for name in COUNTS]
    left = room - x - 1 - name_room - sum(cells for _, cells in columns) - COUNT - 1
    amounts = left >= AMOUNT + 2 + SERIES + 1
    if amounts:
        columns.insert(4, ("outstanding", max(AMOUNT, _cells(home, "outstanding", lang))))
    columns.append(("data_on", COUNT + 1))
    at = x + 1 + name_room
    yield Cell(x + 1, y, label("county", lang), title=True)
    for name, cells in columns:
        head = _head(name, lang)
        yield Cell(at + cells - width(head), y, head, title=True)
        at += cells
    plot, days = at + 2, min(SERIES, room - at - 3)
    if days >= width(_head("series", lang)):
        yield Cell(plot, y, _head("series", lang), title=True)
    for step, (line, name) in enumerate(zip(home.counties, names, strict=True), 1):
        yield Cell(x + 1, y + step, name)
        yield from _county(line, columns, x + 1 + name_room, y + step)
        yield Cell(plot, y + step, plotted(line.series[-days:] if days > 0 else ()))
    last = y + len(names) + 1
    yield Cell(x + 1, last, whole)
    yield Cell(plot, last, plotted(home.series[-days:] if days > 0 else ()))


def _county(line: CountyLine, columns: Sequence[tuple[str, int]], at: int, y: int) -> Iterator[Cell]:
    for name, cells in columns:
        value, text = getattr(line, name), _text(line, name)
        at += cells
        opens = str(line.opens[name]) if name in line.opens and value is not None else ""
        tone = "red" if name == "red_approvals" and value else None
        yield Cell(at - width(text), y, text, f"{line.county_code} {name}", opens, tone)


def _cells(home: Home, name: str, lang: str) -> int:
    """How wide a column of counts is: every count has room, and the sign before it."""
    return max(
        COUNT,
        *(width(text) + 1 for text in (_head(name, lang), *(_text(each, name) for each in home.counties))),
    )


def _text(line: CountyLine, name: str) -> str:
    value = getattr(line, name)
    if value is None:
        return UNKNOWN
    if name == "outstanding":
        return grouped(value)
    return f"{value:%m-%d}" if name == "data_on" else f"{value:,}"


def _head(name: str, lang: str) -> str:
    return say(f"console.home.column.{name}", lang)

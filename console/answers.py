"""Asks the store for a view, outside the thread of the screen, and makes ready what the screen will show."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from console.plans import ListPlan
from console.seat import Seat
from console.widgets.columns import TableColumn
from console.widgets.columns import wanted as widths
from console.widgets.rows import ListSource, Row
from console.widgets.sheets import Part
from console.wording import shower
from store.database import reading
from store.pulse import still_there
from store.queries.standing import Standing, told
from store.tables import Table

SAMPLE = 500  # about so many rows tell how wide the columns want to be


@dataclass(frozen=True)
class Loaded:
    """What the store answered: all rows, and where the viewer stands."""

    table: Table
    standing: Standing


@dataclass(frozen=True)
class Answer:
    """What a view shows: the rows that pass the filter, its columns, and which rows were not there before."""

    loaded: Loaded
    source: ListSource
    columns: Sequence[TableColumn]
    want: Mapping[str, int]
    filter: str
    new: tuple[Hashable, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """How the deadline of one row came about."""

    key: Hashable
    parts: tuple[Part, ...]


def load(seat: Seat, plan: ListPlan) -> Loaded:
    """Ask the view's question of the store."""
    still_there(seat.store)
    with reading(seat.store) as connection:
        viewer = seat.viewer
        return Loaded(plan.ask(connection, viewer, seat.as_of), told(connection, viewer))


def answer(plan: ListPlan, loaded: Loaded, wanted: str, lang: str, before: ListSource | None) -> Answer:
    """The rows of what was loaded that hold every word of `wanted`; `before` tells the new ones."""
    key_of = plan.key_of(loaded.table)
    rows = loaded.table.rows
    if wanted.strip():
        rows = filtered(loaded.table, wanted, lang)
    source = ListSource(rows, key_of)
    places = source.places
    new = () if before is None else tuple(key for key in places if key not in before.places)
    columns = plan.table_columns(loaded.table, lang)
    every = loaded.table.rows
    want = widths(columns, every[:: max(1, len(every) // SAMPLE)])
    return Answer(loaded, source, columns, want, wanted, new)


def filtered(table: Table, wanted: str, lang: str) -> list[Row]:
    """The rows whose texts, as they are shown, hold every word; case does not count."""
    words = wanted.casefold().split()
    shown = [(place, shower(column, lang)) for place, column in enumerate(table.columns)]
    found = []
    for row in table.rows:
        text = "\n".join(show(row[place]) for place, show in shown).casefold()
        if all(word in text for word in words):
            found.append(row)
    return found

"""What a list view is, as data: its question, the key of its rows, and its columns in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from console.widgets.columns import TableColumn
from console.widgets.rows import KeyOf, Row
from console.wording import shower, tone
from store.labels import label
from store.models.posts import Viewer
from store.tables import Kind, Table

RIGHT = frozenset({Kind.NUMBER, Kind.MONEY})
REST = 100
# their names stand beside them
CODES = frozenset({"kind", "programme_code", "region_code", "unit_code"})
# how narrow and how wide a column of each kind may become where a plan does not say
SIZES = {
    Kind.TEXT: (8, 24),
    Kind.CODE: (6, 12),
    Kind.NUMBER: (4, 12),
    Kind.MONEY: (10, 18),
    Kind.DAY: (10, 10),
    Kind.MOMENT: (10, 10),
    Kind.FLAG: (4, 12),
    Kind.DIGITS: (10, 19),
    Kind.NESTED: (8, 24),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of a view: between `least` and `most` cells; the highest `priority` is folded first."""

    key: str
    least: int
    most: int
    priority: int


@dataclass(frozen=True)
class ListPlan:
    """A view of rows: `key` are the columns that know a row, `receipt` the one to explain.

    Columns that `columns` does not name follow in their own order where there is room, codes aside.
    """

    name: str
    ask: Callable[[Connection, Viewer, date], Table]
    key: tuple[str, ...]
    columns: tuple[Shown, ...]
    receipt: str | None = None

    def key_of(self, table: Table) -> KeyOf:
        """What knows a row of this table."""
        places = [table.keys().index(key) for key in self.key]

        def key(row: Row) -> tuple[object, ...]:
            return tuple(row[place] for place in places)

        return key

    def table_columns(self, table: Table, lang: str) -> Sequence[TableColumn]:
        """The columns of the screen's table."""
        places = {column.key: place for place, column in enumerate(table.columns)}
        named = [shown for shown in self.columns if shown.key in places]
        taken = {shown.key for shown in named} | CODES
        rest = [
            Shown(column.key, *SIZES[column.kind], REST + place)
            for place, column in enumerate(table.columns)
            if column.key not in taken
        ]
        made = []
        for shown in (*named, *rest):
            column = table.columns[places[shown.key]]
            made.append(
                TableColumn(
                    shown.key,
                    places[shown.key],
                    label(shown.key, lang),
                    shower(column, lang, brief=True),
                    shown.least,
                    shown.most,
                    shown.priority,
                    column.kind in RIGHT,
                    tone(column),
                )
            )
        return made

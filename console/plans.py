"""What a list view is, as data: its question, the key of its rows, and its columns in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from console.places import Option, Options, Place
from console.widgets.columns import TableColumn
from console.widgets.rows import KeyOf, Row
from console.wording import shower, tone
from store.labels import label
from store.models.posts import Viewer
from store.queries.paging import Key, Span
from store.tables import Column, Kind, Table

if TYPE_CHECKING:
    from store.conditions import Tree

RIGHT = frozenset({Kind.NUMBER, Kind.MONEY})
REST = 100
MOMENT_CELLS = 16  # a narrower column shows the day of a moment alone
# their names stand beside them
CODES = frozenset({"kind", "programme_code", "region_code", "unit_code", "county_code"})
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

Ask = Callable[[Connection, Viewer, date], Table]


@dataclass(frozen=True)
class Pages:
    """The same question by the page: a page's rows with their keys, and how many rows there are in all.

    They are counted up to a number, or (None) however many they are.
    """

    page: Callable[[Connection, Viewer, date, Span], tuple[Table, Sequence[Key]]]
    count: Callable[[Connection, Viewer, date, int | None], int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of a view: between `least` and `most` cells; the highest `priority` is folded first."""

    key: str
    least: int
    most: int
    priority: int


@dataclass(frozen=True)
class ListPlan:
    """A view of rows: `key` are the columns that know a row, `numbers` those that may hold its number.

    Columns that `columns` does not name follow in their own order where there is room, codes aside.
    `title` is the word of the view in the catalogue, `opens` where Enter on a row leads; `seen` is the column
    with the numbers of events, where the list is one of changes to look at. A list that grows with the store
    has `pages`; all of it is asked for only where a filter, an order or an act needs all rows.

    `only_here` are columns that a command has not, `commanded` says a condition on what only the screen shows
    of the command's rows; `worded` is whether the rows hold sentences in the language.
    """

    name: str
    ask: Ask
    key: tuple[str, ...]
    columns: tuple[Shown, ...]
    numbers: tuple[str, ...] = ()
    title: str = ""
    opens: Callable[[Mapping[str, Any]], Place | None] | None = None
    seen: str | None = None
    pages: Pages | None = None
    only_here: tuple[str, ...] = ()
    commanded: Callable[[Tree], Tree] | None = None
    worded: bool = False

    @property
    def word(self) -> str:
        """The word of the view in the catalogue."""
        return self.title or f"console.view.{self.name}"

    @property
    def kept_as(self) -> str:
        """Under which name a person's settings of the view are kept."""
        return self.word.removeprefix("console.view.")

    def key_of(self, table: Table) -> KeyOf:
        """What knows a row of this table."""
        places = [table.keys().index(key) for key in self.key]

        def key(row: Row) -> tuple[object, ...]:
            return tuple(row[place] for place in places)

        return key

    def number_of(self, table: Table, row: Row) -> str | None:
        """The number by which a row is explained and told, None where it has none."""
        keys = table.keys()
        found = (row[keys.index(key)] for key in self.numbers if key in keys)
        return next((str(value) for value in found if value is not None), None)

    def table_columns(
        self, table: Table, lang: str, chosen: Sequence[str] | None = None
    ) -> Sequence[TableColumn]:
        """The columns of the screen's table; with `chosen` those alone, in that order."""
        at = {column.key: place for place, column in enumerate(table.columns)}
        named = [shown for shown in self.columns if shown.key in at]
        taken = {shown.key for shown in named} | CODES
        rest = [
            Shown(column.key, *SIZES[column.kind], REST + place)
            for place, column in enumerate(table.columns)
            if column.key not in taken
        ]
        if chosen is not None:
            known = {shown.key: shown for shown in (*named, *rest)}
            wanted = [known.get(key) or _plain(table.columns[at[key]]) for key in chosen if key in at]
            named, rest = [Shown(s.key, s.least, s.most, min(s.priority, 1)) for s in wanted] or named, []
        return [
            TableColumn(
                shown.key,
                at[shown.key],
                label(shown.key, lang),
                shower(table.columns[at[shown.key]], lang, brief=shown.most < MOMENT_CELLS),
                shown.least,
                shown.most,
                shown.priority,
                table.columns[at[shown.key]].kind in RIGHT,
                tone(table.columns[at[shown.key]]),
            )
            for shown in (*named, *rest)
        ]


def _plain(column: Column) -> Shown:
    return Shown(column.key, *SIZES[column.kind], 1)


@dataclass(frozen=True)
class View:
    """A view that `:` opens: its options, which of them takes a bare word, and its plan for some options.

    The plan's maker is given the options and the language; a view without one is no list. `narrows` are the
    columns on which a filter may be served by an option: every row of the list must have there what the
    option takes.
    """

    name: str
    options: tuple[Option, ...]
    plan: Callable[[Options, str], ListPlan] | None = None
    bare: str | None = None
    narrows: Mapping[str, str] = field(default_factory=dict)

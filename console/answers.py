"""Asks the store for a view, outside the thread of the screen, and makes ready what the screen will show."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from console.plans import ListPlan, Pages
from console.seat import Seat
from console.widgets.columns import TableColumn
from console.widgets.columns import wanted as widths
from console.widgets.rows import PAGE, Key, KeyOf, ListSource, PagedSource, Row
from console.widgets.sheets import Part
from console.wording import shower
from store.database import reading
from store.errors import SuperviseError
from store.pulse import still_there
from store.queries.paging import Span
from store.queries.standing import Standing, told
from store.tables import Kind, Table

COUNTED = 20_000  # so many rows are counted before the first of them are shown
FEW = 200  # up to so many rows are asked for at once: of these it can be told which are new
SAMPLE = 500  # about so many rows tell how wide the columns want to be


@dataclass(frozen=True)
class Choice:
    """What a person chose to see of a list: the filter, the column it is sorted by, its columns.

    `sort` is a column's key, with `-` before it for descending; empty: as the question answers. `columns` is
    None where the plan's own are shown.
    """

    filter: str = ""
    sort: str = ""
    columns: tuple[str, ...] | None = None

    @property
    def needs_all(self) -> bool:
        """Whether every row has to be looked at."""
        return bool(self.filter.strip() or self.sort)


@dataclass(frozen=True)
class Loaded:
    """What the store answered, and where the viewer stands.

    The table holds all rows, or with `pages` the first of them and `pages` the way to the others, or where
    `narrowed` is a filter those that pass it: of `every` row that there is `wanted` had to be read, and
    `read` were, not all of them where the reading was stopped; `is_exact` is whether these are all counted.
    """

    table: Table
    standing: Standing
    pages: PagedSource | None = None
    narrowed: str | None = None
    every: int | None = None
    wanted: int = 0
    read: int = 0
    stopped: bool = False
    is_exact: bool = True

    @property
    def count(self) -> int:
        """How many rows there are, or at least so many."""
        if self.every is not None:
            return self.every
        return len(self.table.rows) if self.pages is None else self.pages.least

    @property
    def is_counted(self) -> bool:
        """Whether `count` is all of them, and not only what was counted so far."""
        return self.is_exact if self.pages is None else self.pages.count() is not None

    def serves(self, choice: Choice, whole: bool) -> bool:
        """Whether what a choice shows can be chosen from these rows."""
        if self.pages is not None:
            return not (whole or choice.needs_all)
        if self.stopped and whole:
            return False
        return self.narrowed in (None, "", choice.filter.strip())


@dataclass(frozen=True)
class Answer:
    """What a view shows: the rows that pass the filter and its columns.

    `fresh` are keys of rows that were not shown before; those that still wait to be taken in are `waiting`.
    """

    loaded: Loaded
    source: ListSource | PagedSource
    columns: Sequence[TableColumn]
    want: Mapping[str, int]
    choice: Choice
    fresh: tuple[Hashable, ...] = ()
    waiting: int = 0

    @property
    def count(self) -> int:
        """How many rows pass the filter, with those that wait."""
        if isinstance(self.source, PagedSource):
            return self.source.least
        return len(self.source.rows) + self.waiting

    @property
    def rows(self) -> Sequence[Row]:
        """All rows that pass the filter; none where they come by the page."""
        return self.source.rows if isinstance(self.source, ListSource) else ()

    @property
    def is_whole(self) -> bool:
        """Whether all rows are here."""
        return isinstance(self.source, ListSource) and not self.loaded.stopped


@dataclass(frozen=True)
class Receipt:
    """What is said of one row beyond its fields."""

    key: Hashable
    parts: tuple[Part, ...]


def load(seat: Seat, plan: ListPlan, whole: bool = False) -> Loaded:
    """Ask the view's question of the store: by the page where it can be, and is not short or wanted whole."""
    still_there(seat.store)
    with reading(seat.store) as connection:
        viewer = seat.viewer
        standing = told(connection, viewer)
        if plan.pages is None or whole:
            return Loaded(plan.ask(connection, viewer, seat.as_of), standing)
        count = plan.pages.count(connection, viewer, seat.as_of, COUNTED)
        if count <= FEW:
            return Loaded(plan.ask(connection, viewer, seat.as_of), standing)
        table, _ = plan.pages.page(connection, viewer, seat.as_of, Span(PAGE))
    known = count if count < COUNTED else None
    source = PagedSource(partial(_page, seat, plan.pages), known, plan.key_of(table), least=count)
    return Loaded(table, standing, source)


def counted(seat: Seat, pages: Pages) -> int:
    """How many rows there are, however many they are."""
    with reading(seat.store) as connection:
        return pages.count(connection, seat.viewer, seat.as_of, None)


def _page(
    seat: Seat, pages: Pages, size: int, after: Key | None, before: Key | None, last: bool
) -> tuple[Sequence[Row], Sequence[Key]]:
    # a store that is gone meanwhile is the watcher's to tell; here are no rows then
    with suppress(SuperviseError), reading(seat.store) as connection:
        table, keys = pages.page(connection, seat.viewer, seat.as_of, Span(size, after, before, last))
        return table.rows, keys
    return (), ()


def answer(
    plan: ListPlan, loaded: Loaded, choice: Choice, lang: str, before: Answer | None, take: bool = False
) -> Answer:
    """What a choice shows of what was loaded.

    `before` is what the screen shows: its rows stay in their order, and others wait until they are taken in
    (`take`). Raises WrongUsage where the filter cannot be understood.
    """
    table, key_of = loaded.table, plan.key_of(loaded.table)
    columns = plan.table_columns(table, lang, choice.columns)
    want = widths(columns, table.rows[:: max(1, len(table.rows) // SAMPLE)])
    if loaded.pages is not None:
        # the first page does not tell how wide the others are
        roomy = {column.key: max(want[column.key], column.least) for column in columns}
        return Answer(loaded, loaded.pages, columns, roomy, choice)
    rows = chosen(table, choice, lang)
    if before is None or before.choice != choice or not before.rows:
        return Answer(loaded, ListSource(rows, key_of), columns, want, choice)
    kept, others = _as_before(rows, before.rows, key_of)
    fresh = tuple(key_of(row) for row in others)
    if take:
        return Answer(loaded, ListSource(rows, key_of), columns, want, choice, fresh)
    return Answer(loaded, ListSource(kept, key_of), columns, want, choice, fresh, len(others))


def _as_before(rows: Sequence[Row], before: Sequence[Row], key_of: KeyOf) -> tuple[list[Row], list[Row]]:
    """The rows that were there before, as they are now and in the order they had, and those that were not."""
    now: dict[Hashable, deque[Row]] = defaultdict(deque)
    for row in rows:
        now[key_of(row)].append(row)
    kept = [now[key].popleft() for key in map(key_of, before) if now.get(key)]
    return kept, [row for left in now.values() for row in left]


def chosen(table: Table, choice: Choice, lang: str) -> Sequence[Row]:
    """The rows that pass the filter, in the order that was chosen."""
    rows: Sequence[Row] = table.rows
    if choice.filter.strip():
        from store.conditions import filtered

        (passed,) = filtered([table], choice.filter)
        rows = passed.rows
    key = choice.sort.removeprefix("-")
    if key in table.keys():  # noqa: SIM118
        rows = sorted_by(Table(table.columns, rows), key, choice.sort.startswith("-"), lang)
    return rows


def sorted_by(table: Table, key: str, descending: bool, lang: str) -> Sequence[Row]:
    """Rows by one column, what is not known last; lists within a row by what they show."""
    place = table.keys().index(key)
    if table.columns[place].kind is not Kind.NESTED:
        try:
            return table.sorted_by(key, descending).rows
        except TypeError:
            pass  # a line's number, or the number with a letter behind it
    show = shower(table.columns[place], lang)
    return sorted(table.rows, key=lambda row: show(row[place]), reverse=descending)

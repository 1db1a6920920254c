"""A table over any number of rows that paints only what is seen, and whose cursor stays on its row."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from console.keys import TABLE_KEYS, bindings
from console.widgets.columns import Placed, TableColumn, fitted, lay_out, most_skipped
from console.widgets.follow import changes, landing
from console.widgets.lines import CURSOR, GUTTER, MARK, NEW, PLAIN, Span, header, line
from console.widgets.rows import KeyOf, ListSource, Row, RowSource, Window

MARKED_S = 3.0
HEADER = 1
MARGIN = 1


class VirtualTable(Widget, can_focus=True):
    """Rows of a RowSource under a line of headings.

    `shown` takes columns and rows; `refresh_rows` the same rows as they are now. Texts are no markup.
    """

    BINDINGS = bindings(TABLE_KEYS)
    ALLOW_SELECT = False
    COMPONENT_CLASSES = {
        f"virtual-table--{part}"
        for part in (
            "header",
            "current",
            "cursor",
            "changed",
            "nothing",
            "red",
            "orange",
            "yellow",
            "upcoming",
            "quiet",
        )
    }

    class RowHighlighted(Message):
        """The cursor stands on another row, or its row has other values; None: there is no row."""

        def __init__(self, row: Row | None, place: int) -> None:
            super().__init__()
            self.row = row
            self.place = place

    class RowChosen(Message):
        """Enter was pressed on a row."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, key_of: KeyOf, id: str | None = None) -> None:
        super().__init__(id=id)
        self.key_of = key_of
        self.cursor = 0
        self.top = 0
        self.nothing = ""
        self._skipped = 0
        self._window = Window(ListSource([], key_of))
        self._columns: Sequence[TableColumn] = ()
        self._want: Mapping[str, int] = {}
        self._placed: list[Placed] = []
        self._changed: set[tuple[Hashable, str]] = set()
        self._new: Collection[Hashable] = ()
        self._marks: Collection[Hashable] = ()
        self._sort = ""
        self._current = 0
        self._highlighted: tuple[int, Row | None] | None = None

    @property
    def lines(self) -> int:
        """How many rows fit on the screen."""
        return max(1, self.size.height - HEADER)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._window.row(self.cursor) if self._window.count() else None

    @property
    def columns(self) -> Sequence[TableColumn]:
        """Every column, those that do not fit as well."""
        return self._columns

    @property
    def column(self) -> TableColumn | None:
        """The current column, which the heading shows."""
        return self._columns[self._current] if self._current < len(self._columns) else None

    @property
    def shown_keys(self) -> set[str]:
        """The keys of the columns that are on the screen."""
        return {each.column.key for each in self._placed}

    def shown(
        self, columns: Sequence[TableColumn], want: Mapping[str, int], source: RowSource, nothing: str = ""
    ) -> None:
        """Show these columns of these rows, from the first row on; `nothing` is said where there is none.

        `want` is how wide each column would like to be; it stays so, that no column moves under the hand.
        """
        self._columns, self._want, self.nothing = columns, want, nothing
        self._window = Window(source)
        self._window.row(0)
        self.cursor = self.top = self._skipped = self._current = 0
        self._changed, self._new = set(), ()
        self._lay_out()
        self._settle()

    def mark(self, marks: Collection[Hashable]) -> None:
        """Show these rows as marked."""
        if self._marks or marks:
            self._marks = set(marks)
            self.refresh()

    def news(self, new: Collection[Hashable]) -> None:
        """Show these rows as new."""
        self._new = new
        self.refresh()

    def sorted_by(self, sort: str) -> None:
        """Show by which column the rows are sorted: its key, `-` before it for descending."""
        if sort != self._sort:
            self._sort = sort
            self.refresh()

    def refresh_rows(self, source: RowSource, new: Collection[Hashable] = (), marked: bool = True) -> None:
        """Take the rows as they are now; the cursor and the lines stay with their rows.

        Changed cells are marked for three seconds unless `marked` is off, the rows with the keys `new` until
        the next call.
        """
        old, on_line, picture = self._window, self.cursor - self.top, self._picture()
        seen = range(self.top, self.top + self.lines)
        self._window = Window(source)
        self._new = new
        self.cursor = landing(old, source, self.key_of, self.cursor)
        self._window.row(self.cursor)
        self.top = self.cursor - on_line
        found = changes(old, self._window, self.key_of, self._columns, seen) if marked else None
        if found:
            self._changed |= found
            self.set_timer(MARKED_S, lambda: self._unmark(found))
        self._clamp()
        if self._picture() != picture or marked:
            self.refresh()
        self._tell()

    def go(self, place: int) -> None:
        """Put the cursor on the row at a place, as near as there is one."""
        self._move(place, self.top)

    def _move(self, cursor: int, top: int) -> None:
        before, above = self.cursor, self.top
        self._window.row(max(0, cursor))
        self.cursor, self.top = cursor, top
        self._clamp()
        if self.top != above:
            self.refresh()
        elif self.cursor != before:
            for each in (before, self.cursor):
                self.refresh(Region(0, each - self.top + HEADER, self.size.width, 1))
        self._tell()

    def go_to(self, key: Hashable) -> bool:
        """Put the cursor on the row with this key; False where it is not there."""
        place = self._window.source.place_of(key)
        if place is not None:
            self.go(place)
        return place is not None

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if y < HEADER:
            return self._strip(header(self._placed, self._sort, self.column), self._style("header"))
        place = y - HEADER + self.top
        row = self._window.row(place) if place < self._window.count() else None
        if row is None:
            is_word = y == HEADER and not self._window.count()
            return self._strip(
                [Span(PLAIN * GUTTER + self.nothing if is_word else "")], self._style("nothing")
            )
        key = self.key_of(row)
        sign = CURSOR if place == self.cursor else NEW if key in self._new else PLAIN
        sign += MARK if key in self._marks else PLAIN
        changed = {column for of, column in self._changed if of == key} if self._changed else ()
        base = self._style("cursor") if place == self.cursor else self.rich_style
        return self._strip(line(self._placed, row, sign, changed), base, place == self.cursor)

    def _strip(self, spans: list[Span], base: Style, plain: bool = False) -> Strip:
        room = self.size.width
        segments = []
        for span in spans:
            text = fitted(span.text, room) if len(span.text) * 2 > room else span.text
            style = base
            if span.tone and not plain:
                style = self._style(span.tone)
            if span.current:
                style = self._style("current")
            if span.changed:
                style = self._style("changed") if not plain else self.rich_style
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(room, base)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"virtual-table--{part}")

    def _lay_out(self) -> None:
        room = max(1, self.size.width - GUTTER - MARGIN)
        self._skipped = min(self._skipped, most_skipped(self._columns, self._want, room))
        self._placed = lay_out(self._columns, self._want, room, self._skipped)
        if not self._skipped and self.column is not None and self.column.key not in self.shown_keys:
            self._placed = lay_out(self._columns, self._want, room, plain=True)

    def _clamp(self) -> None:
        last = max(0, self._window.count() - 1)
        self.cursor = min(max(0, self.cursor), last)
        lowest = max(0, self._window.count() - self.lines)
        self.top = min(max(0, self.top), lowest)
        self.top = min(max(self.top, self.cursor - self.lines + 1), self.cursor)

    def _settle(self) -> None:
        self._clamp()
        self.refresh()
        self._tell()

    def _tell(self) -> None:
        now = (self.cursor, self.row)
        if now != self._highlighted:
            self._highlighted = now
            self.post_message(self.RowHighlighted(now[1], now[0]))

    def _picture(self) -> tuple[object, ...]:
        # all that the lines on the screen are made of: where it is the same, nothing is painted
        rows = [self._window.held(place) for place in range(self.top, self.top + self.lines)]
        new = [row is not None and self.key_of(row) in self._new for row in rows]
        return self.cursor, self.top, self.nothing, rows, new

    def _unmark(self, marked: set[tuple[Hashable, str]]) -> None:
        self._changed -= marked
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Columns fold and unfold with the width; the cursor stays in sight."""
        self._lay_out()
        self._clamp()
        self.refresh()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the cursor, where a mouse is allowed."""
        self.go(self.cursor + 3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the cursor, where a mouse is allowed."""
        self.go(self.cursor - 3)

    def action_move(self, rows: int) -> None:
        """Move by so many rows."""
        self.go(self.cursor + rows)

    def action_turn(self, pages: int) -> None:
        """Move by so many screens; the cursor keeps its line."""
        step = pages * self.lines
        self._move(self.cursor + step, min(self.top + step, max(0, self._window.count() - self.lines)))

    def action_first(self) -> None:
        """To the first row."""
        self.go(0)

    def action_last(self) -> None:
        """To the last row that is known; where the end is not known, one page further each time."""
        self._window.row(self._window.count())
        self.go(max(0, self._window.count() - 1))

    def action_shift(self, columns: int) -> None:
        """Make the column further right, or left, the current one, and bring it into sight."""
        self._current = min(max(0, self._current + columns), max(0, len(self._columns) - 1))
        if self._current == 0:
            self._skipped = 0
        # unscrolled, a folded column may stand between two that are shown: scroll until it is there
        self._skipped = min(self._skipped, max(0, self._current - 1))
        self._lay_out()
        while self.column is not None and self.column.key not in self.shown_keys:
            if self._skipped >= self._current - 1:
                break
            self._skipped += 1
            self._lay_out()
        self.refresh()

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.row is not None:
            self.post_message(self.RowChosen(self.row))

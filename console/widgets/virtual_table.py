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
from console.widgets.lines import CURSOR, GUTTER, NEW, PLAIN, Span, header, line
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
        for part in ("header", "cursor", "changed", "nothing", "red", "orange", "yellow", "upcoming", "quiet")
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
        self.cursor = self.top = self._skipped = 0
        self._changed, self._new = set(), ()
        self._lay_out()
        self._settle()

    def refresh_rows(self, source: RowSource, new: Collection[Hashable] = ()) -> None:
        """Take the rows as they are now; the cursor and the lines stay with their rows.

        Changed cells are marked for three seconds, the rows with the keys `new` until the next call.
        """
        old, on_line, picture = self._window, self.cursor - self.top, self._picture()
        seen = range(self.top, self.top + self.lines)
        self._window = Window(source)
        self._new = new
        self.cursor = landing(old, source, self.key_of, self.cursor)
        self._window.row(self.cursor)
        self.top = self.cursor - on_line
        marked = changes(old, self._window, self.key_of, self._columns, seen)
        if marked:
            self._changed |= marked
            self.set_timer(MARKED_S, lambda: self._unmark(marked))
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
            return self._strip(header(self._placed), self._style("header"))
        place = y - HEADER + self.top
        row = self._window.row(place) if place < self._window.count() else None
        if row is None:
            is_word = y == HEADER and not self._window.count()
            return self._strip([Span(PLAIN + self.nothing if is_word else "")], self._style("nothing"))
        key = self.key_of(row)
        sign = CURSOR if place == self.cursor else NEW if key in self._new else PLAIN
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
        """Show the columns further right, or left."""
        self._skipped = max(0, self._skipped + columns)
        self._lay_out()
        self.refresh()

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.row is not None:
            self.post_message(self.RowChosen(self.row))

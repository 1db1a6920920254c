"""Which columns a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widget import Widget

from console.keys import COLUMN_KEYS, bindings
from console.seat import Seat
from console.views.frame import path
from console.widgets.bars import Bar, KeyBar
from console.widgets.columns import TableColumn
from console.widgets.rows import ListSource, Row
from console.widgets.virtual_table import VirtualTable
from store.labels import label
from store.words import say

ON, OFF = "[x]", "[ ]"


class ColumnsView(ModalScreen[tuple[str, ...] | None], inherit_bindings=False):
    """The columns as a list; those that are switched on come back in their order, None where it was left."""

    BINDINGS = bindings(COLUMN_KEYS)

    def __init__(
        self, seat: Seat, view: str, shown: Sequence[str], others: Sequence[str], usual: Sequence[str]
    ) -> None:
        super().__init__()
        self.seat = seat
        self.view = view
        self.order = [*shown, *others]
        self.on = set(shown)
        self.others = others
        self.usual = usual

    def compose(self) -> ComposeResult:
        """Top line, the columns, status line, keys."""
        lang = self.seat.lang
        yield Bar(id="top")
        yield VirtualTable(lambda row: row[1], id="table")
        yield Bar(id="status")
        yield KeyBar([(key.shown.split()[0], say(key.word, lang)) for key in COLUMN_KEYS], id="keys")

    @property
    def table(self) -> VirtualTable:
        """The columns."""
        return self.query_one("#table", VirtualTable)

    @property
    def main(self) -> Widget:
        """The list has the keys."""
        return self.table

    def on_mount(self) -> None:
        """Fill in the columns."""
        lang = self.seat.lang
        self.query_one("#top", Bar).says(
            path(self.seat, None, say(self.view, lang), say("console.columns", lang))
        )
        heads = (
            TableColumn("on", 0, say("console.columns.on", lang), str, 4, 6),
            TableColumn("label", 2, say("console.columns.name", lang), str, 10, 30),
            TableColumn("key", 1, say("console.columns.key", lang), str, 10, 30),
        )
        rows = self._lines()
        want = {"on": 5, "label": 24, "key": 28}
        self.table.shown(heads, want, ListSource(rows, self.table.key_of))
        self.table.focus()

    def _lines(self) -> list[Row]:
        return [(ON if key in self.on else OFF, key, label(key, self.seat.lang)) for key in self.order]

    def _again(self) -> None:
        self.table.refresh_rows(ListSource(self._lines(), self.table.key_of), marked=False)

    def action_switch(self) -> None:
        """Switch the column on or off, and go to the next; one column always stays."""
        key = self.order[self.table.cursor]
        if key in self.on and len(self.on) > 1:
            self.on.remove(key)
        else:
            self.on.add(key)
        self._again()
        self.table.go(self.table.cursor + 1)

    def action_carry(self, step: int) -> None:
        """Carry the column up or down."""
        at = self.table.cursor
        to = at + step
        if 0 <= to < len(self.order):
            self.order[at], self.order[to] = self.order[to], self.order[at]
            self._again()
            self.table.go(to)

    def action_usual(self) -> None:
        """Back to what the view shows of itself."""
        self.order = [*self.usual, *(key for key in self.order if key not in self.usual)]
        self.on = set(self.usual)
        self._again()

    def action_take(self) -> None:
        """Show these."""
        self.dismiss(tuple(key for key in self.order if key in self.on))

    def on_virtual_table_row_chosen(self, message: VirtualTable.RowChosen) -> None:
        """Enter shows these."""
        self.action_take()

    def action_back(self) -> None:
        """Leave the columns as they were."""
        self.dismiss(None)

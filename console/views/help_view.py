"""The keys and actions of a view; what one types narrows them, and Enter runs the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.widget import Widget

from console.actions import Action
from console.keyboard import CHANGEABLE
from console.keys import APP_KEYS, bindings
from console.seat import Seat
from console.views.frame import path
from console.views.page import Page
from console.widgets.bars import Bar
from console.widgets.columns import TableColumn
from console.widgets.prompt import Prompt, Task
from console.widgets.rows import ListSource, Row
from console.widgets.virtual_table import VirtualTable
from store import pinyin
from store.words import say

SEARCH = "search"


class HelpView(Page):
    """Every action of the view it was opened over, from the same table that binds the keys."""

    BINDINGS = bindings(APP_KEYS[:1])

    def __init__(self, seat: Seat, actions: Sequence[Action]) -> None:
        super().__init__(seat)
        shown = {key.action: seat.keyboard.of(key).shown for key in CHANGEABLE}
        self.shown = tuple(replace(each, shown=shown.get(each.run, each.shown)) for each in actions)

    def body(self) -> ComposeResult:
        """The actions."""
        yield VirtualTable(lambda row: row[3], id="table")

    @property
    def main(self) -> Widget:
        """The list is there to be looked at; what is typed narrows it."""
        return self.query_one("#table")

    @property
    def table(self) -> VirtualTable:
        """The actions."""
        return self.query_one("#table", VirtualTable)

    def on_mount(self) -> None:
        """Fill in the actions, and let one type at once."""
        heads = (
            TableColumn("keys", 0, self.word("help.keys"), str, 12, 20),
            TableColumn("what", 1, self.word("help.what"), str, 16, 44),
            TableColumn("name", 2, self.word("help.name"), str, 8, 24),
        )
        rows = self._rows("")
        self.table.shown(heads, {"keys": 18, "what": 36, "name": 24}, ListSource(rows, self.table.key_of))
        self.table.nothing = self.word("help.nothing")
        self.query_one("#top", Bar).says(path(self.seat, None, self.word("help")))
        self.type(Task(SEARCH, self.word("help.search"), hint=self.word("hint.help")))

    def _rows(self, typed: str) -> list[Row]:
        rows = []
        for place, action in enumerate(self.shown):
            words = (say(action.word, "zh"), say(action.word, "en"), action.name, action.shown)
            if all(any(pinyin.holds(each, part) for each in words) for part in typed.split()):
                name = f":{action.name}" if action.name else ""
                rows.append((action.shown, say(action.word, self.seat.lang), name, place))
        return rows

    def on_prompt_typed(self, message: Prompt.Typed) -> None:
        """Show what fits what was typed."""
        self.table.shown(
            self.table.columns,
            {"keys": 18, "what": 36, "name": 24},
            ListSource(self._rows(message.text), self.table.key_of),
            self.word("help.nothing"),
        )

    def on_prompt_moved(self, message: Prompt.Moved) -> None:
        """Up and Down choose."""
        self.table.go(self.table.cursor + message.step)

    def given(self, task: str, text: str) -> None:
        """Run the chosen one."""
        row = self.table.row
        if row is not None:
            self.dismiss(self.shown[row[3]].run)

    def left(self, task: str) -> None:
        """Back to where the help was asked for."""
        self.dismiss(None)

    def action_explain_keys(self) -> None:
        """The key that opened the help closes it."""
        self.dismiss(None)

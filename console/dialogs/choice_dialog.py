"""Asks for one of several: a list that typing narrows, or, where each has a key, its key."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key as KeyPressed
from textual.widgets import Input

from console.dialogs.dialog import BACK, LEAVE, Dialog, dialog_bindings
from console.keys import Key
from console.shown import safe
from console.widgets.bars import Bar
from console.widgets.columns import TableColumn
from console.widgets.columns import wanted as widths
from console.widgets.form_line import line_editor
from console.widgets.rows import ListSource, Row
from console.widgets.virtual_table import VirtualTable

TAKE = Key("", "", "Enter", "dialogs.key.take", "dialogs.key.take")
MOVES = (
    Key("down", "move(1)", "", ""),
    Key("up", "move(-1)", "", ""),
    Key("pagedown", "turn(1)", "", ""),
    Key("pageup", "turn(-1)", "", ""),
    Key("tab,shift+tab", "stay", "", ""),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its code, its word, a note beside it, and the key that takes it at once."""

    code: str
    word: str
    note: str = ""
    key: str = ""


class ChoiceDialog(Dialog[Choice]):
    """Lists the choices; the answer is the one that was taken, None where nobody took any."""

    BINDINGS = dialog_bindings(BACK, *MOVES)
    DEFAULT_CSS = """
    ChoiceDialog #choices { height: 1fr; width: 100%; max-width: 110; }
    ChoiceDialog #narrow { height: 1; width: 100%; max-width: 110; }
    ChoiceDialog #narrow-word { width: 10; height: 1; }
    ChoiceDialog #narrow-text { background: $text-ground; color: $text-color; width: 1fr; }
    """

    def __init__(
        self, title: str, told: str, choices: Sequence[Choice], lang: str, chosen: str = "", last: str = ""
    ) -> None:
        super().__init__(lang)
        self.title_words = title
        self.told = told
        self.choices = choices
        self.chosen = chosen
        self.last = last
        self.keyed = any(choice.key for choice in choices)

    def compose(self) -> ComposeResult:
        """Title, what it is about, the list, the line that narrows it, keys."""
        top = Bar()
        top.add_class("dialog-line", "dialog-top")
        top.says(self.title_words)
        yield top
        about = Bar()
        about.add_class("dialog-line")
        about.says(self.told)
        yield about
        yield VirtualTable(lambda row: row[0], id="choices")
        if not self.keyed:
            with Horizontal(id="narrow"):
                word = Bar(id="narrow-word")
                word.says(self.word("narrow"))
                yield word
                yield line_editor("", "narrow-text")
        below = Bar(id="choice-status")
        below.add_class("dialog-line")
        below.says(self.last)
        yield below
        yield self.key_bar(TAKE, BACK, LEAVE)

    def on_mount(self) -> None:
        """The list has the keys, or the line that narrows it."""
        self._list("")
        place = next((p for p, choice in enumerate(self.choices) if choice.code == self.chosen), 0)
        self.table.go(place)
        if self.keyed:
            self.table.focus()
        else:
            self.query_one("#narrow-text", Input).focus()

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one("#choices", VirtualTable)

    def _list(self, wanted: str) -> None:
        words = unicodedata.normalize("NFKC", wanted).casefold().split()
        rows: list[Row] = [
            (choice.code, choice.key or choice.code, choice.word, choice.note)
            for choice in self.choices
            if all(word in f"{choice.code}\n{choice.word}".casefold() for word in words)
        ]
        head = self.word("heading.key" if self.keyed else "heading.code")
        columns = [
            TableColumn("code", 1, head, safe, 4, 26, 0),
            TableColumn("word", 2, self.word("heading.word"), safe, 8, 80, 1),
            TableColumn("note", 3, self.word("heading.note") if self.keyed else "", safe, 0, 60, 2),
        ]
        source = ListSource(rows, lambda row: row[0])
        self.table.shown(columns, widths(columns, rows), source, self.word("nothing"))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Narrow the list."""
        message.stop()
        self._list(message.value)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take the one under the cursor."""
        message.stop()
        if self.table.row is not None:
            self._take(self.table.row[0])

    def on_virtual_table_row_chosen(self, message: VirtualTable.RowChosen) -> None:
        """Take it."""
        message.stop()
        self._take(message.row[0])

    def on_virtual_table_row_highlighted(self, message: VirtualTable.RowHighlighted) -> None:
        """The views below need not know."""
        message.stop()

    def on_key(self, event: KeyPressed) -> None:
        """A choice's own key takes it, in full width too."""
        pressed = unicodedata.normalize("NFKC", event.character or "")
        found = next((choice for choice in self.choices if choice.key and choice.key == pressed), None)
        if found is not None:
            event.stop()
            self.dismiss(found)

    def _take(self, code: str) -> None:
        self.dismiss(next(choice for choice in self.choices if choice.code == code))

    def action_move(self, rows: int) -> None:
        """Move in the list while the line has the keys."""
        self.table.action_move(rows)

    def action_turn(self, pages: int) -> None:
        """Move by screens."""
        self.table.action_turn(pages)

    def action_stay(self) -> None:
        """There is nowhere else to go."""

    def action_say_how_to_leave(self) -> None:
        """Ctrl+C ends nothing here."""
        self.query_one("#choice-status", Bar).says(self.word("how_to_leave"))

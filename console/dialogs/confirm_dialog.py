"""Shows exactly what will be recorded, and asks once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult

from console.dialogs.dialog import BACK, LEAVE, Dialog, dialog_bindings
from console.keys import Key
from console.widgets.bars import Bar
from console.widgets.detail import Detail
from console.widgets.sheets import Part

YES = Key("y,Y,ｙ,Ｙ,ctrl+s", "go", "y Ctrl+S", "dialogs.key.record", "dialogs.key.record")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """It was looked at, and is to be recorded."""


class ConfirmDialog(Dialog[Confirmed]):
    """The record as parts, scrollable; `y` records it, Esc goes back to the form."""

    BINDINGS = dialog_bindings(YES, BACK)
    bar: tuple[Key, ...] = (YES, BACK, LEAVE)

    def __init__(self, title: str, parts: Sequence[Part], question: str, lang: str) -> None:
        super().__init__(lang)
        self.title_words = title
        self.parts = parts
        self.question = question

    def compose(self) -> ComposeResult:
        """Title, the record, the question, keys."""
        top = Bar()
        top.add_class("dialog-line", "dialog-top")
        top.says(self.title_words)
        yield top
        record = Detail("", "", id="record")
        record.add_class("dialog-body")
        record.can_focus = True
        yield record
        asked = Bar(id="confirm-status")
        asked.add_class("dialog-line")
        yield asked
        yield self.key_bar(*self.bar)

    def on_mount(self) -> None:
        """The record scrolls by the keys of a detail."""
        record = self.query_one("#record", Detail)
        record.shown(self.parts)
        record.focus()
        self.query_one("#confirm-status", Bar).says(self.question)

    def action_go(self) -> None:
        """Record it."""
        self.dismiss(Confirmed())

    def action_say_how_to_leave(self) -> None:
        """Ctrl+C ends nothing here."""
        self.query_one("#confirm-status", Bar).says(self.word("how_to_leave"))

"""What a view of rows needs so that acts can be begun from it: whom they are about, and a word that stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.events import Event, Key
from textual.screen import Screen

from console.answers import Answer
from console.subjects import Subject, subject_of
from console.widgets.virtual_table import VirtualTable


class Stage(Screen[None], inherit_bindings=False):
    """A list view as acts see it: the marked rows, else the one under the cursor."""

    answer: Answer | None
    marks: Mapping[Any, Any] = {}
    told = ""

    @property
    def table(self) -> VirtualTable:
        """The list."""
        raise NotImplementedError

    def subjects(self) -> Sequence[Subject]:
        """What an act begun now is about."""
        if self.answer is None:
            return ()
        table = self.answer.loaded.table
        rows = list(self.marks.values()) or ([self.table.row] if self.table.row is not None else [])
        return [subject_of(table, row) for row in rows]

    def tells(self, sentence: str) -> None:
        """Say what became of an act; it stays through what the store brings, until the next key."""
        self.told = sentence
        self.show_status()

    def show_status(self) -> None:
        """Paint the status line again."""
        raise NotImplementedError

    def _forward_event(self, event: Event) -> None:
        if isinstance(event, Key) and self.told:
            self.tells("")
        super()._forward_event(event)

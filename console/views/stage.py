"""What a view of rows needs so that acts can be begun from it: whom they are about, and a word that stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from console.subjects import Subject, subject_of
from console.views.choosing_view import ChoosingView

STAYS_S = 15


class Stage(ChoosingView):
    """A list view as acts see it: the marked rows, else the one under the cursor."""

    told = ""

    def subjects(self) -> Sequence[Subject]:
        """What an act begun now is about."""
        if self.answer is None:
            return ()
        table = self.answer.loaded.table
        rows = list(self.marks.values()) or ([self.table.row] if self.table.row is not None else [])
        return [subject_of(table, row) for row in rows]

    def done(self, numbers: Collection[str]) -> None:
        """Take the marks from what was done; what was skipped stays marked."""
        if self.answer is not None and self.marks:
            table = self.answer.loaded.table
            marks = self.marks.items()
            self.marks = {key: row for key, row in marks if subject_of(table, row).no not in numbers}
            self.table.mark(self.marks)

    def tells(self, sentence: str) -> None:
        """Say what became of an act; it stays for a while, also through what the store brings."""
        self.told = sentence
        self.status()
        if sentence:
            self.set_timer(STAYS_S, partial(self._said, sentence))

    def _said(self, sentence: str) -> None:
        if self.told == sentence:
            self.tells("")

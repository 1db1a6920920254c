"""Asks where the rows of a list shall be written, and says where they are."""

from __future__ import annotations

from pathlib import Path

from textual.message import Message

from console.asker import Asker
from console.exports import FORMATS, Wanted, Written, path_of, suggested, write
from console.views.stage import Stage
from console.widgets.prompt import Task
from store.errors import SuperviseError
from store.faults import as_told

EXPORT = "export"


class ExportingView(Stage):
    """The export over a list."""

    _path: Path | None = None

    class Exported(Message, bubble=False):
        """The file is written, or cannot be."""

        def __init__(self, written: Written | SuperviseError) -> None:
            super().__init__()
            self.written = written

    def action_export(self) -> None:
        """Type where the marked rows, or those that are shown, shall be written."""
        if self.marks:
            self._export()
        else:
            self.with_all(self._export)

    def _export(self) -> None:
        wanted = self._wanted()
        if wanted is None or not wanted.rows:
            self.says(self.word("export.nothing"))
            return
        key = "export.marked" if wanted.marked else "export.shown"
        hint = self.word(key, count=f"{len(wanted.rows):,}", formats=" ".join(FORMATS))
        self._path = None
        self.type(Task(EXPORT, self.word("export"), suggested(self.place, self.seat.as_of), hint))

    def _wanted(self) -> Wanted | None:
        if self.answer is None:
            return None
        return Wanted(self.place, self.choice, self.answer, tuple(self.marks.values()))

    def given(self, task: str, text: str) -> None:
        """Write the file; where one stands, the same line once more replaces it."""
        wanted = self._wanted()
        if task != EXPORT or wanted is None:
            super().given(task, text)
            return
        try:
            path = path_of(text)
        except SuperviseError as error:
            self.wrong(error.sentence(self.seat.lang))
            return
        over, self._path = path == self._path, path
        seat = self.seat
        self.prompt.fails(self.word("asking"))

        def work() -> None:
            found: Written | SuperviseError
            try:
                found = write(seat, wanted, path, over)
            except Exception as error:
                found = as_told(error)
            try:
                self.post_message(self.Exported(found))
            except RuntimeError:
                return  # the console has been left

        Asker("export").ask(work)

    def on_exporting_view_exported(self, message: Exported) -> None:
        """Say where the file is, or why there is none."""
        found = message.written
        if isinstance(found, SuperviseError):
            self.wrong(found.sentence(self.seat.lang))
            return
        self.taken()
        self.tells(self.word("export.done", rows=f"{found.rows:,}", path=found.path))

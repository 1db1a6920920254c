"""The filters of a view that a person saved under names, to be used, renamed and deleted."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from console.actions import Action, actions_of
from console.keys import APP_KEYS, FILTER_KEYS, TABLE_KEYS, VIEW_KEYS, bindings
from console.seat import Seat
from console.settings import Settings
from console.views.frame import path
from console.views.page import Page
from console.widgets.bars import Bar
from console.widgets.columns import TableColumn
from console.widgets.columns import wanted as widths
from console.widgets.prompt import Task
from console.widgets.rows import ListSource
from console.widgets.virtual_table import VirtualTable
from store.safe import safe
from store.words import say

SAVE = "save"
RENAME = "rename"


class FiltersView(Page):
    """The saved filters of one view; the text of the one that is taken comes back."""

    BINDINGS = bindings(FILTER_KEYS)
    bar_keys = FILTER_KEYS
    actions: tuple[Action, ...] = actions_of((*FILTER_KEYS, *TABLE_KEYS, *APP_KEYS, *VIEW_KEYS))

    def __init__(self, seat: Seat, settings: Settings, view: str, title: str, now: str) -> None:
        super().__init__(seat)
        self.settings = settings
        self.view = view
        self.view_title = title
        self.now = now
        self._renamed = ""

    @property
    def saved(self) -> dict[str, str]:
        """The filters by their names."""
        return dict(self.settings.of(self.view).filters)

    def body(self) -> ComposeResult:
        """The list."""
        yield VirtualTable(lambda row: row[0], id="table")

    @property
    def main(self) -> Widget:
        """The list has the keys."""
        return self.table

    @property
    def table(self) -> VirtualTable:
        """The filters."""
        return self.query_one("#table", VirtualTable)

    def on_mount(self) -> None:
        """Fill in the filters."""
        title = say("console.filters", self.seat.lang)
        self.query_one("#top", Bar).says(path(self.seat, None, say(self.view_title, self.seat.lang), title))
        self._list()
        now = next((place for place, text in enumerate(self.saved.values()) if text == self.now), 0)
        self.table.go(now)

    def _list(self) -> None:
        rows = [(name, text) for name, text in self.saved.items()]
        heads = (
            TableColumn("name", 0, self.word("filters.name"), lambda text: safe(str(text)), 10, 30, 0),
            TableColumn("text", 1, self.word("filters.text"), lambda text: safe(str(text)), 20, 160, 1),
        )
        source = ListSource(rows, self.table.key_of)
        self.table.shown(heads, widths(heads, rows), source, self.word("filters.nothing"))

    @property
    def name_here(self) -> str | None:
        """The name under the cursor."""
        return str(self.table.row[0]) if self.table.row is not None else None

    def on_virtual_table_row_chosen(self, message: VirtualTable.RowChosen) -> None:
        """Use it."""
        message.stop()
        self.dismiss(self.saved[str(message.row[0])])

    def action_save(self) -> None:
        """Type a name for the filter that the view has now."""
        if not self.now.strip():
            self.says(self.word("filters.no_filter"))
            return
        name = next((name for name, text in self.saved.items() if text == self.now), "")
        hint = self.word("filters.save_hint", filter=safe(self.now))
        self.type(Task(SAVE, self.word("filters.save"), name, hint))

    def action_rename(self) -> None:
        """Type another name for the one under the cursor."""
        name = self.name_here
        if name is not None:
            self._renamed = name
            hint = self.word("filters.rename_hint", name=safe(name))
            self.type(Task(RENAME, self.word("filters.rename"), name, hint))

    def given(self, task: str, text: str) -> None:
        """Keep it under the name."""
        if task not in (SAVE, RENAME):
            super().given(task, text)
            return
        name = text.strip()
        saved = self.saved
        if not name:
            self.wrong(self.word("filters.no_name"))
        elif task == SAVE:
            self._keep({**saved, name: self.now}, name, "filters.saved")
        elif name in saved and name != self._renamed:
            self.wrong(self.word("filters.taken", name=safe(name)))
        else:
            found = {name if each == self._renamed else each: text for each, text in saved.items()}
            self._keep(found, name, "filters.renamed")

    def action_delete(self) -> None:
        """Delete the one under the cursor."""
        name = self.name_here
        if name is not None:
            place, text = self.table.cursor, self.saved[name]
            self._keep({each: text for each, text in self.saved.items() if each != name}, "", "")
            self.table.go(place)
            self.says(self.word("filters.deleted", name=safe(name), filter=safe(text)))

    def _keep(self, saved: dict[str, str], name: str, told: str) -> None:
        self.settings.keep_filters(self.view, saved)
        if self.prompt.doing is not None:
            self.taken()
        self._list()
        if name:
            self.table.go_to(name)
            self.says(self.word(told, name=safe(name)))
        if self.settings.trouble:
            self.says(self.settings.trouble)

    def action_back(self) -> None:
        """Leave the view as it is."""
        self.dismiss(None)

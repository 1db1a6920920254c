"""The command line that gives the rows of a list, on a screen from which it can be copied as it stands."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize
from textual.widget import Widget

from console.actions import Action, actions_of
from console.commanding import CommandLine
from console.keys import APP_KEYS, DETAIL_KEYS, DETAIL_PAGE_KEYS, VIEW_KEYS, bindings
from console.seat import Seat
from console.views.frame import path
from console.views.page import Page
from console.widgets.bars import Bar
from console.widgets.detail import Detail
from console.widgets.sheets import Part
from store.labels import label
from store.safe import safe
from store.words import say


class CommandView(Page):
    """One command in lines that a shell reads as one; nothing stands beside them."""

    BINDINGS = bindings(DETAIL_PAGE_KEYS)
    bar_keys = DETAIL_PAGE_KEYS
    actions: tuple[Action, ...] = actions_of((*DETAIL_KEYS, *DETAIL_PAGE_KEYS, *APP_KEYS, *VIEW_KEYS))

    def __init__(self, seat: Seat, view: str, command: CommandLine) -> None:
        super().__init__(seat)
        self.view = view
        self.command = command

    def body(self) -> ComposeResult:
        """The lines."""
        whole = Detail("", "", id="whole")
        whole.can_focus = True
        yield whole

    @property
    def main(self) -> Widget:
        """The lines scroll."""
        return self.query_one("#whole")

    def on_mount(self) -> None:
        """Say what it is for."""
        self._lay_out(self.app.size.width)
        title = say("console.command_line", self.seat.lang)
        self.query_one("#top", Bar).says(path(self.seat, None, say(self.view, self.seat.lang), title))
        said = [self.word("command_line.copy")]
        if self.command.unsaid:
            columns = self.word("comma").join(label(key, self.seat.lang) for key in self.command.unsaid)
            said.append(self.word("command_line.unsaid", columns=columns))
        bar = self.query_one("#status", Bar)
        bar.says(" ".join(said))
        bar.styles.height = bar.lines_wanted(self.app.size.width)

    def on_resize(self, event: Resize) -> None:
        """The lines are folded anew."""
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        lines = self.command.folded(width - 2)
        self.query_one("#whole", Detail).shown([Part("", rows=tuple((safe(line),) for line in lines))])

    def action_back(self) -> None:
        """Back to the list, on the same row."""
        self.dismiss()

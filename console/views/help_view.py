"""The keys, and what they do."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from console.keys import ACT_KEYS, APP_KEYS, HELP_KEYS, LIST_KEYS, TABLE_KEYS, VIEW_KEYS, bindings
from console.seat import Seat
from console.views.frame import key_bar, path
from console.widgets.bars import Bar
from console.widgets.detail import Detail
from console.widgets.sheets import Part
from store.words import say


class HelpView(Screen[None], inherit_bindings=False):
    """Every key of the lists, from the same lists that bind them."""

    BINDINGS = bindings(HELP_KEYS)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat

    def compose(self) -> ComposeResult:
        """Top line, keys, how to close, the bar."""
        yield Bar(id="top")
        detail = Detail("", "", id="whole")
        detail.can_focus = True
        yield detail
        yield Bar(id="status")
        yield key_bar(self.seat.lang)

    def on_mount(self) -> None:
        """Fill in the keys."""
        lang = self.seat.lang
        acts = ACT_KEYS if self.seat.may_act else ()
        keys = (*VIEW_KEYS, *TABLE_KEYS, *LIST_KEYS, *acts[:1], *APP_KEYS, *acts[1:])
        pairs = tuple((key.shown, say(key.word, lang)) for key in keys if key.word)
        detail = self.query_one("#whole", Detail)
        detail.shown([Part("", pairs)])
        detail.focus()
        self.query_one("#top", Bar).says(path(self.seat, None, say("console.help", lang)))
        self.query_one("#status", Bar).says(say("console.help_close", lang))

    def action_back(self) -> None:
        """Back to where the help was asked for."""
        self.dismiss()

"""Everything on one row, on a screen of its own; the list that opened it keeps it fresh."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.app import ComposeResult
from textual.screen import Screen

from console.keys import BACK_KEYS, bindings
from console.plans import ListPlan
from console.seat import Seat
from console.views.frame import facts, key_bar, path
from console.widgets.bars import Bar
from console.widgets.detail import Detail
from console.widgets.sheets import Part
from store.queries.standing import Standing
from store.words import say


class DetailView(Screen[None], inherit_bindings=False):
    """The fields of one row, and its receipt."""

    BINDINGS = bindings(BACK_KEYS)

    def __init__(self, seat: Seat, plan: ListPlan, key: Hashable) -> None:
        super().__init__()
        self.seat = seat
        self.plan = plan
        self.key = key

    def compose(self) -> ComposeResult:
        """Top line, fields, status line, keys."""
        yield Bar(id="top")
        detail = Detail("", say("console.detail_nothing", self.seat.lang), id="whole")
        detail.can_focus = True
        yield detail
        yield Bar(id="status")
        yield key_bar(self.seat.lang)

    def on_mount(self) -> None:
        """The fields have the keys: they scroll."""
        self.query_one("#whole").focus()

    def shown(self, parts: Sequence[Part], standing: Standing) -> None:
        """Show these parts, where they were scrolled to."""
        self.query_one("#whole", Detail).shown(parts, keep_place=True)
        no = self.key[0] if isinstance(self.key, tuple) else self.key
        view = say(f"console.view.{self.plan.name}", self.seat.lang)
        self.query_one("#top", Bar).says(
            path(self.seat, standing, view, str(no)), facts(self.seat, standing, "")
        )

    def action_back(self) -> None:
        """Back to the list, on the same row."""
        self.dismiss()

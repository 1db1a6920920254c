"""Everything on one number, on a screen of its own: its fields, its timeline, the receipt of its deadline."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.widget import Widget

from console.actions import Action, actions_of
from console.asker import Asker
from console.keys import APP_KEYS, DETAIL_KEYS, DETAIL_PAGE_KEYS, VIEW_KEYS, bindings
from console.messages import ReceiptCame, StoreChanged, StoreTroubled
from console.receipts import everything, receipt
from console.seat import Seat
from console.views.frame import facts, path
from console.views.page import Page
from console.widgets.bars import Bar
from console.widgets.detail import Detail
from console.widgets.sheets import Part
from console.wording import without
from store.faults import as_told
from store.queries.standing import Standing
from store.words import say


class DetailView(Page):
    """The page of one number; the list that opened it keeps its fields fresh.

    `asks` is whether the store has more to tell than the fields; `receipt_only` leaves the timeline out.
    """

    BINDINGS = bindings(DETAIL_PAGE_KEYS)
    bar_keys = DETAIL_PAGE_KEYS
    actions: tuple[Action, ...] = actions_of((*DETAIL_KEYS, *DETAIL_PAGE_KEYS, *APP_KEYS, *VIEW_KEYS))

    def __init__(
        self,
        seat: Seat,
        view: str,
        no: str,
        key: Hashable = None,
        asks: bool = True,
        receipt_only: bool = False,
    ) -> None:
        super().__init__(seat)
        self.view = view
        self.no = no
        self.key = key
        self.asks = asks
        self.receipt_only = receipt_only
        self._fields: Sequence[Part] = ()
        self._more: Sequence[Part] = ()
        self._standing: Standing | None = None
        self._asker = Asker(f"detail {no}")

    def body(self) -> ComposeResult:
        """The fields; they scroll."""
        detail = Detail("", self.word("asking") if self.asks else "", id="whole")
        detail.can_focus = True
        yield detail

    @property
    def main(self) -> Widget:
        """The fields have the keys."""
        return self.query_one("#whole")

    def on_mount(self) -> None:
        """Ask for what there is to tell."""
        self._lay_out()
        self.on_store_changed()

    def on_store_changed(self, message: StoreChanged | None = None) -> None:
        """Ask again."""
        if not self.asks:
            return
        seat, find = self.seat, receipt if self.receipt_only else everything

        def ask() -> None:
            try:
                self._post(ReceiptCame(find(seat, self.key, self.no)))
            except Exception as error:
                self._post(StoreTroubled(as_told(error)))

        self._asker.ask(ask)

    def _post(self, message: ReceiptCame | StoreTroubled) -> None:
        try:
            self.post_message(message)
        except RuntimeError:
            return  # the console has been left

    def on_store_troubled(self, message: StoreTroubled) -> None:
        """Say what is the matter."""
        self.says(message.error.sentence(self.seat.lang))

    def on_receipt_came(self, message: ReceiptCame) -> None:
        """Show what there is to tell."""
        self.told(message.receipt.parts)

    def told(self, parts: Sequence[Part]) -> None:
        """Show these under the fields."""
        self._more = parts
        self.says("")
        self._lay_out()

    def shown(self, parts: Sequence[Part], standing: Standing) -> None:
        """Show these fields, where they were scrolled to."""
        self._fields, self._standing = parts, standing
        self._lay_out()

    def _lay_out(self) -> None:
        known = [replace(part, pairs=tuple(pair for pair in part.pairs if pair[1])) for part in self._fields]
        parts = [*known, *(without(known[0].pairs, self._more) if known else self._more)]
        parts = [part for part in parts if part.pairs or part.rows]
        for whole in self.query(Detail):  # none yet, or none any more, while the page comes or goes
            whole.shown(parts, keep_place=True)
        left = path(self.seat, self._standing, say(self.view, self.seat.lang), self.no)
        for top in self.query("#top").results(Bar):
            top.says(left, facts(self.seat, self._standing, ""))

    def action_back(self) -> None:
        """Back to the list, on the same row."""
        self.dismiss()

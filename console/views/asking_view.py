"""A list that asks the store: its rows as they are now, and the receipt of the row under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

from textual.timer import Timer

from console.answers import Answer, Choice, Loaded, answer, counted, load
from console.asker import Asker
from console.messages import Answered, ReceiptCame, RowsCounted, StoreChanged, StoreTroubled
from console.places import Place
from console.plans import ListPlan, Pages
from console.receipts import receipt
from console.seat import Seat
from console.views.page import Page
from console.widgets.rows import PagedSource, Row
from console.widgets.sheets import Part
from console.widgets.virtual_table import VirtualTable
from store.errors import SuperviseError
from store.faults import as_told

REST_S = 0.15  # how long the cursor rests before its row's receipt is asked for
PATIENCE_S = 0.1  # how long an answer may take before a word is said


class AskingView(Page):
    """What a list knows of the store; how it looks and what the user does with it is in ListView."""

    def __init__(self, plan: ListPlan, seat: Seat, place: Place | None = None) -> None:
        super().__init__(seat)
        self.plan = plan
        self.place = place or Place(plan.name)
        self.answer: Answer | None = None
        self.choice = Choice()
        self.trouble: SuperviseError | None = None
        self.stale = True
        self.frozen = False
        self.fresh: list[Hashable] = []
        self._receipts: dict[Hashable, tuple[Part, ...]] = {}
        self._rows = Asker(f"{self.place.line} rows")
        self._counting = Asker(f"{self.place.line} count")
        self._explaining = Asker(f"{self.place.line} receipts")
        self._resting: Timer | None = None
        self._waiting: Timer | None = None
        self.whole = False  # something was asked for that needs every row, not only a page
        self._when_whole: Callable[[], None] | None = None

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one("#table", VirtualTable)

    @property
    def is_ready(self) -> bool:
        """Whether the rows are those of the choice."""
        asked = self.answer is not None and self.answer.choice == self.choice
        return asked or self.trouble is not None

    def on_store_changed(self, message: StoreChanged) -> None:
        """Ask again; at once where this view is looked at, else when it is looked at again."""
        self.stale = True
        if self in self.app.screen_stack and not self.frozen:
            self.ask()

    def on_store_troubled(self, message: StoreTroubled) -> None:
        """Say what is the matter; the rows stay as they were."""
        self.trouble = message.error
        self.answered()

    def begin(self, loaded: Loaded) -> None:
        """Begin with what was asked already."""
        self.ask(loaded)

    def another_day(self, seat: Seat) -> None:
        """Look at another day."""
        super().another_day(seat)
        self.stale = True
        if self.answer is not None:
            self.fresh = []
            self.answer = None

    def ask(self, kept: Loaded | None = None, take: bool = False) -> None:
        """Ask the question anew, or choose anew from what it answered (`kept`); `take` takes new rows in."""
        if kept is None:
            self.stale = False
        if self._waiting is None:
            word = self.word("asking" if self.answer is None else "asking_again")
            self._waiting = self.set_timer(PATIENCE_S, lambda: self.says(word))
        if kept is not None and kept.pages is not None and (self.whole or self.choice.needs_all):
            kept = None
        self._rows.ask(partial(self._find, self.seat, self.choice, self.answer, kept, take))

    def _find(
        self, seat: Seat, choice: Choice, before: Answer | None, kept: Loaded | None, take: bool
    ) -> None:
        # runs in the asker's thread: it touches no widget, it only posts what it found
        try:
            loaded = kept or load(seat, self.plan, self.whole or choice.needs_all)
            found = Answered(answer(self.plan, loaded, choice, seat.lang, before, take), take)
        except Exception as error:
            self._post(StoreTroubled(as_told(error)))
        else:
            self._post(found)

    def _post(self, message: Answered | ReceiptCame | RowsCounted | StoreTroubled) -> None:
        try:
            self.post_message(message)
        except RuntimeError:
            return  # the console has been left

    def on_answered(self, message: Answered) -> None:
        """Show the rows; the cursor stays where it was if it had a row."""
        found = message.answer
        if found.choice != self.choice:
            return  # something else was chosen since
        before, self.answer = self.answer, found
        self.trouble = None
        self._receipts.clear()
        self.table.nothing = self.word("nothing_filtered" if self.choice.filter else "nothing")
        again = before is not None and before.count > 0 and before.is_whole == found.is_whole
        if again and before is not None and before.choice.columns == self.choice.columns:
            if message.took:
                self.fresh = list(found.fresh)
            self.table.refresh_rows(found.source, frozenset(self.fresh))
        else:
            row_key = self.table.row and self.table.key_of(self.table.row)
            self.table.key_of = self.plan.key_of(found.loaded.table)
            self.table.shown(found.columns, found.want, found.source, self.table.nothing)
            if row_key is not None:
                self.table.go_to(row_key)
        self.answered()
        pages, source = self.plan.pages, found.loaded.pages
        if pages is not None and source is not None and not found.loaded.is_counted:
            self._counting.ask(partial(self._count, self.seat, pages, source))
        if found.is_whole and self._when_whole is not None:
            then, self._when_whole = self._when_whole, None
            then()

    def _count(self, seat: Seat, pages: Pages, source: PagedSource) -> None:
        try:
            self._post(RowsCounted(source, counted(seat, pages)))
        except Exception as error:
            self._post(StoreTroubled(as_told(error)))

    def on_rows_counted(self, message: RowsCounted) -> None:
        """Say how many rows there are, where these are still the ones that are shown."""
        source = message.source
        if self.answer is not None and self.answer.source is source:
            source.counted(message.count)
            self.table.refresh()
            self.rows_counted()

    def rows_counted(self) -> None:
        """How many rows there are is known now."""

    def with_all(self, then: Callable[[], None]) -> None:
        """Do something that needs every row, once every row is here."""
        if self.answer is None:
            return
        if self.answer.is_whole:
            then()
            return
        self.whole, self._when_whole = True, then
        self.ask()

    def answered(self) -> None:
        """The answer is here, or will not come."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    # The receipt of the row under the cursor

    def rests_on(self, row: Row | None) -> None:
        """Ask for the row's receipt once the cursor has rested on it."""
        if self._resting is not None:
            self._resting.stop()
        if row is not None and self.plan.numbers:
            self._resting = self.set_timer(REST_S, partial(self._explain, row))

    def number(self, row: Row) -> str | None:
        """The number of a row."""
        return self.plan.number_of(self.answer.loaded.table, row) if self.answer else None

    def _explain(self, row: Row) -> None:
        no = self.number(row)
        if no is None or self.table.row != row:
            return
        key, seat = self.table.key_of(row), self.seat

        def find() -> None:
            try:
                self._post(ReceiptCame(receipt(seat, key, no)))
            except Exception as error:
                self._post(StoreTroubled(as_told(error)))

        self._explaining.ask(find)

    def on_receipt_came(self, message: ReceiptCame) -> None:
        """Keep the receipt beside the row's fields."""
        self._receipts = {message.receipt.key: message.receipt.parts}
        self.receipt_came()

    def receipt_came(self) -> None:
        """A receipt is here."""

    def receipt_of(self, key: Hashable) -> tuple[Part, ...]:
        """The receipt of the row with this key, as far as it is here."""
        return self._receipts.get(key, ())

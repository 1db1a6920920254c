"""A list that asks the store: its rows as they are now, and the receipt of the row under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial

from textual.timer import Timer

from console.answers import Answer, Choice, Loaded, answer, counted, load
from console.asker import Asker
from console.messages import Answered, ReadOn, ReceiptCame, RowsCounted, StoreChanged, StoreTroubled
from console.places import Place
from console.plans import ListPlan, Pages
from console.receipts import receipt
from console.scanning import Progress, Reading, scan
from console.seat import Seat
from console.views.page import Page
from console.widgets.rows import PagedSource, Row
from console.widgets.sheets import Part
from console.widgets.virtual_table import VirtualTable
from store.errors import SuperviseError
from store.faults import as_told

REST_S = 0.15  # how long the cursor rests before its row's receipt is asked for
LIVE_ROWS = 20_000  # so many rows are read anew with every change in the store, more only when asked for
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
        self._reading: Reading | None = None

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one("#table", VirtualTable)

    @property
    def is_ready(self) -> bool:
        """Whether the rows are those of the choice."""
        asked = self.answer is not None and self.answer.choice == self.choice
        # a long reading can be stopped, so keys are let through once it is told
        return asked or self.is_reading or self.trouble is not None

    @property
    def is_reading(self) -> bool:
        """Whether many rows are being read, and it is told."""
        return self._reading is not None and self._reading.is_told

    @property
    def is_long(self) -> bool:
        """Whether to ask again means to read so much that it waits until it is asked for."""
        return self._reading is not None or (self.answer is not None and self.answer.loaded.read > LIVE_ROWS)

    def on_store_changed(self, message: StoreChanged) -> None:
        """Ask again; at once where this view is looked at, else when it is looked at again."""
        self.stale = True
        if self not in self.app.screen_stack or self.frozen:
            return
        if not self.is_long:
            self.ask()
        elif self._reading is None:
            self.says("")  # the status line says that there is something to be read again

    def on_store_troubled(self, message: StoreTroubled) -> None:
        """Say what is the matter; the rows stay as they were."""
        self.trouble = message.error
        self._reading = None
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
        if kept is not None and not kept.serves(self.choice, self.whole):
            kept = None
        if self._reading is not None:
            self._reading.drop()
            self._reading = None
        run = None
        if kept is None and self.plan.pages is not None and (self.whole or self.choice.needs_all):
            run = self._reading = Reading()
        self._rows.ask(partial(self._find, self.seat, self.choice, self.answer, kept, take, run))

    def _find(
        self,
        seat: Seat,
        choice: Choice,
        before: Answer | None,
        kept: Loaded | None,
        take: bool,
        run: Reading | None,
    ) -> None:
        # runs in the asker's thread: it touches no widget, it only posts what it found
        try:
            if run is not None:
                counted_before = before is not None and before.loaded.is_counted
                known = before.loaded.count if before is not None and counted_before else None
                tell = partial(self._read_on, run)
                loaded = scan(seat, self.place, self.plan, choice, run, tell, known)
            else:
                loaded = kept or load(seat, self.plan)
            found = Answered(answer(self.plan, loaded, choice, seat.lang, before, take), take)
        except Exception as error:
            self._post(StoreTroubled(as_told(error)))
        else:
            if run is None or not run.is_dropped:
                self._post(found)

    def _read_on(self, run: Reading, progress: Progress) -> None:
        if not run.is_dropped:
            self._post(ReadOn(run, progress))

    def _post(self, message: Answered | ReadOn | ReceiptCame | RowsCounted | StoreTroubled) -> None:
        try:
            self.post_message(message)
        except RuntimeError:
            return  # the console has been left

    def on_read_on(self, message: ReadOn) -> None:
        """Say how far a reading is, and how to stop it."""
        if message.reading is not self._reading or message.reading.is_ended:
            return
        progress = message.progress
        if not progress.read and progress.is_counted and progress.every <= LIVE_ROWS:
            return  # that is soon done
        self._patient()
        message.reading.is_told = True
        key = "reading" if progress.read else "will_read"
        every = f"{progress.every:,}{'' if progress.is_counted else '+'}"
        self.says(self.word(key, read=f"{progress.read:,}", found=f"{progress.found:,}", all=every))

    def stop_reading(self) -> bool:
        """Stop a reading; False where there is none to be stopped."""
        if self._reading is not None and self.is_reading:
            self._reading.stop()
            return True
        return False

    def _cut_short(self, found: Answer) -> bool:
        """Whether a reading was stopped that is of no use but as a whole: the former rows stay."""
        if not found.loaded.stopped or (found.choice.filter.strip() and self._when_whole is None):
            return False
        self.whole, self._when_whole = False, None
        if self.answer is None:
            self.choice = replace(self.choice, sort="")
            self.ask()
            return True
        self.choice = self.answer.choice
        self.answered()
        self.says(self.word("reading_stopped"))
        return True

    def on_answered(self, message: Answered) -> None:
        """Show the rows; the cursor stays where it was if it had a row."""
        found = message.answer
        if found.choice != self.choice:
            return  # something else was chosen since
        self._reading = None
        if self._cut_short(found):
            return
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
        self._patient()

    def _patient(self) -> None:
        """Something is told: no other word is needed while one waits."""
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

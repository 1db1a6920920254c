"""A screen with one list, its detail and its filter; what it lists is a plan."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input

from console.answers import Answer, Loaded, answer, load
from console.asker import Asker
from console.keys import LIST_KEYS, bindings
from console.messages import Answered, ReceiptCame, StoreChanged, StoreTroubled, WentBack
from console.plans import CODES, ListPlan
from console.receipts import receipt
from console.seat import Seat
from console.views.detail_view import DetailView
from console.views.frame import counted, facts, key_bar, path, status
from console.views.stage import Stage
from console.widgets.bars import Bar
from console.widgets.detail import Detail
from console.widgets.rows import ListSource, Row
from console.widgets.sheets import Part
from console.widgets.virtual_table import VirtualTable
from console.wording import parts_of, parts_unseen_first, without
from store.errors import SuperviseError
from store.faults import as_told
from store.words import say

WIDE = 120
REST_S = 0.15  # how long the cursor rests before its row's receipt is asked for
PATIENCE_S = 0.1  # how long an answer may take before a word is said


class ListView(Stage, inherit_bindings=False):
    """The rows of one plan, as the store has them now."""

    BINDINGS = bindings(LIST_KEYS)

    def __init__(self, plan: ListPlan, seat: Seat) -> None:
        super().__init__()
        self.plan = plan
        self.seat = seat
        self.answer: Answer | None = None
        self.filter = ""
        self.new: list[Hashable] = []
        self.panes = {"below": False, "side": True}
        self.stale = True
        self._trouble: SuperviseError | None = None
        self._word = ""
        self._opened: DetailView | None = None
        self._receipts: dict[Hashable, tuple[Part, ...]] = {}
        self._rows = Asker(f"{plan.name} rows")
        self._explaining = Asker(f"{plan.name} receipts")
        self._resting: Timer | None = None
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Top line, list and detail, status line, keys."""
        yield Bar(id="top")
        with Container(id="body"):
            yield VirtualTable(lambda row: row, id="table")
            yield Detail(self._say("detail"), self._say("detail_nothing"), id="detail")
        yield Bar(id="status")
        with Horizontal(id="filter"):
            yield Bar(id="filter-word")
            yield Input(compact=True, id="filter-text")
        yield key_bar(self.seat.lang)

    def on_mount(self) -> None:
        """The table has the keys; the first word is said before the first answer."""
        self.query_one("#filter-text", Input).cursor_blink = False
        self.query_one("#filter-word", Bar).says(self._say("filter"))
        self.table.focus()
        self._head()
        self.says("asking")

    # What comes from the store

    def on_store_changed(self, message: StoreChanged) -> None:
        """Ask again; at once where this view is looked at, else when it is looked at again."""
        self.stale = True
        if self in self.app.screen_stack:
            self._ask()

    def on_store_troubled(self, message: StoreTroubled) -> None:
        """Say what is the matter; the rows stay as they were."""
        self._trouble = message.error
        self._answered()

    def _ask(self, kept: Loaded | None = None) -> None:
        self.stale = False
        if self._waiting is None:
            word = "asking" if self.answer is None else "asking_again"
            self._waiting = self.set_timer(PATIENCE_S, lambda: self._says(self._say(word)))
        same = self.answer if self.answer and self.answer.filter == self.filter else None
        self._rows.ask(partial(self._find, self.filter, same.source if same else None, kept))

    def _find(self, wanted: str, before: ListSource | None, kept: Loaded | None) -> None:
        # runs in the asker's thread: it touches no widget, it only posts what it found
        try:
            loaded = kept or load(self.seat, self.plan)
            found = Answered(answer(self.plan, loaded, wanted, self.seat.lang, before))
        except Exception as error:
            self._post(StoreTroubled(as_told(error)))
        else:
            self._post(found)

    def _post(self, message: Answered | ReceiptCame | StoreTroubled) -> None:
        try:
            self.post_message(message)
        except RuntimeError:
            return  # the console has been left

    def on_answered(self, message: Answered) -> None:
        """Show the rows; the cursor stays where it was if it had a row."""
        if message.answer.filter != self.filter:
            return
        before, self.answer = self.answer, message.answer
        self._trouble = None
        self._receipts.clear()
        found = self.answer.loaded.table
        nothing = self._say("nothing_filtered" if self.filter else "nothing")
        if before is None or not before.loaded.table.rows:
            self.table.key_of = self.plan.key_of(found)
            self.table.shown(self.answer.columns, self.answer.want, self.answer.source, nothing)
        else:
            if before.filter == self.filter:
                self.new = [k for k in self.new if k in self.answer.source.places]
                self.new += self.answer.new
            self.table.nothing = nothing
            self.table.refresh_rows(self.answer.source, frozenset(self.new))
        self._answered()

    def _answered(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        self._says("")
        self._head()

    # What the user does

    def on_virtual_table_row_highlighted(self, message: VirtualTable.RowHighlighted) -> None:
        """The detail follows the cursor; a receipt is asked for once the cursor rests."""
        self._says("")
        self._show_detail()
        if self._resting is not None:
            self._resting.stop()
        if message.row is not None and self.plan.receipt is not None:
            self._resting = self.set_timer(REST_S, partial(self._explain, message.row))

    def _explain(self, row: Row) -> None:
        if self.answer is None or self.plan.receipt is None or self.table.row != row:
            return
        key = self.table.key_of(row)
        no = str(row[self.answer.loaded.table.keys().index(self.plan.receipt)])

        def find() -> None:
            try:
                self._post(ReceiptCame(receipt(self.seat, key, no)))
            except Exception as error:
                self._post(StoreTroubled(as_told(error)))

        self._explaining.ask(find)

    def on_receipt_came(self, message: ReceiptCame) -> None:
        """Put the receipt under the row's fields."""
        self._receipts = {message.receipt.key: message.receipt.parts}
        self._show_detail(keep_place=True)

    def on_virtual_table_row_chosen(self, message: VirtualTable.RowChosen) -> None:
        """Open the row on a screen of its own."""
        self._opened = DetailView(self.seat, self.plan, self.table.key_of(message.row))
        self.app.push_screen(self._opened)
        self.call_after_refresh(self._show_detail)

    def _show_detail(self, keep_place: bool = False) -> None:
        if self.answer is None:
            return
        row = self.table.row
        parts: list[Part] = []
        if row is not None:
            parts = parts_of(self.answer.loaded.table.columns, row, self.seat.lang)
            parts += without(parts[0].pairs, self._receipts.get(self.table.key_of(row), ()))
        if self._opened is not None and self._opened.is_mounted:
            self._opened.shown(parts, self.answer.loaded.standing)
        if row is not None and self.detail.place == "below":
            columns, seen = self.answer.loaded.table.columns, self.table.shown_keys | CODES
            parts = parts_unseen_first(columns, row, seen, self.seat.lang)
        self.detail.shown(parts, keep_place)

    def action_back(self) -> None:
        """Close the filter's line, else drop the filter, else go to the view before."""
        if self.query_one("#filter").display:
            self._close_filter()
        elif self.filter:
            self._filter_by("")
        else:
            self.post_message(WentBack())

    def says(self, key: str) -> None:
        """Say a word of the console in the status line."""
        self._says(self._say(key))

    def action_again(self) -> None:
        """Ask again, and take the new rows as known."""
        self.new = []
        self._ask()
        self._word = self._say("refreshed")

    def action_next_new(self) -> None:
        """Go to the next row that came in."""
        while self.new:
            key = self.new.pop(0)
            if self.table.go_to(key):
                self._status()
                return
        self._says(self._say("none_new"))

    def action_pane(self) -> None:
        """Open or close the detail."""
        self.panes[self.detail.place] = not self.panes[self.detail.place]
        self._arrange()

    def action_filter(self) -> None:
        """Type a filter; what was typed before stands there."""
        self.query_one("#status").display = False
        self.query_one("#filter").display = True
        self.query_one("#filter-text").focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Filter by what was typed."""
        self._close_filter()
        self._filter_by(message.value.strip())

    def _close_filter(self) -> None:
        self.query_one("#filter").display = False
        self.query_one("#status").display = True
        self.table.focus()

    def _filter_by(self, wanted: str) -> None:
        self.filter = wanted
        self._says("")
        self._ask(self.answer.loaded if self.answer and not self.stale else None)

    # How it looks

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one("#table", VirtualTable)

    @property
    def detail(self) -> Detail:
        """The detail beside or below it."""
        return self.query_one("#detail", Detail)

    def on_resize(self, event: Resize) -> None:
        """The detail stands at the side where there is room."""
        self._arrange()

    def _arrange(self) -> None:
        wide = self.app.size.width >= WIDE
        self.set_class(wide, "wide")
        self.detail.placed("side" if wide else "below")
        self.set_class(not self.panes[self.detail.place], "closed")
        self._show_detail()

    def _says(self, word: str) -> None:
        self._word = word
        self._status()

    def _say(self, key: str, **values: object) -> str:
        return say(f"console.{key}", self.seat.lang, **values)

    def show_status(self) -> None:
        """The status line as it is now."""
        self._status()

    def _status(self) -> None:
        lang, trouble = self.seat.lang, self._trouble
        told = trouble.sentence(lang) if trouble else self.told or self._word
        place = self.table.cursor + 1 if self.answer is not None and self.table.row is not None else None
        bar = self.query_one("#status", Bar)
        bar.says(*status(lang, self.filter, told, len(self.new), place))
        bar.styles.height = bar.lines_wanted(self.app.size.width) if trouble else 1

    def _head(self) -> None:
        standing, count = None, ""
        if self.answer is not None:
            standing = self.answer.loaded.standing
            shown, every = len(self.answer.source.rows), len(self.answer.loaded.table.rows)
            count = counted(self.seat.lang, shown, every if self.filter else None)
        left = path(self.seat, standing, self._say(f"view.{self.plan.name}"))
        self.query_one("#top", Bar).says(left, facts(self.seat, standing, count))

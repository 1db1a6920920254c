"""A screen with one list, its detail and its filter; what it lists is a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.widget import Widget

from console.answers import Answer
from console.keys import LIST_KEYS, bindings
from console.messages import WentBack, WentTo
from console.places import Place, place
from console.plans import CODES, ListPlan
from console.seat import Seat
from console.settings import Settings
from console.views.detail_view import DetailView
from console.views.exporting_view import ExportingView
from console.views.frame import facts, path, steps
from console.widgets.bars import Bar
from console.widgets.detail import Detail
from console.widgets.rows import Row
from console.widgets.sheets import Part
from console.widgets.virtual_table import VirtualTable
from console.wording import parts_of, without

WIDE = 120


class ListView(ExportingView):
    """The rows of one plan, as the store has them now."""

    BINDINGS = bindings(LIST_KEYS)

    def __init__(
        self, plan: ListPlan, seat: Seat, place: Place | None = None, settings: Settings | None = None
    ) -> None:
        super().__init__(plan, seat, place, settings)
        self.panes = {"below": False, "side": True}
        self._word = ""
        self._opened: DetailView | None = None
        self._goes_to_new = False

    def body(self) -> ComposeResult:
        """List and detail."""
        with Container(id="body"):
            yield VirtualTable(lambda row: row, id="table")
            yield Detail(
                self.word("detail", press=self.key_of("detail")), self.word("detail_nothing"), id="detail"
            )

    @property
    def main(self) -> Widget:
        """The list has the keys."""
        return self.table

    @property
    def detail(self) -> Detail:
        """The detail beside or below it."""
        return self.query_one("#detail", Detail)

    @property
    def newest_seen(self) -> int | None:
        """The newest event among the rows, where they are changes."""
        if self.plan.seen is None or self.answer is None:
            return None
        table = self.answer.loaded.table
        place = table.keys().index(self.plan.seen)
        return max((int(row[place]) for row in table.rows), default=None)

    def on_mount(self) -> None:
        """The first word is said before the first answer."""
        self._word = self.word("asking")
        self._head()
        self.status()

    def answered(self) -> None:
        """Say what there is now."""
        super().answered()
        self.keep_marks()
        self.table.sorted_by(self.choice.sort)
        if self._goes_to_new:
            self._goes_to_new = False
            self.action_next_new()
        self._word = ""
        self.taken_up()
        self.status()
        self._head()

    # What the user does

    def on_virtual_table_row_highlighted(self, message: VirtualTable.RowHighlighted) -> None:
        """The detail follows the cursor; a receipt is asked for once the cursor rests."""
        self._word = ""
        self.status()
        self._show_detail()
        self.rests_on(message.row)

    def on_virtual_table_row_chosen(self, message: VirtualTable.RowChosen) -> None:
        """Open the row on a screen of its own, or what it leads to."""
        if self.plan.opens is not None:
            place = self.plan.opens(self.fields(message.row))
            if place is not None:
                self.post_message(WentTo(place))
            return
        key, no = self.table.key_of(message.row), self.number(message.row)
        self._opened = DetailView(self.seat, self.plan.word, no or str(self.table.cursor + 1), key, bool(no))
        self.app.push_screen(self._opened, self._detail_closed)
        self.call_after_refresh(self._show_detail)

    def _detail_closed(self, _: str | None) -> None:
        self._opened = None

    def fields(self, row: Row) -> Mapping[str, Any]:
        """A row by its keys."""
        assert self.answer is not None
        return dict(zip(self.answer.loaded.table.keys(), row, strict=True))

    def action_back(self) -> None:
        """Stop a reading, drop the filter, else go to the view before."""
        if self.stop_reading():
            return
        if self.choice.filter:
            self.filter_by("")
        else:
            self.post_message(WentBack())

    def action_payments(self, of: str) -> None:
        """Open the payments of the row's batch, or of its person."""
        row = self.table.row
        facts = self.fields(row) if row is not None else {}
        keys = ("batch_no",) if of == "batch" else ("payment_no", "case_no")
        no = next((str(facts[key]) for key in keys if facts.get(key)), None)
        if no is None:
            self.says(self.word(f"none_of_{of}"))
        else:
            self.post_message(WentTo(place("payments", {of: no})))

    def action_again(self) -> None:
        """Ask again, and take the new rows in."""
        self.frozen = False
        self.ask(take=True)
        self._word = self.word("refreshed")

    def action_next_new(self) -> None:
        """Take the new rows in, and go to the next of them."""
        if self.answer is not None and self.answer.waiting:
            self._goes_to_new = True
            self.ask(self.answer.loaded, take=True)
            return
        while self.fresh:
            if self.table.go_to(self.fresh.pop(0)):
                self.table.news(frozenset(self.fresh))
                return
        self.says(self.word("none_new"))

    def action_pane(self) -> None:
        """Open or close the detail."""
        self.panes[self.detail.place] = not self.panes[self.detail.place]
        self._arrange()

    # How it looks

    def on_resize(self, event: Resize) -> None:
        """The detail stands at the side where there is room."""
        self._arrange()

    def _arrange(self) -> None:
        wide = self.app.size.width >= WIDE
        self.set_class(wide, "wide")
        self.detail.placed("side" if wide else "below")
        self.set_class(not self.panes[self.detail.place], "closed")
        self._show_detail()

    def rows_counted(self) -> None:
        """Say how many there are."""
        self._head()

    def receipt_came(self) -> None:
        """Put the receipt under the row's fields."""
        self._show_detail(keep_place=True)

    def _show_detail(self, keep_place: bool = False) -> None:
        if self.answer is None:
            return
        row = self.table.row
        table = self.answer.loaded.table
        parts: list[Part] = []
        if row is not None:
            parts = parts_of(table.columns, row, self.seat.lang)
            parts += without(parts[0].pairs, self.receipt_of(self.table.key_of(row)))
        if self._opened is not None and self._opened.is_mounted and row is not None:
            self._opened.shown(parts[:1], self.answer.loaded.standing)
        if row is not None and self.detail.place == "below":
            seen = self.table.shown_keys | CODES
            order = sorted(range(len(row)), key=lambda place: table.columns[place].key in seen)
            columns, values = [table.columns[place] for place in order], [row[place] for place in order]
            parts = parts_of(columns, values, self.seat.lang)
        self.detail.shown(parts, keep_place)

    def says(self, sentence: str) -> None:
        """Say something in the status line until something else happens."""
        self.told, self._word = "", sentence
        self.status()

    def status(self) -> None:
        """The status line: the filter, what is the matter or what was said, what is new, where one is."""
        # what is read, and how to stop it, has the line for itself
        shown = "" if self.is_reading else self.choice.filter
        words = [self.word("filter") + shown] if shown else []
        if self.frozen:
            words.append(self.word("frozen", press=self.key_of("freeze")))
        if self.answer is not None and self.answer.loaded.stopped:
            read, every = f"{self.answer.loaded.read:,}", self._told(self.answer.loaded.wanted)
            words.append(self.word("read_only_so_far", read=read, all=every))
        elif self.stale and self.answer is not None and self.is_long and self._reading is None:
            words.append(self.word("read_before"))
        waiting = self.answer.waiting if self.answer else 0
        if self.trouble is not None:
            words.append(self.trouble.sentence(self.seat.lang))
        elif self.told or self._word:
            words.append(self.told or self._word)
        elif waiting:
            words.append(self.word("new", count=waiting, press=self.key_of("new")))
        bar = self.query_one("#status", Bar)
        bar.says("  ".join(words), self._where(self.answer))
        bar.styles.height = (
            bar.lines_wanted(self.app.size.width) if self.trouble or self.told or self._word else 1
        )

    def _told(self, count: int) -> str:
        """A number of rows, with a sign where there may be more."""
        is_counted = self.answer is None or self.answer.loaded.is_counted
        return f"{count:,}{'' if is_counted else '+'}"

    def _where(self, answer: Answer | None) -> str:
        said = []
        if answer is not None and self.table.row is not None:
            said.append(self.word("place", place=f"{self.table.cursor + 1:,}"))
        if self.marks:
            said.append(self.word("marked", count=f"{len(self.marks):,}"))
        return self.word("comma").join(said)

    def _head(self) -> None:
        standing, count = None, ""
        if self.answer is not None:
            standing = self.answer.loaded.standing
            key = "count" if self.answer.loaded.is_counted else "count_least"
            key = "count_of" if self.choice.filter else key
            every = self._told(self.answer.loaded.count)
            count = self.word(key, count=f"{self.answer.count:,}", all=every)
        left = path(self.seat, standing, self.word(self.plan.word.removeprefix("console.")), *steps(self))
        self.query_one("#top", Bar).says(left, facts(self.seat, standing, count))

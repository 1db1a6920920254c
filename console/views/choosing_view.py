"""What a person chooses of a list: a filter, an order, columns, and the rows that are marked."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from console.answers import Answer, Choice
from console.aside import aside
from console.messages import StoreChanged
from console.places import Place
from console.plans import ListPlan
from console.seat import Seat
from console.session import key_text
from console.settings import Settings
from console.views.asking_view import AskingView
from console.views.columns_view import ColumnsView
from console.widgets.prompt import Task
from console.widgets.rows import Row
from store.errors import SuperviseError
from store.faults import as_told
from store.labels import label

if TYPE_CHECKING:
    from store.conditions import Tree

FILTER = "filter"
ASK_FIRST = 200_000  # a filter that reads more rows than these asks before it begins


class ChoosingView(AskingView):
    """The choices over a list; ListView shows them."""

    def __init__(
        self, plan: ListPlan, seat: Seat, place: Place | None = None, settings: Settings | None = None
    ) -> None:
        super().__init__(plan, seat, place)
        self.settings = settings or Settings()
        kept = self.settings.of(plan.kept_as)
        self.choice = Choice(sort=kept.sort, columns=kept.columns)
        self.marks: dict[Hashable, Row] = {}
        self._filters: list[str] = []
        self._begun = ""
        self._left_at = ""
        self._left_marks: frozenset[str] = frozenset()

    @property
    def row_key(self) -> Hashable:
        """The key of the row under the cursor; None where there is none, or nothing is shown yet."""
        row = self.table.row if self.is_mounted and self.answer is not None else None
        return None if row is None else self.table.key_of(row)

    def take_up(self, wanted: str, sort: str, row: str, marks: frozenset[str]) -> None:
        """Begin where an earlier session was cut off."""
        self.choice = replace(self.choice, filter=wanted, sort=sort or self.choice.sort)
        self._left_at, self._left_marks = row, marks

    def taken_up(self) -> None:
        """Put the marks and the cursor where they were, once the rows are here."""
        if self._left_marks and self.answer is not None and not self.answer.is_whole:
            self.with_all(self.taken_up)
        elif self.answer is not None and (self._left_marks or self._left_at):
            marks, row = self._left_marks, self._left_at
            self._left_marks, self._left_at = frozenset(), ""
            keys = {key_text(self.table.key_of(each)): each for each in self.answer.loaded.table.rows}
            self.marks = {self.table.key_of(keys[mark]): keys[mark] for mark in marks if mark in keys}
            self.table.mark(self.marks)
            if row in keys:
                self.table.go_to(self.table.key_of(keys[row]))
            self.status()

    def status(self) -> None:
        """Say how many are marked."""

    def keep_marks(self) -> None:
        """Of the marks keep those whose rows are still in the store's answer."""
        if self.marks and self.answer is not None and self.answer.is_whole:
            now = {self.table.key_of(row): row for row in self.answer.loaded.table.rows}
            # of a long list only the rows that pass the filter were kept: nothing is known of the others
            left = self.marks if self.answer.loaded.narrowed else {}
            self.marks = {
                key: now.get(key, row) for key, row in self.marks.items() if key in now or key in left
            }
        self.table.mark(self.marks)

    def action_freeze(self) -> None:
        """Let nothing change here until the same key is pressed again."""
        self.frozen = not self.frozen
        if not self.frozen and self.stale:
            self.post_message(StoreChanged())
        self.says("")

    def action_filter(self) -> None:
        """Type a filter; what was typed before stands there."""
        if self.answer is None:
            return
        from console.offering import offers

        table = self.answer.loaded.table
        labels = [label(column.key, self.seat.lang) for column in self.answer.columns]
        hint = self.word("hint.filter", fields=" ".join(labels))
        offered = partial(offers, table=table, lang=self.seat.lang)
        self.type(Task(FILTER, self.word("filter"), self.choice.filter, hint, offered, self._filters))

    def given(self, task: str, text: str) -> None:
        """Filter by what was typed, where it can be understood."""
        if task != FILTER:
            super().given(task, text)
            return
        text = text.strip()
        try:
            self._check(text)
            if self._asks_first(text):
                return
            self.filter_by(text)
        except SuperviseError as error:
            self.wrong(error.sentence(self.seat.lang))
            return
        self._remember(text)
        self.taken()

    def _asks_first(self, text: str) -> bool:
        """Whether the filter reads so many rows that it is begun by the same line once more."""
        if not text or self.plan.pages is None or self.answer is None or self._begun == text:
            return False
        if self._is_short or self.answer.loaded.serves(self._with(text), False):
            return False
        from console.indexed import is_served

        if is_served(self.place, self._check(text)):
            return False
        self._begun = text
        more = "" if self.answer.loaded.is_counted else "+"
        self.wrong(self.word("reads_much", all=f"{self.answer.loaded.count:,}{more}"))
        return True

    @property
    def _is_short(self) -> bool:
        """Whether there are surely few rows to read."""
        loaded = self.answer.loaded if self.answer is not None else None
        return loaded is None or (loaded.is_counted and loaded.count <= ASK_FIRST)

    def _with(self, text: str) -> Choice:
        return replace(self.choice, filter=text)

    def _check(self, text: str) -> Tree:
        from store.conditions import parse, understood

        return parse(text) if self.answer is None else understood(text, self.answer.loaded.table.columns)

    def filter_by(self, wanted: str) -> None:
        """Show only what fits; the cursor stays on its row where that is still there."""
        self._choose(self._with(wanted))

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.says("")
        usable = self.frozen or not self.stale or self.is_long
        self.ask(self.answer.loaded if self.answer and usable else None)

    def choose(self, where: str | None, sort: str | None, columns: tuple[str, ...] | None) -> None:
        """Choose what is not None."""
        if where is not None and self.answer is not None:
            try:
                self._check(where)
            except SuperviseError as error:
                self.wrong(error.sentence(self.seat.lang))
                return
        now = self.choice
        wanted = Choice(
            now.filter if where is None else where.strip(),
            now.sort if sort is None else sort,
            now.columns if columns is None else columns,
        )
        if wanted == now:
            return
        self._remember(wanted.filter)
        if not self.is_mounted:
            self.choice = wanted  # what it begins with
            return
        self._choose(wanted)
        self._keep()

    def _remember(self, text: str) -> None:
        if text:
            self._filters[:] = [each for each in self._filters if each != text] + [text]

    def action_filters(self) -> None:
        """Use, save, rename or delete a filter that has a name."""
        from console.views.filters_view import FiltersView

        page = FiltersView(self.seat, self.settings, self.plan.kept_as, self.plan.word, self.choice.filter)
        self.app.push_screen(page, self._filter_taken)

    def _filter_taken(self, text: str | None) -> None:
        if text is not None:
            self.choose(text, None, None)

    async def action_command_line(self) -> None:
        """Show the command line that gives these rows."""
        from console.commanding import command_line
        from console.views.command_view import CommandView

        if self.answer is None:
            return
        columns = self.answer.loaded.table.columns
        find = partial(command_line, self.seat, self.place, self.plan, columns, self.choice)
        try:
            command = await aside(find)
        except Exception as error:
            self.wrong(as_told(error).sentence(self.seat.lang))
        else:
            self.app.push_screen(CommandView(self.seat, self.plan.word, command))

    def _cut_short(self, found: Answer) -> bool:
        is_cut = super()._cut_short(found)
        if is_cut:
            self._keep()  # an order that was not waited for is not kept
        return is_cut

    def action_sort(self) -> None:
        """Sort by the current column, then the other way round, then as the question answers."""
        column = self.table.column
        if column is None:
            return
        order = ["", column.key, f"-{column.key}"]
        if column.right:
            order = ["", f"-{column.key}", column.key]
        now = self.choice.sort
        self.sort_by(order[(order.index(now) + 1) % 3] if now in order else order[1])

    def sort_by(self, sort: str) -> None:
        """Sort by a column's key, `-` before it for descending."""
        self._choose(replace(self.choice, sort=sort))
        self._keep()

    def action_columns(self) -> None:
        """Choose columns from a list."""
        if self.answer is None:
            return
        every = [column.key for column in self.answer.loaded.table.columns]
        usual = [column.key for column in self.plan.table_columns(self.answer.loaded.table, self.seat.lang)]
        now = [column.key for column in self.answer.columns]
        rest = [key for key in (*usual, *every) if key not in now]
        chooser = ColumnsView(self.seat, self.plan.word, now, list(dict.fromkeys(rest)), usual)
        self.app.push_screen(chooser, self._columns_chosen)

    def _columns_chosen(self, chosen: tuple[str, ...] | None) -> None:
        if chosen is not None and self.answer is not None:
            usual = self.plan.table_columns(self.answer.loaded.table, self.seat.lang)
            is_usual = chosen == tuple(column.key for column in usual)
            self._choose(replace(self.choice, columns=None if is_usual else chosen))
            self._keep()

    def _keep(self) -> None:
        self.settings.keep(self.plan.kept_as, self.choice.sort, self.choice.columns)
        if self.settings.trouble:
            self.says(self.settings.trouble)

    def action_mark(self) -> None:
        """Mark the row, or take its mark away, and go to the next."""
        row = self.table.row
        if row is not None:
            key = self.table.key_of(row)
            if self.marks.pop(key, None) is None:
                self.marks[key] = row
            self.table.mark(self.marks)
            self.table.go(self.table.cursor + 1)
            self.status()

    def action_mark_all(self) -> None:
        """Mark every row that fits the filter."""
        self.with_all(self._mark_all)

    def _mark_all(self) -> None:
        if self.answer is not None:
            self.marks |= {self.table.key_of(row): row for row in self.answer.rows}
            self.table.mark(self.marks)
            self.status()

    def action_unmark(self) -> None:
        """Take all marks away."""
        self.marks = {}
        self.table.mark(self.marks)
        self.status()

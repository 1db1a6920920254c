"""The morning: what waits, what is late, what failed, what came in, by county; a figure opens its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget

from console.actions import Action, actions_of
from console.asker import Asker
from console.keys import APP_KEYS, HOME_KEYS, TABLE_KEYS, VIEW_KEYS, bindings
from console.messages import Commanded, MorningCame, StoreChanged, StoreTroubled, WentBack
from console.morning import cells
from console.places import Place
from console.seat import Seat
from console.views.frame import facts, path
from console.views.page import Page
from console.widgets.bars import Bar
from console.widgets.board import Board
from store.database import reading
from store.faults import as_told
from store.pulse import still_there
from store.queries.standing import Standing

if TYPE_CHECKING:
    from store.queries.home import Home


@dataclass(frozen=True)
class Morning:
    """The figures, as the store answered."""

    home: Home

    @property
    def standing(self) -> Standing:
        """Where the viewer stands."""
        return Standing(self.home.place, self.home.changed_at)


def morning(seat: Seat, silent: bool) -> Morning:
    """Ask for the morning; `silent` keeps the counties whose data has fallen silent alone."""
    from store.queries.home import figures

    still_there(seat.store)
    with reading(seat.store) as connection:
        home = figures(connection, seat.viewer, seat.as_of)
    if silent:
        home = replace(home, counties=tuple(line for line in home.counties if line.silent))
    return Morning(home)


class HomeView(Page):
    """The first view."""

    BINDINGS = bindings(HOME_KEYS)
    bar_keys = HOME_KEYS
    actions: tuple[Action, ...] = actions_of((*HOME_KEYS, *TABLE_KEYS, *APP_KEYS, *VIEW_KEYS))

    def __init__(self, seat: Seat, place: Place) -> None:
        super().__init__(seat)
        self.place = place
        self.stale = True
        self.frozen = False
        self.found: Morning | None = None
        self._asker = Asker("home")
        self._word = self.word("asking")
        self._moved = False

    def body(self) -> ComposeResult:
        """The page of figures."""
        yield Board(id="board")

    @property
    def main(self) -> Widget:
        """The figures have the keys."""
        return self.board

    @property
    def newest_seen(self) -> int | None:
        """The newest event that the figures know of."""
        return self.found.home.newest_seq if self.found else None

    @property
    def board(self) -> Board:
        """The page of figures."""
        return self.query_one("#board", Board)

    def on_mount(self) -> None:
        """The first word is said before the first answer."""
        self._head()
        self.says(self._word)

    def another_day(self, seat: Seat) -> None:
        """Look at another day."""
        super().another_day(seat)
        self.stale = True

    def on_store_changed(self, message: StoreChanged) -> None:
        """Ask again; at once where this is looked at, else when it is looked at again."""
        self.stale = True
        if self in self.app.screen_stack and not self.frozen:
            self.ask()

    def on_store_troubled(self, message: StoreTroubled) -> None:
        """Say what is the matter; the figures stay as they were."""
        self.says(message.error.sentence(self.seat.lang))

    def ask(self) -> None:
        """Ask for the figures as they are now."""
        self.stale = False
        seat, silent = self.seat, bool(self.place.options)

        def find() -> None:
            found: MorningCame | StoreTroubled
            try:
                found = MorningCame(morning(seat, silent))
            except Exception as error:
                found = StoreTroubled(as_told(error))
            try:
                self.post_message(found)
            except RuntimeError:
                return  # the console has been left

        self._asker.ask(find)

    def on_morning_came(self, message: MorningCame) -> None:
        """Show the figures; the cursor stays on its own."""
        self.found = message.morning
        if self._word == self.word("asking"):
            self._word = ""
        self._lay_out()
        self._head()
        self._status()

    def on_board_resized(self, message: Board.Resized) -> None:
        """Lay the figures out in the room there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self.found is not None:
            room = self.board.size
            self.board.shown(cells(self.found.home, self.seat.lang, room.width, room.height))

    def on_board_highlighted(self, message: Board.Highlighted) -> None:
        """Say which command opens the same rows."""
        if self.found is not None:
            self._word = "" if self._moved else self._word
            self._moved = True
        self._status()

    def on_board_chosen(self, message: Board.Chosen) -> None:
        """Open the rows of a figure."""
        self.app.post_message(Commanded(message.opens, typed=False))

    def says(self, sentence: str) -> None:
        """Say something in the status line until the cursor moves."""
        self._word = sentence
        self._status()

    def _status(self) -> None:
        cell = self.board.cell
        words = [self.word("frozen", press=self.key_of("freeze"))] if self.frozen else []
        words += [self._word] if self._word else []
        self.query_one("#status", Bar).says("  ".join(words), f":{cell.opens}" if cell else "")

    def _head(self) -> None:
        standing = self.found.standing if self.found else None
        left = path(self.seat, standing, self.word("view.home"))
        self.query_one("#top", Bar).says(left, facts(self.seat, standing, f"{self.seat.as_of}"))

    def action_again(self) -> None:
        """Ask again."""
        self.frozen = False
        self.ask()

    def action_freeze(self) -> None:
        """Let nothing change here until the same key is pressed again."""
        self.frozen = not self.frozen
        if not self.frozen and self.stale:
            self.ask()
        self._status()

    def action_back(self) -> None:
        """To the view before."""
        self.post_message(WentBack())

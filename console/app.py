"""The console itself: its views as modes, and the keys that are the same in all of them."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import ClassVar

from console import lists, session
from console.aside import aside
from console.asker import Asker
from console.driver import TerminalDriver
from console.keys import ACT_KEYS, APP_KEYS, VIEW_KEYS, bindings
from console.messages import Commanded, Opened, Refused, StoreChanged, StoreTroubled, Told, WentBack, WentTo
from console.opening import Opening
from console.orders import Go, OnDay, Order, Run, understood
from console.painted import PaintedApp
from console.places import Place
from console.plans import ListPlan
from console.seat import Seat
from console.settings import Settings
from console.shown import settle
from console.terminal import Terminal, look_of
from console.trail import Trail
from console.typeahead import KeysInOrder
from console.views.detail_view import DetailView
from console.views.help_view import HelpView
from console.views.list_view import ListView
from console.views.page import Page
from console.watcher import watching
from store.errors import SuperviseError
from store.faults import as_told


class Console(KeysInOrder, PaintedApp, inherit_bindings=False):
    """One mode a place; the watcher's word goes to every view."""

    CSS_PATH = Path(__file__).with_name("style.tcss")
    BINDINGS = bindings((*APP_KEYS, *VIEW_KEYS, *ACT_KEYS))
    ENABLE_COMMAND_PALETTE = False
    FIRST: ClassVar[Place] = Place("home")

    def __init__(
        self, seat: Seat, settings: Settings | None = None, terminal: Terminal | None = None
    ) -> None:
        super().__init__(driver_class=TerminalDriver)
        self.terminal = terminal
        self.set_look(look_of(terminal) if terminal else "16")
        self.painter.wide = terminal is not None and terminal.assumed == 2
        settle(self.painter.wide)
        self.animation_level = "none"
        self.settings = settings or Settings()
        self.seat = replace(seat, keyboard=self.settings.wishes.keyboard)
        self.set_keymap(self.seat.keyboard.keymap)
        self.trail = Trail()
        self.opening = Opening(self)
        self.typed: list[str] = []
        self._asker = Asker("orders")
        self._stop: Event | None = None
        self._beaten = False
        self._dropped = False
        self.began_on = seat.day
        self._ordered = False  # what was ordered is not on the screen yet

    def draw_ambiguous(self, cells: int) -> None:
        """What stands on the screen was laid out for other widths: every view asks again."""
        before = self.painter.wide
        super().draw_ambiguous(cells)
        if self._beaten and self.painter.wide != before:
            self.post_message(StoreChanged())

    def on_mount(self) -> None:
        """The first view; then the store is watched, and its first beat makes the view ask."""
        self._remember()
        self.go(self.FIRST)
        self.call_after_refresh(self._say_settings)
        if self.terminal is not None:
            for number in (signal.SIGHUP, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, self.dropped, number)
        self._offer()
        self._stop = watching(
            self.seat.store,
            lambda: self._post(StoreChanged()),
            lambda error: self._post(StoreTroubled(error)),
        )

    @property
    def leaving(self) -> frozenset[str]:
        """To leave waits for nothing."""
        return self.seat.keyboard.leaving

    @property
    def opening_something(self) -> bool:
        """Whether a view, its rows or a dialog is about to be there."""
        page = self.screen if isinstance(self.screen, Page) else None
        led = any(worker.group == "act" and not worker.is_finished for worker in self.workers)
        awaited = page is not None and (led or not page.is_ready)
        return self._ordered or awaited or super().opening_something

    def dropped(self, number: int = signal.SIGHUP) -> None:
        """The line is gone: keep what is open, and end."""
        if not self._dropped:
            self._dropped = True
            from console.resuming import end_kept

            end_kept(self, number)

    def _offer(self) -> None:
        kept = session.kept(self.seat)
        if kept is not None:
            from console.resuming import offer

            offer(self, kept)

    def order_line(self, line: str) -> None:
        """Do what a line says."""
        self._order(line)

    def _say_settings(self) -> None:
        # what of the settings is not taken is said at once, and never stops anything
        faults = self.settings.wishes.faults
        if self.settings.trouble:
            self._says("settings_damaged", path=self.settings.trouble)
        elif faults and isinstance(self.screen, Page):
            sentence = faults[0].sentence(self.seat.lang)
            more = self.screen.word("settings_more", sentence=sentence, count=len(faults) - 1)
            self.screen.says(more if len(faults) > 1 else sentence)

    def _remember(self) -> None:
        # what was open when the console was left is the view before; an older console may have had others
        if self.settings.last:
            with suppress(SuperviseError):
                order = understood(self.settings.last, self.seat.lang)
                if isinstance(order, Go) and order.place != self.FIRST:
                    self.trail.remember(order.place)

    def plan_of(self, place: Place) -> ListPlan:
        """The plan of a list's place."""
        make = lists.view(place.view).plan
        assert make is not None
        return make(dict(place.options), self.seat.lang)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        if self._stop is not None:
            self._stop.set()

    def _post(self, message: StoreChanged | StoreTroubled | Opened | Told | Refused) -> None:
        try:
            self.post_message(message)
        except RuntimeError:
            return  # the console has been left

    def on_store_changed(self, message: StoreChanged) -> None:
        """Every view learns of it; the ones that are not looked at ask later."""
        self._beaten = True
        for page in self.opening.pages():
            page.post_message(StoreChanged())

    def on_store_troubled(self, message: StoreTroubled) -> None:
        """Every view says it."""
        for page in self.opening.pages():
            page.post_message(StoreTroubled(message.error))

    # Where one goes

    def go(self, place: Place, remember: bool = True) -> None:
        """Go to a place; the one before is remembered."""
        if isinstance(self.screen, HelpView):
            self.pop_screen()
        if remember:
            self.trail.visit(place)
        view = self.opening.view(place)
        self.switch_mode(place.line)
        self.settings.leave_at(place.line)
        if self._beaten and view.stale:
            view.post_message(StoreChanged())

    def action_open(self, line: str) -> None:
        """Go to the view that a key stands for."""
        self._order(line)

    def action_last_view(self) -> None:
        """Go to the view that was looked at before this one."""
        last = self.trail.last
        if last is None:
            self._says("no_last")
        else:
            self._order_place(last)

    def action_walk(self, step: int) -> None:
        """Go back or forth among the views that were looked at."""
        place = self.trail.step(step)
        if place is None:
            self._says("no_older" if step < 0 else "no_newer")
        else:
            self.go(place, remember=False)

    def on_went_back(self, message: WentBack) -> None:
        """Go to the view before, if there was one."""
        place = self.trail.step(-1)
        if place is None:
            self._says("top", press=self.seat.keyboard.first("quit"))
        else:
            self.go(place, remember=False)

    def on_went_to(self, message: WentTo) -> None:
        """A row leads elsewhere."""
        self._order_place(message.place)

    # What is typed

    def action_command(self) -> None:
        """Type a command."""
        if isinstance(self.screen, Page):
            self.screen.ask_command(self.typed)

    def on_commanded(self, message: Commanded) -> None:
        """Do what was typed."""
        line = message.line.strip()
        if line and message.typed:
            self.typed[:] = [each for each in self.typed if each != line] + [line]
        self._order(line)

    def _order_place(self, place: Place) -> None:
        self._do(place.line, Go(place))

    def _order(self, line: str) -> None:
        try:
            order = understood(line, self.seat.lang)
        except SuperviseError as error:
            self.on_refused(Refused(line, error))
        else:
            self._do(line, order)

    def _do(self, line: str, order: Order) -> None:
        if isinstance(order, Run):
            self._taken()
            self.call_later(self.perform, order.action.run)
        elif isinstance(order, OnDay):
            self._taken()
            self.opening.look_at(order.day)
        elif isinstance(order, Go) and self._is_here(order):
            self._taken()
            if order.day is not None:
                self.opening.look_at(order.day)
            self.go(order.place)
            self.opening.choose(order)
        else:
            self._wait()
            self._asker.ask(lambda: self._post(self.opening.asked(line, order)))

    def _is_here(self, go: Go) -> bool:
        """Whether a view needs not be asked beforehand; another day is only taken when there is an answer."""
        return self.opening.has(go.place) and (go.day is None or go.place.view == "home")

    async def perform(self, action: str) -> None:
        """Run an action where it is one: at what has the keys, on the screen, or here."""
        name = action.partition("(")[0]
        for target in (self.focused, self.screen, self):
            if hasattr(target, f"action_{name}"):
                await self.run_action(action, target)
                return
        self._says("not_here")

    def on_opened(self, message: Opened) -> None:
        """The view that was asked for has its answer."""
        self._taken()
        if message.go.day is not None:
            self.opening.look_at(message.go.day)
        view = self.opening.view(message.go.place)
        self.opening.choose(message.go)
        if isinstance(view, ListView):
            view.begin(message.loaded)
        self.go(message.go.place)

    def on_told(self, message: Told) -> None:
        """What was asked of a number is here: it gets its page."""
        self._taken()
        tell = message.tell
        page = DetailView(self.seat, "console.order.show", tell.no, receipt_only=tell.receipt)
        self.push_screen(page)
        self.call_after_refresh(page.told, message.receipt.parts)

    def on_refused(self, message: Refused) -> None:
        """Say why; what was typed is kept."""
        self._ordered = False
        if isinstance(self.screen, Page):
            self.screen.wrong(message.error.sentence(self.seat.lang))

    def _taken(self) -> None:
        self._ordered = False
        if isinstance(self.screen, Page) and self.screen.prompt.doing is not None:
            self.screen.taken()

    def _wait(self) -> None:
        self._ordered = True
        if isinstance(self.screen, Page):
            self.screen.wrong(self.screen.word("asking"))

    def _says(self, key: str, **values: object) -> None:
        if isinstance(self.screen, Page):
            self.screen.says(self.screen.word(key, **values))

    def action_act(self, name: str = "") -> None:
        """Do something with the row or the marks: the act of this name, or one to be chosen."""
        from console.acting import begin

        begin(self, self.seat, name)

    async def action_looked(self) -> None:
        """Note that the changes told here were looked at, up to the newest of them."""
        from console.doing import look_noted

        seq = self.screen.newest_seen if isinstance(self.screen, Page) else None
        if seq is None:
            self._says("not_here")
        elif not self.seat.may_act:
            self._says("looked_not")
        else:
            try:
                await aside(partial(look_noted, self.seat, seq))
            except Exception as error:
                self._post(StoreTroubled(as_told(error)))
            else:
                self._post(StoreChanged())
                self._says("looked", seq=seq)

    def action_explain_keys(self) -> None:
        """Open the help."""
        if isinstance(self.screen, Page) and not isinstance(self.screen, HelpView):
            actions = self.screen.actions
            if not self.seat.may_act:
                actions = tuple(action for action in actions if not action.is_act)
            self.push_screen(HelpView(self.seat, actions), self._chosen)

    def _chosen(self, action: str | None) -> None:
        if action is not None:
            self.call_later(self.perform, action)

    def action_check_terminal(self) -> None:
        """Say what the terminal is."""
        from console.terminal import found
        from console.views.check_view import check_page

        size = (self.size.width, self.size.height)
        page, parts = check_page(self.seat, self.terminal or found(self.settings.wishes), self.settings, size)
        self.push_screen(page)
        self.call_after_refresh(page.told, parts)

    def action_leave(self) -> None:
        """End at once."""
        self.exit(0)

    def action_say_how_to_leave(self) -> None:
        """Ctrl+C ends nothing here: say what does."""
        self._says("how_to_leave", press=self.seat.keyboard.first("quit"))

    def action_repaint(self) -> None:
        """Paint the whole screen again, whatever the terminal shows."""
        self.painter.forget()
        self.refresh(layout=True)

    @property
    def fault(self) -> Exception | None:
        """What ended the console against everyone's will."""
        return self._exception

    def _fatal_error(self) -> None:
        # no traceback on the screen: it would show data; `start` raises the error again for the log
        self._close_messages_no_wait()

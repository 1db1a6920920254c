"""The console itself: its views as modes, and the keys that are the same in all of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event
from typing import ClassVar

from textual.app import App

from console.keys import ACT_KEYS, APP_KEYS, VIEW_KEYS, bindings
from console.messages import StoreChanged, StoreTroubled, WentBack
from console.plans import ListPlan
from console.seat import Seat
from console.views import failed, ledger, overdue
from console.views.help_view import HelpView
from console.views.list_view import ListView
from console.watcher import watching
from store.errors import SuperviseError


class Console(App[int], inherit_bindings=False):
    """One list per question; the watcher's word goes to every view."""

    CSS_PATH = Path(__file__).with_name("style.tcss")
    BINDINGS = bindings((*APP_KEYS, *VIEW_KEYS, *ACT_KEYS))
    ENABLE_COMMAND_PALETTE = False
    PLANS: ClassVar[tuple[ListPlan, ...]] = (overdue.PLAN, failed.PLAN, ledger.PLAN)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.theme = "ansi-dark"
        self.animation_level = "none"
        self.views = {plan.name: ListView(plan, seat) for plan in self.PLANS}
        for name in self.views:
            self.add_mode(name, partial(self.views.__getitem__, name))
        self._history: list[str] = []
        self._stop: Event | None = None
        self._beaten = False

    def on_mount(self) -> None:
        """The first view; then the store is watched, and its first beat makes the view ask."""
        self.switch_mode(self.PLANS[0].name)
        self._stop = watching(self.seat.store, self._changed, self._troubled)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        if self._stop is not None:
            self._stop.set()

    def _changed(self) -> None:
        self._post(StoreChanged())

    def _troubled(self, error: SuperviseError) -> None:
        self._post(StoreTroubled(error))

    def _post(self, message: StoreChanged | StoreTroubled) -> None:
        try:
            self.post_message(message)
        except RuntimeError:
            return  # the console has been left

    def on_store_changed(self, message: StoreChanged) -> None:
        """Every view learns of it; the ones that are not looked at ask later."""
        self._beaten = True
        for view in self.views.values():
            if view.is_mounted:
                view.post_message(StoreChanged())

    def on_store_troubled(self, message: StoreTroubled) -> None:
        """Every view says it."""
        for view in self.views.values():
            if view.is_mounted:
                view.post_message(StoreTroubled(message.error))

    def action_view(self, name: str) -> None:
        """Go to a view; the one before is remembered."""
        if self.current_mode != name:
            self._history.append(self.current_mode)
        self._go(name)

    def on_went_back(self, message: WentBack) -> None:
        """Go to the view before, if there was one."""
        if self._history:
            self._go(self._history.pop())
        elif isinstance(self.screen, ListView):
            self.screen.says("top")

    def _go(self, name: str) -> None:
        if isinstance(self.screen, HelpView):
            self.pop_screen()
        self.switch_mode(name)
        if self._beaten and self.views[name].stale:
            self.views[name].post_message(StoreChanged())

    def action_act(self, name: str = "") -> None:
        """Do something with the row or the marks: the act of this name, or one to be chosen."""
        from console.acting import begin

        begin(self, self.seat, name)

    def action_explain_keys(self) -> None:
        """Open the help."""
        self.push_screen(HelpView(self.seat))

    def action_leave(self) -> None:
        """End at once."""
        self.exit(0)

    def action_say_how_to_leave(self) -> None:
        """Ctrl+C ends nothing here: say what does."""
        if isinstance(self.screen, ListView):
            self.screen.says("how_to_leave")

    def action_repaint(self) -> None:
        """Paint the whole screen again."""
        self.refresh(layout=True)

    @property
    def fault(self) -> Exception | None:
        """What ended the console against everyone's will."""
        return self._exception

    def _fatal_error(self) -> None:
        # no traceback on the screen: it would show data; `start` raises the error again for the log
        self._close_messages_no_wait()

"""Keys typed ahead: each waits until the one before has done all it does, so that none goes astray.

Over a slow line keys arrive in bundles, and Textual hands each to whatever has the focus at that moment,
though the key before may be about to open a line or a dialog. Here a key is let through only when an echo
sent after the one before has come back through the same queues, and while nothing is being opened.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message import Message

ECHOES = 5  # the first follows the key, each other what was posted by what the one before followed
LONGEST_S = (
    3.0  # an echo that got lost with its screen, or a question that takes longer, holds no key for good
)
AGAIN_S = 0.01


class Echo(Message, bubble=True):
    """Comes back to the app after all that was sent before it."""

    def __init__(self, number: int, echoes: int) -> None:
        super().__init__()
        self.number = number
        self.echoes = echoes


class KeysInOrder(App[int]):
    """An app that takes one key after the other."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._held: deque[Key | Paste] = deque()
        self._number = 0
        self._echoed = 0
        self._since = 0.0
        self._ticking = False

    @property
    def leaving(self) -> frozenset[str]:
        """The keys that wait for nothing: those that end the console."""
        return frozenset({"f10", "ctrl+q"})

    @property
    def opening_something(self) -> bool:
        """Whether the next key is for what is about to be there."""
        screen = self.screen
        return not screen.is_mounted or (screen.focused is None and bool(screen.focus_chain))

    async def on_event(self, event: Event) -> None:
        """Hold a key while the one before is on its way."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif isinstance(event, Key) and event.key in self.leaving:
            await self._let_through(event)
        else:
            self._held.append(event)
            await self._next()

    async def on_echo(self, message: Echo) -> None:
        """Let the next key through when the last echo of the one before is back."""
        message.stop()
        if message.number != self._number:
            return
        if message.echoes > 1:
            self._send_echo(message.echoes - 1)
        else:
            self._echoed = message.number
            await self._next()

    async def _next(self) -> None:
        while self._held and not self._busy():
            await self._let_through(self._held.popleft())
        if self._held and not self._ticking:
            self._ticking = True
            self.set_timer(AGAIN_S, self._tick)

    async def _tick(self) -> None:
        self._ticking = False
        await self._next()

    def _busy(self) -> bool:
        waited = time.monotonic() - self._since
        return waited < LONGEST_S and (self._echoed != self._number or self.opening_something)

    async def _let_through(self, key: Key | Paste) -> None:
        self._number += 1
        self._since = time.monotonic()
        await super().on_event(key)
        self._send_echo(ECHOES)

    def _send_echo(self, echoes: int) -> None:
        (self.focused or self.screen).post_message(Echo(self._number, echoes))

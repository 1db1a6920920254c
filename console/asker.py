"""Asks one question at a time in the background; a newer question takes the place of one that still waits.

The thread is a daemon: to leave never waits for an answer that nobody will read.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread


class Asker:
    """Runs questions one after the other outside the thread of the screen."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = Lock()
        self._waiting: Callable[[], None] | None = None
        self._busy = False

    def ask(self, question: Callable[[], None]) -> None:
        """Run `question` soon; one that was asked before and has not begun is forgotten."""
        with self._lock:
            self._waiting = question
            if self._busy:
                return
            self._busy = True
        Thread(target=self._work, name=self._name, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                question, self._waiting = self._waiting, None
                if question is None:
                    self._busy = False
                    return
            question()

"""Notices within a second that anyone committed to the store, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from store.database import Store
from store.errors import SuperviseError
from store.pulse import Pulse

EVERY_S = 0.25


def watch(
    store: Store,
    changed: Callable[[], None],
    troubled: Callable[[SuperviseError], None],
    stop: Event,
    every: float = EVERY_S,
) -> None:
    """Until `stop` is set call `changed` at the first beat, after each commit, and when a lost store is back.

    `troubled` is told once of each trouble; the store is asked again until it answers.
    """
    pulse = Pulse(store)
    mark: object = None
    trouble: str | None = None
    first = True
    while not stop.is_set():
        try:
            beat = pulse.beat()
        except SuperviseError as error:
            # a busy file is no trouble: it answers at the next beat
            if error.key not in ("store_locked", trouble):
                trouble = error.key
                troubled(error)
        else:
            if first or trouble or beat != mark:
                changed()
            first, trouble, mark = False, None, beat
        stop.wait(every)
    pulse.close()


def watching(store: Store, changed: Callable[[], None], troubled: Callable[[SuperviseError], None]) -> Event:
    """Start the watch; whoever sets the event that is returned ends it."""
    stop = Event()
    Thread(target=watch, args=(store, changed, troubled, stop), name="watcher", daemon=True).start()
    return stop

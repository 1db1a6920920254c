"""Imports take turns: who comes second is told, waits, and goes on when the first ends or is killed."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from store.database import Store, importing

HOLD = """
import sys
from store.database import importing, store_at
with importing(store_at(sys.argv[1]), lambda: None):
    print("mine", flush=True)
    sys.stdin.read()
"""


def holder(store: Store) -> subprocess.Popen[str]:
    """Another process whose turn it is."""
    name = store.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "mine\n"
    return process


def test_the_second_is_told_and_goes_on_when_the_first_is_killed(store: Store) -> None:
    first = holder(store)
    told, done = threading.Event(), threading.Event()

    def second() -> None:
        with importing(store, told.set):
            done.set()

    thread = threading.Thread(target=second)
    thread.start()
    assert told.wait(30)
    assert not done.is_set()
    first.kill()
    first.wait()
    assert done.wait(30)
    thread.join()


def test_alone_nobody_waits_and_nothing_is_left(store: Store) -> None:
    told: list[str] = []
    for _ in range(2):
        with importing(store, lambda: told.append("waits")):
            pass
    assert told == []
    if store.path is not None:
        assert not Path(f"{store.path}-import").exists()

"""An import that is killed again and again, at random moments, leaves what one that ran through leaves."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from store.database import reading, store_at
from tests.benchmarks.books.writing import Wanted, write_books
from tests.intake_state import state
from tests.running import ROOT, AsProcess, environment

KILLS = int(os.environ.get("SUPERVISE_TEST_KILLS", "5"))  # on each database
PATIENCE = 120


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books with cases and stages, a part of whose lines are spoiled."""
    folder = tmp_path_factory.mktemp("books")
    write_books(folder, Wanted(16_000, per_file=8_000, spoiled=25))
    return folder


def begun(supervise: AsProcess, folder: Path) -> subprocess.Popen[bytes]:
    """An import as a process of its own."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "commands", "import", str(folder)],
        env={**env, **environment(supervise.home, supervise.store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def left(supervise: AsProcess) -> dict[str, Any]:
    """What a store holds, its figures checked against the rows."""
    checked = supervise("store", "check")
    assert checked.code == 0, checked
    store = store_at(supervise.store)
    with reading(store) as connection:
        found = state(connection)
    store.engine.dispose()
    return found


def test_no_kill_loses_or_doubles_a_line(
    database: str, books: Path, new_database: Callable[..., str], home: Path
) -> None:
    whole = AsProcess(home, new_database(database, made=True))
    started = time.monotonic()
    through = begun(whole, books)
    _, said = through.communicate(timeout=PATIENCE)
    took = time.monotonic() - started
    assert through.returncode in (0, 3), said.decode()
    wanted = left(whole)
    assert wanted["reject"] and wanted["failure"] and wanted["stages"]
    chance, kills = random.Random(2025), 0
    broken = AsProcess(home, new_database(database, made=True))
    while True:
        process = begun(broken, books)
        if kills < KILLS:
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.1, 1) * took)
            process.kill()
        _, said = process.communicate(timeout=PATIENCE)
        if process.returncode == -9:
            kills += 1
            continue
        assert process.returncode in (0, 3), said.decode()
        assert left(broken) == wanted
        if kills >= KILLS:
            return
        broken = AsProcess(home, new_database(database, made=True))

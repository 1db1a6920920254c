"""A store that is open keeps its locks: another process that ends does not take its write-ahead log away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from store.database import Store
from store.pulse import Pulse, still_there
from tests.running import InProcess

COMMIT = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1])
other.execute("DELETE FROM setting")
other.commit()
other.close()
"""


@pytest.fixture
def database() -> str:
    """Only SQLite has a file."""
    return "sqlite"


def test_a_store_that_is_looked_at_keeps_its_locks(store: Store) -> None:
    assert store.path is not None
    log = Path(f"{store.path}-wal")
    pulse = Pulse(store)
    before = pulse.beat()
    with store.engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM setting")).all()
        connection.rollback()
        assert store.exists()
        still_there(store)
        subprocess.run([sys.executable, "-c", COMMIT, str(store.path)], check=True)
        assert log.exists()
        assert pulse.beat() != before
    pulse.close()


def test_the_store_is_neither_taken_in_nor_written_over(store: Store, home: Path) -> None:
    supervise = InProcess(home, str(store.path))
    assert supervise("import", str(store.path)).code == 1
    assert supervise("posts", "--output", str(store.path)).code == 1
    assert supervise("posts", "--format", "json", check=0).json()

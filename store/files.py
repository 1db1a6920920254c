"""The file of an SQLite store: opened where nothing may be written, and put in its place when it is whole."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from store.errors import NotDone

WAIT_S = 15


def log_of(path: Path) -> Path:
    """Where an SQLite file's write-ahead log stands."""
    return path.with_name(f"{path.name}-wal")


def read_only_file(path: Path) -> sqlite3.Connection:
    """A connection to an SQLite file that is not written here.

    Where no write-ahead log stands beside it nobody writes it, and SQLite need not try to make one there.
    A log that is there is read with it.
    """
    log = log_of(path)
    alone = not log.exists() or log.stat().st_size == 0
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    raw = sqlite3.connect(uri, uri=True, timeout=WAIT_S, check_same_thread=False)
    raw.isolation_level = None
    for pragma in ("query_only=ON", "temp_store=MEMORY", "cache_size=-65536"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def put_in_place(made: Path, path: Path) -> None:
    """Give a whole file its name, for good; NotDone where something has the name already."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    if path.exists():
        raise NotDone("store_taken", store=str(path))
    made.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

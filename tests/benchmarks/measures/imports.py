"""Imports beside `sqlite3 .import` of the same payments and returns into text columns, without any check."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.books.payments import PAYMENTS, RETURNS
from tests.benchmarks.books.writing import Wanted, write_books
from tests.benchmarks.pairs import SUPERVISE, Pair, Run, run

DAY = 50_000  # lines


def measure(folder: Path, size: int) -> Iterator[Pair]:
    """Every line of the table that is about imports."""
    plain = _books(folder / "plain", Wanted(size, cases=False))
    peer = _peer(folder, plain)
    ours = _ours(folder / "plain.db", plain)
    yield Pair(f"import of {size:,} payments and returns, numbers in order", ours.seconds, peer.seconds, 1.5)
    yield Pair("  the same, processor", ours.processor, peer.processor, 1.5)
    yield Pair("  its memory, against 700 MiB", ours.peak, 700, 1, "MiB")
    yield from _day(folder, size)
    scattered = _books(folder / "scattered", Wanted(size, scattered=True, cases=False))
    other = _peer(folder, scattered)
    again = _ours(folder / "scattered.db", scattered)
    yield Pair("  numbers in random order", again.seconds, other.seconds, 5)
    yield Pair("  the same, processor", again.processor, other.processor, 5)
    yield from _forms(folder, min(size, 200_000))
    yield from _spoiled(folder, min(size, 500_000))


def _forms(folder: Path, size: int) -> Iterator[Pair]:
    took = {}
    for encoding in ("utf-8", "gb18030", "xlsx"):
        paths = _books(folder / encoding, Wanted(size, encoding=encoding, cases=False))
        took[encoding] = _ours(folder / f"{encoding}.db", paths).seconds
    yield Pair(f"GB18030 against UTF-8, {size:,} payments", took["gb18030"], took["utf-8"], 1.8)
    yield Pair(f"XLSX against UTF-8, {size:,} payments", took["xlsx"], took["utf-8"], 6)


def _spoiled(folder: Path, size: int) -> Iterator[Pair]:
    took = {}
    for one_in in (0, 100, 10):
        paths = _books(folder / f"spoiled{one_in}", Wanted(size, spoiled=one_in, cases=False))
        took[one_in] = _ours(folder / f"spoiled{one_in}.db", paths).seconds
    yield Pair(f"one line in 100 spoiled against none, {size:,} payments", took[100], took[0], 10)
    yield Pair(f"one line in 10 spoiled against none, {size:,} payments", took[10], took[0], 10)


def _day(folder: Path, size: int) -> Iterator[Pair]:
    """A day's lines into the store that is there and into one that has the reference data alone."""
    day = write_books(folder / "day", Wanted(DAY, before=size, cases=False))
    head = [path for path in sorted((folder / "plain").iterdir()) if path.name.startswith("000-")]
    empty = folder / "empty.db"
    run([*SUPERVISE, "import", "--store", str(empty), *map(str, head)])
    small = run([*SUPERVISE, "import", "--store", str(empty), *map(str, day)])
    with _Writer(folder / "plain.db") as writer:
        large = run([*SUPERVISE, "import", "--store", str(folder / "plain.db"), *map(str, day)])
    what = f"a day's {DAY:,} into {size:,} against into none"
    yield Pair(what, large.seconds, small.seconds, 1.5)
    yield Pair("  another writer's wait meanwhile, p99 against 200 ms", writer.p99() * 1000, 200, 1, "ms")
    for each in (folder / "day", empty, folder / "plain.db"):
        _remove(each)


class _Writer(threading.Thread):
    """Somebody who writes a little all the time, and notes how long each write waited."""

    def __init__(self, store: Path) -> None:
        super().__init__()
        self.store, self.waits, self.over = store, list[float](), threading.Event()

    def run(self) -> None:
        """Write until it is over."""
        from sqlalchemy import text

        from store.database import store_at, writing

        store = store_at(self.store)
        while not self.over.is_set():
            begun = time.perf_counter()
            with writing(store) as connection:
                connection.execute(text("DELETE FROM setting WHERE 1 = 0"))
            self.waits.append(time.perf_counter() - begun)
            time.sleep(0.02)
        store.engine.dispose()

    def __enter__(self) -> _Writer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()

    def p99(self) -> float:
        """Of a hundred waits the second longest, in seconds."""
        return sorted(self.waits)[int(len(self.waits) * 0.99)]


def _books(folder: Path, wanted: Wanted) -> list[Path]:
    return write_books(folder, wanted)


def _ours(store: Path, paths: list[Path]) -> Run:
    taken = run([*SUPERVISE, "import", "--store", str(store), *map(str, paths)])
    if store.name != "plain.db":
        _remove(store)
        _remove(paths[0].parent)
    return taken


def _peer(folder: Path, paths: list[Path]) -> Run:
    store = folder / "peer.db"
    lines = [".mode csv"]
    for table, header in (("payments", PAYMENTS), ("returns", RETURNS)):
        columns = ", ".join(f"{name} text" for name in header.split(","))
        lines.append(f"CREATE TABLE {table} ({columns});")
        lines += [f'.import --skip 1 "{path}" {table}' for path in paths if f"-{table}." in path.name]
    taken = run(["sqlite3", str(store)], "\n".join(lines) + "\n")
    with sqlite3.connect(store) as connection:
        assert connection.execute("SELECT count(*) FROM payments").fetchone()[0] > 0
    connection.close()
    _remove(store)
    return taken


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
        return
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)

"""The console through a pseudo-terminal, beside htop, VisiData and harlequin where these are found."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.books.writing import Wanted, write_books
from tests.benchmarks.lines import Line
from tests.benchmarks.pairs import ROOT, SUPERVISE, Pair, run

SMALL, LARGE = (80, 24), (200, 50)
RUNS, PRESSES, IDLE = 5, 30, 10
SLOW = 8_000  # bytes a second: 64 kbit
ROWS = 10_000  # of the peers' table
MINIMAL = """
from textual.app import App
from textual.widgets import DataTable
class Table(App):
    def compose(self):
        yield DataTable()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("a", "b", "c")
        for n in range(100):
            table.add_row(f"P{n:08}", n, n)
Table().run()
"""


@dataclass(frozen=True)
class Program:
    """A program to look at: its first cell of data, and the keys that lead to a table and that end it."""

    name: str
    command: Sequence[str]
    first: str
    leaves: str
    table: str = ""
    row: str = ""  # what a row of that table shows
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What was seen of a program: bytes, milliseconds, per cent of a core, MiB."""

    program: str
    size: str
    first_ms: float
    paint: int
    down: float
    page: float
    down_p95: float
    page_p95: float
    idle: int
    core: float
    memory: float

    def __str__(self) -> str:
        return (
            f"| {self.program} | {self.size} | {self.first_ms:.0f} | {self.paint:,} "
            f"| {self.down:.0f} | {self.page:,.0f} | {self.down_p95:.0f} | {self.page_p95:.0f} "
            f"| {self.idle} | {self.core:.1f} | {self.memory:.0f} |"
        )


HEADING = (
    "\n| program | size | first cell, ms | first paint, bytes | Down, bytes | PageDown, bytes "
    "| Down, p95 ms | PageDown, p95 ms | idle 10 s, bytes | idle, % of a core | memory, MiB |"
    "\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def measure(folder: Path, size: int) -> Iterator[Pair | Seen | str]:
    """Everything that is asked of the screen, on a store with so many payments."""
    ours = _ours(folder, size)
    least = Program("textual", [sys.executable, "-c", MINIMAL], "P00000000", "\x11")
    yield Pair("exec to the first cell of data, beside a minimal Textual app", _start(ours), _start(least), 2)
    slow = Line(ours.command, SMALL, ours.more, SLOW)
    slow.until(ours.first)
    slow.settled(1)
    drawn = len(slow.data) / SLOW
    slow.end(ours.leaves)
    yield Pair("first frame at 64 kbit/s, its bytes alone, against a second", drawn, 1, 1)
    yield HEADING
    for each in (ours, *_peers(folder)):
        for shape in (SMALL, LARGE):
            yield look(each, shape)


def _ours(folder: Path, size: int) -> Program:
    store = folder / "store.db"
    books = write_books(folder / "books", Wanted(size))
    run([*SUPERVISE, "import", "--store", str(store), *map(str, books)])
    shutil.rmtree(folder / "books")
    command = [*SUPERVISE, "console", "--store", str(store), "--lang", "zh"]
    private = {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_STATE_HOME": str(folder / "state")}
    kept = {"PYTHONPATH": str(ROOT), **private}
    return Program("supervise", command, "待销号", "\x1b[21~", ":failed --all\r", r"ZF0\d+", kept)


def _peers(folder: Path) -> Iterator[Program]:
    rows = [(f"P{n:09}", f"511002{n % 97:03}", "张三", n * 37 % 9_999, "failure") for n in range(ROWS)]
    table, store = folder / "rows.csv", folder / "rows.db"
    with table.open("w", newline="") as file:
        csv.writer(file).writerows([("payment_no", "region", "name", "amount", "result"), *rows])
    with sqlite3.connect(store) as connection:
        connection.execute("CREATE TABLE rows (payment_no, region, name, amount, result)")
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", rows)
    connection.close()
    found = (
        Program("htop", ["htop", "-d", "100"], "PID", "q"),
        Program("VisiData", ["vd", str(table)], "P000000000", "gq"),
        Program("harlequin", ["harlequin", "-a", "sqlite", str(store)], "Catalog", "\x11"),
    )
    yield from (each for each in found if shutil.which(each.command[0]))


def _start(program: Program) -> float:
    """Seconds from exec to the first cell of data, the median of some runs."""
    taken = []
    for _ in range(RUNS):
        line = Line(program.command, SMALL, program.more)
        taken.append(line.until(program.first))
        line.end(program.leaves)
    return statistics.median(taken)


def look(program: Program, size: tuple[int, int]) -> Seen:
    """Start a program, press its keys, let it be idle, and end it."""
    line = Line(program.command, size, program.more)
    first = line.until(program.first)
    line.settled(1.5)
    paint = len(line.data)
    if program.table:
        here = len(line.data)
        line.press(program.table)
        line.until(program.row, here)
        line.settled(1.5)
    pressed = {key: [line.press(key) for _ in range(PRESSES)] for key in ("Down", "PageDown")}
    line.settled(1.5)
    before, _ = line.cost()
    idle = sum(line.read(0.1) for _ in range(IDLE * 10))
    after, memory = line.cost()
    line.end(program.leaves)
    sizes = {key: statistics.median(each[0] for each in found) for key, found in pressed.items()}
    late = {
        key: sorted(each[1] for each in found)[int(len(found) * 0.95)] * 1000
        for key, found in pressed.items()
    }
    return Seen(
        program.name,
        "x".join(map(str, size)),
        first * 1000,
        paint,
        sizes["Down"],
        sizes["PageDown"],
        late["Down"],
        late["PageDown"],
        idle,
        (after - before) / IDLE * 100,
        memory,
    )

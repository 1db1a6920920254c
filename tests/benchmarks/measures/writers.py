"""A hundred and sixty posts, each writing once a second, while a large import runs into the same store."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.books.writing import Wanted, write_books
from tests.benchmarks.pairs import ROOT, SUPERVISE, Pair, run
from tests.postgres import NoServer, running

POSTS, PROCESSES, SETTLING = 160, 8, 3
REACHED = {"sqlite": 0.2, "postgresql": 0.1}


def measure(folder: Path, size: int) -> Iterator[Pair]:
    """The wait of one write in a hundred is longer than this, on one SQLite file and on PostgreSQL."""
    books = write_books(folder / "books", Wanted(min(size, 500_000), cases=False))
    yield _beside("sqlite", str(folder / "store.db"), books)
    try:
        with running() as server:
            yield _beside("postgresql", server.url(server.create()), books)
    except NoServer as error:
        print(error)


def _beside(database: str, store: str, books: list[Path]) -> Pair:
    paths = [str(path) for path in books]
    batches = next(at for at, path in enumerate(books) if "-batches." in path.name)
    head, rest = paths[: batches + 1], paths[batches + 1 :]
    batch = books[batches].read_text("utf-8").splitlines()[1].split(",")[0]
    run([*SUPERVISE, "import", "--store", store, *head])
    importing = subprocess.Popen(
        [*SUPERVISE, "import", "--store", store, *rest],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    command = [sys.executable, "-m", __name__, store, str(POSTS // PROCESSES), batch]
    writing = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    importing.wait()
    waits = sorted(float(line) for each in writing for line in each.communicate("\n")[0].split())
    assert importing.returncode in (0, 3) and not any(each.returncode for each in writing)
    p99 = waits[int(len(waits) * 0.99)] * 1000
    what = f"{POSTS} posts writing beside an import, {len(waits):,} writes, p99, {database}"
    return Pair(what, p99, REACHED[database] * 1000, 1, "ms")


def write_until_told(store: str, posts: int, batch: str) -> None:
    """Be so many posts that leave an event a second until a line comes in; print how long each took."""
    from commands.desk import login, now
    from store.database import reading, store_at, writing
    from store.models.posts import Actor
    from store.queries.posts import take
    from store.services import trace

    opened, waits, over = store_at(store), list[float](), threading.Event()
    with reading(opened) as connection:
        post = take(connection, None, login())
    threading.Thread(target=lambda: (sys.stdin.readline(), over.set()), daemon=True).start()
    due = time.perf_counter() + random.random() / posts
    while not over.is_set():
        time.sleep(max(0.0, due - time.perf_counter()))
        with writing(opened) as connection:
            actor = Actor(post, login(), now(), now().date())
            trace.record(connection, actor, "attention.mark", ("batch", batch), {"note": "看过"})
        waits.append(time.perf_counter() - due)  # also what it waited for the writes before it
        due += 1 / posts
    print(*(f"{wait:.6f}" for wait in waits[SETTLING * posts :]), sep="\n")


if __name__ == "__main__":
    write_until_told(sys.argv[1], int(sys.argv[2]), sys.argv[3])

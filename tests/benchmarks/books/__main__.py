"""Writes books: `python -m tests.benchmarks.books FOLDER --payments 2m --order random --spoiled 100`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from tests.benchmarks.books.forms import ENCODINGS
from tests.benchmarks.books.writing import Wanted, write_books
from tests.benchmarks.sizes import size


def main() -> None:
    """Read the wishes, write, and say how long it took."""
    parser = argparse.ArgumentParser(prog="books", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--payments", type=size, default=1_000_000, help="how many: 200k, 2m")
    parser.add_argument("--before", type=size, default=0, help="payments that earlier books have already")
    parser.add_argument("--people", type=size, default=0, help="0: as many as fit the payments")
    parser.add_argument("--per-file", type=size, default=1_000_000)
    parser.add_argument("--order", choices=("file", "random"), default="file", help="of payment numbers")
    parser.add_argument("--encoding", choices=ENCODINGS, default="utf-8")
    parser.add_argument("--spoiled", type=int, default=0, help="one line in so many, 0 for none")
    parser.add_argument("--no-cases", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start = time.perf_counter()
    wanted = Wanted(
        given.payments,
        before=given.before,
        scattered=given.order == "random",
        encoding=given.encoding,
        spoiled=given.spoiled,
        cases=not given.no_cases,
        per_file=given.per_file,
        people=given.people,
        seed=given.seed,
    )
    paths = write_books(given.folder, wanted)
    total = sum(path.stat().st_size for path in paths)
    print(f"{len(paths)} files, {total >> 20} MiB, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()

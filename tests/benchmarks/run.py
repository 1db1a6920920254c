"""Runs the benchmarks: `python -m tests.benchmarks.run [--size 2m] [--folder DIR] [MEASURE ...]`."""

from __future__ import annotations

import argparse
import importlib
import platform
import tempfile
from datetime import date
from pathlib import Path

from tests.benchmarks.sizes import size

MEASURES = Path(__file__).parent / "measures"


def main() -> None:
    """Measure what is named, or everything in the folder, and print a table."""
    names = sorted(path.stem for path in MEASURES.glob("*.py"))
    parser = argparse.ArgumentParser(prog="run", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=", ".join(names))
    parser.add_argument("--size", type=size, default=2_000_000, help="payments: 200k, 2m")
    parser.add_argument("--folder", type=Path, help="where the files are made and removed again")
    given = parser.parse_args()
    print(f"{date.today()}, {platform.processor() or platform.machine()}, Python {platform.python_version()}")
    print("| what | ours | peer | ratio | target |\n| --- | --- | --- | --- | --- |")
    for name in given.measures or names:
        measure = importlib.import_module(f"tests.benchmarks.measures.{name}").measure
        with tempfile.TemporaryDirectory(dir=given.folder, prefix=f"{name}-") as folder:
            for pair in measure(Path(folder), given.size):
                print(pair, flush=True)


if __name__ == "__main__":
    main()

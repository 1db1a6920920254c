"""How fast the made-up world is written: `python tests/benchmarks/made_up_world.py [SIZE ...]`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from seeds.demo import write_world


def measure(size: str) -> None:
    """Print the payments, bytes and processor seconds of a world, and the memory so far."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        paths = write_world(Path(folder), int(size) if size.isdigit() else size, 1, date(2026, 11, 20))
        seconds = time.process_time() - start
        with open(Path(folder) / "14-payments.csv", "rb") as file:
            payments = sum(1 for _ in file) - 1
        total = sum(path.stat().st_size for path in paths)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:>8}  {payments:>9,} payments  {total >> 20:>5} MiB  {seconds:6.2f} s  "
        f"{payments / seconds:>9,.0f} payments/s  peak {peak} MiB"
    )


if __name__ == "__main__":
    for each in sys.argv[1:] or ["small", "medium", "large"]:
        measure(each)

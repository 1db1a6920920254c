"""How many lines are taken at a time: as many as hold the store for a moment that no writer notices."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

AIM = 0.11  # seconds that a chunk should hold the store
PAUSE = 0.012  # seconds between two chunks, in which those who wait get their turn
FEWEST, MOST = 4_000, 50_000
START = 10_000


@dataclass
class Pace:
    """Lines at a time, `fixed` or after how long the chunks before took."""

    fixed: int | None = None
    _lines: int = START

    def lines(self) -> int:
        """How many lines to take next."""
        return self.fixed or self._lines

    @contextmanager
    def held(self, count: int) -> Iterator[None]:
        """While the store is held for so many lines; a pause follows."""
        begun, worked = time.perf_counter(), time.thread_time()
        yield
        # on a machine that is busy with other things smaller chunks would only make more of them
        took = max(time.thread_time() - worked, (time.perf_counter() - begun) / 3)
        if self.fixed is None:
            fitting = int(count * AIM / max(took, 0.001))
            self._lines = max(FEWEST, min(fitting, self._lines * 2, MOST))
            time.sleep(PAUSE)

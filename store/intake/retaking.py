"""Takes rejected lines again, when what they missed may have come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Row, delete, select

from store.intake.freeing import Intake, feed_named
from store.intake.lines import freed
from store.lookup import slices
from store.models.feed import Missing
from store.models.intake import reject

UNKNOWN = (Missing.UNKNOWN_PROGRAMME.value, Missing.UNKNOWN_UNIT.value)  # all that a later import can mend


@dataclass(frozen=True)
class Again:
    """The lines of one file that were taken again: how many, and what became of them."""

    file_id: int
    feed: str
    tried: int
    counts: Counter[str]

    @property
    def moved(self) -> Counter[str]:
        """What changes in the figures of the file."""
        moved = Counter(self.counts)
        moved["rejected"] -= self.tried
        return moved


def retake(intake: Intake, *which: Any) -> list[Again]:
    """Take rejected lines again that named what was not stored; `which` are conditions on `reject`.

    They go in the order of files and lines; `intake` is left to be finished.
    """
    query = select(reject).where(reject.c.code.in_(UNKNOWN), *which)
    rows = list(intake.connection.execute(query.order_by(reject.c.file_id, reject.c.line)))
    for some in slices([row.reject_id for row in rows]):
        intake.connection.execute(delete(reject).where(reject.c.reject_id.in_(some)))
    found = []
    for (file_id, feed), group in groupby(rows, key=lambda row: (row.file_id, row.feed)):
        before = Counter(intake.taken.counts.get(file_id, Counter()))
        tried = _take(intake, feed, list(group))
        counts = Counter(intake.taken.counts[file_id])
        counts.subtract(before)
        found.append(Again(file_id, feed, tried, counts))
    return found


def _take(intake: Intake, feed: str, rows: list[Row[Any]]) -> int:
    for lines in freed(feed_named(feed), [(row.file_id, row.line, row.raw) for row in rows]):
        intake.take(lines)
    return len(rows)

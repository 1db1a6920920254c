"""Reads a list that comes by the page to its end, keeping the rows that pass a filter; it can be stopped.

No index serves a filter on what rows show, so every row is read: how many that will be is told before, how
far it is while it reads. What was found until it was stopped is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from console.answers import Choice, Loaded
from console.plans import ListPlan, Pages
from console.seat import Seat
from console.widgets.rows import Row
from store.database import reading
from store.pulse import still_there
from store.queries.paging import Span
from store.queries.standing import told
from store.tables import Column, Table

AT_ONCE = 1024  # rows a page
TELL_S = 0.2


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows were read, how many of them pass, and how many there are; None: nobody knows."""

    read: int
    found: int
    every: int | None


class Reading:
    """One reading: it may be stopped with what it has, or dropped, when nobody waits for it any more."""

    def __init__(self) -> None:
        self._end = Event()
        self.is_dropped = False
        self.is_told = False

    def stop(self) -> None:
        """Read no further."""
        self._end.set()

    def drop(self) -> None:
        """Read no further, and tell nobody."""
        self.is_dropped = True
        self._end.set()

    @property
    def is_ended(self) -> bool:
        """Whether it shall read no further."""
        return self._end.is_set()


def scan(
    seat: Seat, plan: ListPlan, choice: Choice, run: Reading, tell: Callable[[Progress], None]
) -> Loaded:
    """Every row that passes the filter of a choice, or those until the reading was stopped.

    Each page is a transaction of its own, so that a long reading holds nobody up. WrongUsage where the filter
    cannot be understood.
    """
    pages = plan.pages
    assert pages is not None
    still_there(seat.store)
    with reading(seat.store) as connection:
        standing = told(connection, seat.viewer)
        every = pages.count(connection, seat.viewer, seat.as_of)
    tell(Progress(0, 0, every))

    def told_on(read: int, found: int) -> None:
        tell(Progress(read, found, every))

    rows, read, columns, is_cut = _read(seat, pages, choice, run, told_on)
    return Loaded(
        Table(columns, rows),
        standing,
        narrowed=choice.filter.strip(),
        every=max(every, read) if is_cut else read,
        read=read,
        stopped=is_cut,
    )


def _read(
    seat: Seat, pages: Pages, choice: Choice, run: Reading, tell: Callable[[int, int], None]
) -> tuple[list[Row], int, tuple[Column, ...], bool]:
    from store.conditions import row_test, understood

    found: list[Row] = []
    passes, after, read, at = None, None, 0, time.monotonic()
    while True:
        with reading(seat.store) as connection:
            table, keys = pages.page(connection, seat.viewer, seat.as_of, Span(AT_ONCE, after))
        if passes is None:
            passes = row_test(understood(choice.filter, table.columns), table.columns)
        found += filter(passes, table.rows)
        read += len(table.rows)
        is_last = len(table.rows) < AT_ONCE
        if is_last or run.is_ended:
            return found, read, table.columns, not is_last
        after = keys[-1]
        if time.monotonic() - at >= TELL_S:
            at = time.monotonic()
            tell(read, len(found))

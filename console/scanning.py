"""Reads a list that comes by the page to its end, keeping the rows that pass a filter; it can be stopped.

No index serves a filter on what rows show, so every row is read: how many that will be is told before, how
far it is while it reads. What was found until it was stopped is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from console.answers import COUNTED, Choice, Loaded
from console.places import Place
from console.plans import ListPlan, Pages
from console.seat import Seat
from console.widgets.rows import Row
from store.database import reading
from store.pulse import still_there
from store.queries.paging import Span
from store.queries.standing import told
from store.tables import Table

AT_ONCE = 2048  # rows a page
TELL_S = 0.2


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows were read, how many of them pass, and how many there are, or at least so many."""

    read: int
    found: int
    every: int
    is_counted: bool = True


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
    seat: Seat,
    place: Place,
    plan: ListPlan,
    choice: Choice,
    run: Reading,
    tell: Callable[[Progress], None],
    known: int | None = None,
) -> Loaded:
    """Every row that passes the filter of a choice, or those until the reading was stopped.

    `known` is how many rows there are, where that is known: to count them can take long as well. Each page is
    a transaction of its own, so that a long reading holds nobody up. WrongUsage where the filter cannot be
    understood.
    """
    from console.indexed import narrowed
    from store.conditions import row_test, understood

    assert plan.pages is not None
    still_there(seat.store)
    with reading(seat.store) as connection:
        standing = told(connection, seat.viewer)
        asked = (connection, seat.viewer, seat.as_of)
        every = plan.pages.count(*asked, COUNTED) if known is None else known
        columns = plan.pages.page(*asked, Span(1))[0].columns
        tree = understood(choice.filter, columns)
        pages = narrowed(connection, seat, place, plan, tree).pages or plan.pages
        wanted = every if pages is plan.pages else pages.count(*asked, COUNTED)
        is_counted = wanted < COUNTED or (known is not None and pages is plan.pages)

    def told_on(read: int, found: int) -> None:
        tell(Progress(read, found, max(wanted, read), is_counted))

    told_on(0, 0)

    rows, read, is_cut = _read(seat, pages, row_test(tree, columns), run, told_on)
    return Loaded(
        Table(columns, rows),
        standing,
        narrowed=choice.filter.strip(),
        every=read if pages is plan.pages and not is_cut else every,
        wanted=max(wanted, read),
        is_exact=known is not None or every < COUNTED or (pages is plan.pages and not is_cut),
        read=read,
        stopped=is_cut,
    )


def _read(
    seat: Seat, pages: Pages, passes: Callable[[Row], bool], run: Reading, tell: Callable[[int, int], None]
) -> tuple[list[Row], int, bool]:
    """The rows that pass, how many were read, and whether there were more."""
    found: list[Row] = []
    after, read, at = None, 0, time.monotonic()
    while True:
        with reading(seat.store) as connection:
            table, keys = pages.page(connection, seat.viewer, seat.as_of, Span(AT_ONCE, after))
        if not table.rows:
            return found, read, False
        found += filter(passes, table.rows)
        read += len(table.rows)
        after = keys[-1]
        if run.is_ended:
            return found, read, True
        if time.monotonic() - at >= TELL_S:
            at = time.monotonic()
            tell(read, len(found))

"""What follows when lines have landed: held lines that waited for them, and rows kept beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, insert, select, update

from store import discovery
from store.intake.failing import derive_again, touched
from store.intake.figuring import Figures
from store.intake.landing import CHANGE, LAND, Stage
from store.intake.lines import Lines, freed
from store.intake.parting import NUMBERS, parts
from store.intake.taking import Taken, take
from store.lookup import slices
from store.models.claims import claim, stage_visit
from store.models.feed import Feed
from store.models.intake import held
from store.models.payments import SPAN, person_payment


def feed_named(name: str) -> Feed:
    """The feed of that name."""
    found: Feed = discovery.load("store.feeds", name).FEED
    return found


@dataclass
class Intake:
    """Lines taken in one transaction: what became of them, and of held lines that they freed."""

    connection: Connection
    at: datetime
    taken: Taken = field(default_factory=Taken)
    freed: Taken = field(default_factory=Taken)
    _touched: set[int] = field(default_factory=set)
    _waiting: list[Row[Any]] = field(default_factory=list)
    _figures: Figures = field(init=False)

    def __post_init__(self) -> None:
        self._figures = Figures(self.connection)

    def take(self, lines: Lines) -> None:
        """Take checked lines, then the held lines that they free, then those that these free."""
        for part in parts(self.connection, lines):
            take(self.connection, part, self.taken, self.at, self._landed)
            while self._waiting:
                waiting, self._waiting = self._waiting, []
                self._take_freed(waiting)

    def finish(self) -> None:
        """Derive what the landed lines changed; the last thing before the trace."""
        derive_again(self.connection, self._touched, self._figures)
        self._touched = set()
        self._figures.write()

    def _landed(self, staged: Stage) -> None:
        self._touched |= touched(self.connection, staged)
        self._figures.landed(staged)
        if staged.feed.name == "payments":
            _link_people(self.connection, staged)
        if staged.feed.name == "cases":
            _carry_to_stays(self.connection, staged)
        if staged.feed.name in NUMBERS:
            self._waiting += _released(self.connection, staged)

    def _take_freed(self, waiting: Iterable[Row[Any]]) -> None:
        ordered = sorted(waiting, key=lambda row: (row.feed, row.file_id, row.line))
        for some in slices([row.held_id for row in ordered]):
            self.connection.execute(delete(held).where(held.c.held_id.in_(some)))
        for (feed, file_id), rows in groupby(ordered, key=lambda row: (row.feed, row.file_id)):
            kept = [(file_id, row.line, row.raw) for row in rows]
            self.freed.add(file_id, "left", len(kept))
            for lines in freed(feed_named(feed), kept):
                take(self.connection, lines, self.freed, self.at, self._landed)


def _released(connection: Connection, staged: Stage) -> list[Row[Any]]:
    """The held lines that waited for a line which has landed now."""
    feed = staged.feed.name
    if not connection.scalar(select(exists().where(held.c.waits_for == feed))):
        return []
    s = staged.table
    query = (
        select(held)
        .join_from(s, held, held.c.key == s.c[NUMBERS[feed]])
        .where(held.c.waits_for == feed, s.c.verdict == LAND)
    )
    return list(connection.execute(query))


def _link_people(connection: Connection, staged: Stage) -> None:
    s = staged.table
    span = s.c.payment_id // SPAN
    rows = select(span, s.c.person_id, s.c.payment_id).where(s.c.verdict == LAND)
    ordered = rows.order_by(span, s.c.person_id)
    connection.execute(insert(person_payment).from_select(list(person_payment.c.keys()), ordered))


def _carry_to_stays(connection: Connection, staged: Stage) -> None:
    """A case that changed its place or programme changes it beside its stays too."""
    s = staged.table
    changed = update(stage_visit).values(region_code=claim.c.region_code, programme_id=claim.c.programme_id)
    same = (claim.c.claim_id == stage_visit.c.claim_id, claim.c.case_no == s.c.case_no)
    connection.execute(changed.where(*same, s.c.verdict == CHANGE))

"""The moment at which something happens, and the lines that it makes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, select

from store.models.reference import card, unit

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Now:
    """The store as it stands, the moment, and where chances come from; the same three give the same lines."""

    connection: Connection
    at: datetime
    rng: random.Random

    @property
    def day(self) -> date:
        """The day of the moment."""
        return self.at.date()

    def number(self, prefix: str, serial: int) -> str:
        """A number that no other moment gives."""
        return f"{prefix}{self.at:%y%m%d%H%M%S}{serial:03d}"

    def some(self, among: Sequence[Kind], most: int) -> list[Kind]:
        """A few of them, in their order."""
        count = min(len(among), self.rng.randint(1, most))
        return [among[place] for place in sorted(self.rng.sample(range(len(among)), count))]

    def mixed(self, among: Sequence[Kind]) -> list[Kind]:
        """All of them in any order."""
        return self.rng.sample(among, len(among))

    def one_row(self, query: Select[Any]) -> Any:
        """Any row of a query that has an order, None where it has none."""
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        count = self.connection.scalar(counted) or 0
        if not count:
            return None
        return self.connection.execute(query.offset(self.rng.randrange(count)).limit(1)).one()


@dataclass(frozen=True)
class Lines:
    """Lines of one feed; each has the same fields, None is an empty cell."""

    feed: str
    rows: Sequence[dict[str, object]]


# Which unit has a case in a stage: its kind (None: the programme's department), and the digits of its place.
_HELD_BY: dict[str, tuple[str | None, int]] = {
    "declare": ("village", 12),
    "village_review": ("village", 12),
    "town_review": ("town", 9),
    "notice": ("town", 9),
    "county_approval": (None, 6),
    "city_supervision": (None, 4),
    "appropriation": ("finance", 6),
    "disbursement": ("bank", 6),
}


def unit_for(now: Now, stage: str, region: str, department: str) -> Any:
    """The unit (its code and contact) that handles a stage for a place, None where the store has none."""
    kind, length = _HELD_BY[stage]
    query = (
        select(unit.c.unit_code, unit.c.contact)
        .where(unit.c.kind == (kind or department), unit.c.region_code == region[:length])
        .order_by(unit.c.unit_code)
        .limit(1)
    )
    return now.connection.execute(query).one_or_none()


def card_of(now: Now, person_id: int) -> str | None:
    """The card that somebody is paid on: the newest one that works."""
    query = (
        select(card.c.card_no)
        .where(card.c.person_id == person_id, card.c.status == "normal")
        .order_by(card.c.issued_on.desc(), card.c.card_no)
        .limit(1)
    )
    return now.connection.scalar(query)

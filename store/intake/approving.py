"""Keeps the sums of cases and of their stays in step with the rows: what lines change in where cases stand.

Cases that lines concern are counted as they stood before and as they stand afterwards, from the first day on
that this can differ; nothing of it is asked where lines concern no case.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Select,
    Table,
    and_,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.schema import CreateTable

from store.dialects import empty, filled
from store.intake.landing import LEAVE, Stage
from store.intake.standings import FIRST, Periods, Unended, add, add_stays, made, standing, unended
from store.models.approvals import Sums, nothing
from store.models.claims import claim
from store.models.columns import Big
from store.models.folding import day_number_of
from store.models.payments import batch, payment

_concerned = Table(
    "concerned_claim",
    MetaData(),
    Column("claim_id", Big, nullable=False),  # no key: or cases are read through to find theirs here
    Column("since", Integer, nullable=False),
    prefixes=["TEMPORARY"],
)


class Turned:
    """How the cases that some lines concern stood before these landed."""

    def __init__(self, connection: Connection, staged: Stage) -> None:
        self.connection, self.staged = connection, staged
        self.periods = Periods()
        self.before, self.unended = nothing(), Unended()
        self.concerns = _may_concern(connection, staged) and self._noted() > 0
        if self.concerns:
            self.before, self.unended = self._now()

    def _now(self) -> tuple[Sums, Unended]:
        """How the cases stand, and their stays that nobody has ended: where such lines can change it."""
        kind = self.staged.feed.name
        stands = kind != "pauses"
        stays = kind in ("cases", "stages", "pauses")
        return (
            standing(self.connection, _concerned, self.periods) if stands else nothing(),
            unended(self.connection, _concerned) if stays else Unended(),
        )

    def _noted(self) -> int:
        return _note(self.connection, _CONCERNED[self.staged.feed.name](self.staged.table))

    def landed(self) -> None:
        """Add to the sums what the lines have changed."""
        if self.staged.feed.name == "cases":
            self.concerns = self._noted() > 0
        if self.concerns:
            now, stays = self._now()
            add(self.connection, now.and_those(self.before.taken_away()), self.periods)
            stays.subtract(self.unended)
            add_stays(self.connection, stays)


def _may_concern(connection: Connection, staged: Stage) -> bool:
    """Whether lines are of a kind that concerns cases; payments seldom are."""
    if staged.feed.name != "payments":
        return staged.feed.name in _CONCERNED
    named = staged.table.c.case_no.isnot(None)
    return "case_no" in staged.given and bool(connection.scalar(select(exists().where(named))))


@cache
def _of_cases(s: Table) -> Select[Any]:
    found = select(claim.c.claim_id, literal(FIRST)).join_from(s, claim, claim.c.case_no == s.c.case_no)
    return found.where(s.c.verdict != LEAVE)


@cache
def _of_stages(s: Table) -> Select[Any]:
    first = day_number_of(func.min(s.c.entered_at))
    return select(s.c.claim_id, first).where(s.c.verdict != LEAVE).group_by(s.c.claim_id)


@cache
def _of_payments(s: Table) -> Select[Any]:
    c = claim.c
    return (
        select(c.claim_id, func.min(made()))
        .join_from(s, claim, and_(c.case_no == s.c.case_no, c.person_id == s.c.person_id))
        .join(batch, batch.c.batch_id == s.c.batch_id)
        .where(s.c.verdict != LEAVE, s.c.case_no.isnot(None))
        .group_by(c.claim_id)
    )


@cache
def _of_batches(s: Table) -> Select[Any]:
    """The cases that batches pay whose day of making was not known, or is known better now."""
    b, p, c = batch.c, payment.c, claim.c
    first, then, last = (
        and_(b[name].is_(None), s.c[name].isnot(None))
        for name in ("created_on", "approved_on", "submitted_on")
    )
    other = and_(b.created_on.is_(None), or_(first, then, and_(b.approved_on.is_(None), last)))
    return (
        select(c.claim_id, literal(FIRST))
        .join_from(s, batch, b.batch_no == s.c.batch_no)
        .join(payment, p.batch_id == b.batch_id)
        # by an expression, or every payment with a case is looked at instead of those of the batches
        .join(claim, and_(c.case_no == p.case_no.concat(""), c.person_id == p.person_id))
        .where(s.c.verdict != LEAVE, other)
        .distinct()
    )


@cache
def _of_pauses(s: Table) -> Select[Any]:
    return select(s.c.claim_id, literal(FIRST)).where(s.c.verdict != LEAVE).distinct()


_CONCERNED = {
    "cases": _of_cases,
    "stages": _of_stages,
    "pauses": _of_pauses,
    "payments": _of_payments,
    "batches": _of_batches,
}


def _note(connection: Connection, claims: Select[Any]) -> int:
    """Have these cases looked at, each from a day on; returns how many they are."""
    connection.execute(CreateTable(_concerned, if_not_exists=True))
    empty(connection, _concerned)
    made_of = insert(_concerned).from_select(["claim_id", "since"], claims)
    count = int(connection.execute(made_of, execution_options={"preserve_rowcount": True}).rowcount)
    if count:
        filled(connection, _concerned)
    return count

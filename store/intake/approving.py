"""Keeps the sums of cases in step with the rows: what lines change in where cases stand.

Cases that lines concern are counted as they stood before and as they stand afterwards, from the first day on
that this can differ; nothing of it is asked where lines concern no case.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import (
    Column,
    Connection,
    FromClause,
    Integer,
    MetaData,
    Select,
    SmallInteger,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.schema import CreateTable

from store.arrays import Column as Values
from store.arrays import Numbers, Texts
from store.database import bulk_insert, dialect_insert
from store.intake.landing import LEAVE, Stage
from store.models.approvals import NEVER, Cases, Ints, Stays, Sums, nothing, turns
from store.models.claims import claim, stage_visit
from store.models.columns import NO_DAY, Big, Text, day_number, raw_column
from store.models.figures import COUNTY, SPANS, TOWN, claim_sum
from store.models.folding import cut, day_number_of
from store.models.payments import batch, payment

FIRST = day_number(NO_DAY)
AT_ONCE = 20_000  # cases that are looked at together

_own = MetaData()
_concerned = Table(
    "concerned_claim",
    _own,
    Column("claim_id", Big, nullable=False),  # no key: or cases are read through to find theirs here
    Column("since", Integer, nullable=False),
    prefixes=["TEMPORARY"],
)
_more = Table(
    "more_claim_sum",
    _own,
    Column("pos", Integer, primary_key=True),
    *(Column(name, SmallInteger) for name in ("digits", "span", "standing")),
    *(Column(name, Big) for name in ("place", "day", "programme_id", "count", "amount")),
    Column("period", Text),
    prefixes=["TEMPORARY"],
)


class Periods:
    """The periods that are met, each known by its place among them."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def place(self, period: str) -> int:
        """The place of a period."""
        return self.known.setdefault(period, len(self.known))

    def texts(self, places: Ints) -> Values:
        """Periods by their places."""
        listed = list(self.known)
        return Texts.of([listed[place] for place in places.tolist()])


class Turned:
    """How the cases that some lines concern stood before these landed."""

    def __init__(self, connection: Connection, staged: Stage) -> None:
        self.connection, self.staged = connection, staged
        self.periods = Periods()
        self.before = nothing()
        self.concerns = _may_concern(connection, staged) and self._noted() > 0
        if self.concerns:
            self.before = standing(connection, _concerned, self.periods)

    def _noted(self) -> int:
        return _note(self.connection, _CONCERNED[self.staged.feed.name](self.staged))

    def landed(self) -> None:
        """Add to the sums what the lines have changed."""
        if self.staged.feed.name == "cases":
            self.concerns = self._noted() > 0
        if self.concerns:
            now = standing(self.connection, _concerned, self.periods)
            add(self.connection, now.and_those(self.before.taken_away()), self.periods)


def _may_concern(connection: Connection, staged: Stage) -> bool:
    """Whether lines are of a kind that concerns cases; payments seldom are."""
    if staged.feed.name != "payments":
        return staged.feed.name in _CONCERNED
    named = staged.table.c.case_no.isnot(None)
    return "case_no" in staged.given and bool(connection.scalar(select(exists().where(named))))


def _of_cases(staged: Stage) -> Select[Any]:
    s = staged.table
    found = select(claim.c.claim_id, literal(FIRST)).join_from(s, claim, claim.c.case_no == s.c.case_no)
    return found.where(s.c.verdict != LEAVE)


def _of_stages(staged: Stage) -> Select[Any]:
    s = staged.table
    first = day_number_of(func.min(s.c.entered_at))
    return select(s.c.claim_id, first).where(s.c.verdict != LEAVE).group_by(s.c.claim_id)


def _of_payments(staged: Stage) -> Select[Any]:
    s, c = staged.table, claim.c
    return (
        select(c.claim_id, func.min(made()))
        .join_from(s, claim, and_(c.case_no == s.c.case_no, c.person_id == s.c.person_id))
        .join(batch, batch.c.batch_id == s.c.batch_id)
        .where(s.c.verdict != LEAVE, s.c.case_no.isnot(None))
        .group_by(c.claim_id)
    )


def _of_batches(staged: Stage) -> Select[Any]:
    """The cases that batches pay whose day of making was not known, or is known better now."""
    s, b, p, c = staged.table, batch.c, payment.c, claim.c
    first, then, last = (
        and_(b[name].is_(None), s.c[name].isnot(None))
        for name in ("created_on", "approved_on", "submitted_on")
    )
    other = and_(b.created_on.is_(None), or_(first, then, and_(b.approved_on.is_(None), last)))
    return (
        select(c.claim_id, literal(FIRST))
        .join_from(s, batch, b.batch_no == s.c.batch_no)
        .join(payment, and_(p.batch_id == b.batch_id, p.case_no.isnot(None)))
        .join(claim, and_(c.case_no == p.case_no, c.person_id == p.person_id))
        .where(s.c.verdict != LEAVE, other)
        .distinct()
    )


_CONCERNED = {"cases": _of_cases, "stages": _of_stages, "payments": _of_payments, "batches": _of_batches}


def made() -> Any:
    """The day a batch was made, the first of all days where none is known: it was there from the start."""
    days = (raw_column(batch.c[name]) for name in ("created_on", "approved_on", "submitted_on"))
    return func.coalesce(*days, FIRST)


def _note(connection: Connection, claims: Select[Any]) -> int:
    """Have these cases looked at, each from a day on; returns how many they are."""
    connection.execute(CreateTable(_concerned, if_not_exists=True))
    connection.execute(delete(_concerned))
    made_of = insert(_concerned).from_select(["claim_id", "since"], claims)
    return int(connection.execute(made_of, execution_options={"preserve_rowcount": True}).rowcount)


def standing(connection: Connection, concerned: FromClause, periods: Periods) -> Sums:
    """How cases come to stand; `concerned` has the claim_id of each and since when it is asked for."""
    f, c, p, v = concerned.c, claim.c, payment.c, stage_visit.c
    paid = (
        select(func.min(made()))
        .join_from(payment, batch, batch.c.batch_id == p.batch_id)
        .where(p.case_no == c.case_no, p.person_id == c.person_id)
        .correlate(claim)
        .scalar_subquery()
    )
    applied = raw_column(c.applied_on)
    begun = case((applied > f.since, applied), else_=f.since)
    town = cut(raw_column(c.region_code), TOWN)
    own = select(f.claim_id, c.period, c.programme_id, town, func.coalesce(c.amount, 0), begun, paid)
    rows = connection.execute(own.join_from(concerned, claim, c.claim_id == f.claim_id)).all()
    if not rows:
        return nothing()
    ids, named, *others = zip(*rows, strict=True)
    period = _ints([periods.place(name) for name in named])
    programme, place, amount, first, day = (_ints(column) for column in others)
    cases = Cases(programme, period, place, amount, first, day)
    stays = select(v.claim_id, *map(raw_column, (v.entered_at, v.stage, v.left_at, v.outcome)))
    found = connection.execute(stays.join_from(concerned, stage_visit, v.claim_id == f.claim_id)).all()
    at = {claim_id: n for n, claim_id in enumerate(ids)}
    who, entered, stage, left, outcome = zip(*found, strict=True) if found else ((),) * 5
    case_of = _ints([at[each] for each in who])
    outcomes = _ints([-1 if each is None else each for each in outcome])
    return turns(cases, Stays(case_of, _ints(entered), _ints(stage), _ints(left), outcomes))


def _ints(values: Any) -> Ints:
    return np.array([NEVER if value is None else int(value) for value in values], dtype=np.int64)


def add(connection: Connection, sums: Sums, periods: Periods) -> None:
    """Add sums by town and day to all that is kept of them."""
    columns = spread(sums, periods, COUNTY, TOWN)
    count = len(columns["span"])
    if not count:
        return
    connection.execute(CreateTable(_more, if_not_exists=True))
    connection.execute(delete(_more))
    bulk_insert(connection, _more, columns, count)
    names = list(claim_sum.c.keys())
    keys = [column for column in claim_sum.columns if column.primary_key]
    made_of = dialect_insert(connection, claim_sum)
    rows = select(*(_more.c[name] for name in names)).where(_more.c.pos >= 0).order_by(_more.c.pos)
    t, new = claim_sum.c, made_of.excluded
    added = {"count": t["count"] + new["count"], "amount": t.amount + new.amount}
    connection.execute(
        made_of.from_select(names, rows).on_conflict_do_update(index_elements=keys, set_=added)
    )
    # as a plain text, or the index of it is not found
    connection.execute(delete(claim_sum).where(text("count = 0 AND amount = 0")))


def spread(sums: Sums, periods: Periods, *places: int) -> dict[str, Values]:
    """Sums by town and day as columns of claim_sum, by places of so many digits and by all spans."""
    parts = [(digits, span, sums.by_spans(span, digits)) for digits in places for span in SPANS]
    columns: dict[str, Values] = {
        "digits": _numbers([np.full(len(each), digits) for digits, _, each in parts]),
        "span": _numbers([np.full(len(each), span) for _, span, each in parts]),
        "count": _numbers([each.count for _, _, each in parts]),
        "amount": _numbers([each.amount for _, _, each in parts]),
    }
    for at, name in enumerate(("place", "day", "programme_id", "period", "standing")):
        column = np.concatenate([each.keys[at] for _, _, each in parts])
        columns[name] = periods.texts(column) if name == "period" else Numbers(column)
    return columns


def _numbers(parts: list[Ints]) -> Numbers:
    return Numbers(np.concatenate(parts))

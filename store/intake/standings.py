"""Counts how cases stand, day by day, and their stays that nobody has ended; and adds that to the sums."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
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
    case,
    exists,
    func,
    select,
    text,
)
from sqlalchemy.schema import CreateTable

from store.arrays import Column as Values
from store.arrays import Numbers, Texts
from store.dialects import add_up, bulk_insert, empty
from store.models.approvals import NEVER, Cases, Ints, Stays, Sums, nothing, turns
from store.models.claims import claim, pause, stage_visit
from store.models.columns import NO_DAY, Big, Text, day_number, raw_column
from store.models.figures import COUNTY, SPANS, TOWN, claim_sum, stay_sum
from store.models.folding import cut, day_number_of
from store.models.payments import batch, payment

FIRST = day_number(NO_DAY)
Unended = Counter[tuple[int, int, int, int]]  # stays by county, programme, stage and the day of entry
AT_ONCE = 20_000  # cases that are looked at together

_more = Table(
    "more_claim_sum",
    MetaData(),
    Column("pos", Integer, primary_key=True),
    *(Column(name, SmallInteger) for name in ("digits", "span", "standing")),
    *(Column(name, Big) for name in ("place", "day", "programme_id", "count", "amount")),
    Column("period", Text),
    prefixes=["TEMPORARY"],
)


_KEYS = ", ".join(column.name for column in claim_sum.primary_key)
ADDED = text(
    f"INSERT INTO claim_sum ({_KEYS}, count, amount) "
    f"SELECT {_KEYS}, count, amount FROM {_more.name} WHERE pos >= 0 ORDER BY pos "
    f"ON CONFLICT ({_KEYS}) DO UPDATE "
    "SET count = claim_sum.count + excluded.count, amount = claim_sum.amount + excluded.amount"
)
GONE = text("DELETE FROM claim_sum WHERE count = 0 AND amount = 0")  # as its index has it, or it is not found


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


def made() -> Any:
    """The day a batch was made, the first of all days where none is known: it was there from the start."""
    days = (raw_column(batch.c[name]) for name in ("created_on", "approved_on", "submitted_on"))
    return func.coalesce(*days, FIRST)


def standing(connection: Connection, concerned: FromClause, periods: Periods) -> Sums:
    """How cases come to stand; `concerned` has the claim_id of each and since when it is asked for."""
    of_cases, of_stays = _asked(concerned)
    rows = connection.execute(of_cases).all()
    if not rows:
        return nothing()
    ids, named, *others = zip(*rows, strict=True)
    period = _ints([periods.place(name) for name in named])
    programme, place, amount, first, day = (_ints(column) for column in others)
    cases = Cases(programme, period, place, amount, first, day)
    found = connection.execute(of_stays).all()
    at = {claim_id: n for n, claim_id in enumerate(ids)}
    who, entered, stage, left, outcome = zip(*found, strict=True) if found else ((),) * 5
    case_of = _ints([at[each] for each in who])
    outcomes = _ints([-1 if each is None else each for each in outcome])
    return turns(cases, Stays(case_of, _ints(entered), _ints(stage), _ints(left), outcomes))


@lru_cache(maxsize=4)
def _asked(concerned: FromClause) -> tuple[Select[Any], Select[Any]]:
    """The cases, and all their stays."""
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
    stays = select(v.claim_id, *map(raw_column, (v.entered_at, v.stage, v.left_at, v.outcome)))
    return (
        own.join_from(concerned, claim, c.claim_id == f.claim_id),
        stays.join_from(concerned, stage_visit, v.claim_id == f.claim_id),
    )


def _ints(values: Any) -> Ints:
    return np.array([NEVER if value is None else int(value) for value in values], dtype=np.int64)


def add(connection: Connection, sums: Sums, periods: Periods) -> None:
    """Add sums by town and day to all that is kept of them."""
    columns = spread(sums, periods, COUNTY, TOWN)
    count = len(columns["span"])
    if not count:
        return
    connection.execute(CreateTable(_more, if_not_exists=True))
    empty(connection, _more)
    bulk_insert(connection, _more, columns, count)
    connection.execute(ADDED)
    connection.execute(GONE)


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


def unended(connection: Connection, concerned: FromClause | None = None) -> Unended:
    """The stays that nobody has ended, of all cases whose clock never paused or of those concerned."""
    rows = connection.execute(_unended(concerned))
    return Counter({(county, programme, stage, day): n for county, programme, stage, day, n in rows})


@lru_cache(maxsize=4)
def _unended(concerned: FromClause | None) -> Select[Any]:
    c, v = claim.c, stage_visit.c
    county = cut(raw_column(c.region_code), COUNTY)
    keys = (county, c.programme_id, raw_column(v.stage), day_number_of(raw_column(v.entered_at)))
    query = select(*keys, func.count()).join_from(stage_visit, claim, c.claim_id == v.claim_id)
    open_now = v.left_at.is_(None)
    if concerned is not None:
        query = query.join(concerned, concerned.c.claim_id == v.claim_id)
        open_now = (raw_column(v.left_at) + 0).is_(None)  # a sum, or every open stay is looked at
    paused = exists().where(pause.c.claim_id == v.claim_id)
    return query.where(open_now, ~paused).group_by(*keys)


def add_stays(connection: Connection, stays: Unended) -> None:
    """Add to the stays that nobody has ended, of each programme and of all together."""
    both: Unended = Counter()
    for (county, programme_id, stage, day), count in stays.items():
        both[county, programme_id, stage, day] += count
        both[county, 0, stage, day] += count
    add_up(connection, stay_sum, [(*key, count) for key, count in sorted(both.items())])

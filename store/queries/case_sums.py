"""The cases of rounds by where they stood at the end of any day, from the sums of towns and counties."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, func, select, true, union_all

from store.models.codes import CASE_STANDINGS
from store.models.columns import day_number, raw_column
from store.models.figures import COUNTY, SPANS, TOWN, claim_sum
from store.queries.rounds import CASE_STATES, Asked
from store.queries.sums import is_whole


@dataclass(frozen=True, slots=True)
class Piece:
    """The sums of one span of days that begin from `first` (None: of all) to `last`, added or taken away."""

    sign: int  # 1 or -1
    span: int
    first: int | None
    last: int


def pieces(until: int, latest: int) -> list[Piece]:
    """Which sums make up all that happened up to a day, where nothing happened after `latest`.

    Few of each span: those since the next larger one began, or, taken away, those up to its end.
    """
    found: list[Piece] = []
    for span, larger in pairwise(SPANS):
        first = (until + 1) // larger * larger
        last = first + larger - span
        after = min(last, latest) - until
        if after <= 0:
            until = first + larger - 1
        elif until + 1 - first <= after:
            found += [Piece(1, span, first, until)] if until >= first else []
            until = first - 1
        else:
            found.append(Piece(-1, span, until + 1, last))
            until = first + larger - 1
    return [*found, Piece(1, SPANS[-1], None, until)]


def cases(asked: Asked) -> Select[Any]:
    """The cases that were declared by the day, by where they stood: count and amount."""
    t = claim_sum.c
    whole_counties = is_whole(asked.connection, asked.viewer, asked.filters, COUNTY)
    digits = COUNTY if whole_counties and asked.by != "town" else TOWN
    known = _places(digits)
    parts = [
        select(t.programme_id, t.period, known.c.place, t.standing, *_signed(piece))
        .join_from(known, claim_sum, t.place == known.c.place)
        .where(t.digits == digits, _within(piece))
        .where(asked.scope(known.c.place, t.programme_id, t.period))
        for piece in pieces(day_number(asked.as_of), _latest(asked, digits))
    ]
    rows = union_all(*parts).subquery()
    state = case(*((rows.c.standing == name, CASE_STATES.index(name)) for name in CASE_STANDINGS))
    return select(
        rows.c.programme_id,
        rows.c.period,
        asked.place(rows.c.place).label("place"),
        state.label("state"),
        rows.c["count"],
        rows.c.amount,
    )


def _places(digits: int) -> CTE:
    """The places that there are sums of, each found behind the one before: not all their sums are read."""
    t = claim_sum.c
    of = (t.digits == digits, t.span == SPANS[-1])
    found = select(func.min(t.place).label("place")).where(*of).cte("known", recursive=True)
    behind = select(func.min(t.place)).where(*of, t.place > found.c.place).correlate(found).scalar_subquery()
    return found.union_all(select(behind).where(found.c.place.isnot(None)))


def _latest(asked: Asked, digits: int) -> int:
    """The last day on which any case came to stand otherwise, 0 where there is none."""
    t, known = claim_sum.c, _places(digits)
    last = select(func.max(raw_column(t.day)))
    last = last.where(t.digits == digits, t.span == SPANS[0], t.place == known.c.place)
    found = asked.connection.scalar(select(func.max(last.correlate(known).scalar_subquery())))
    return int(found or 0)


def _signed(piece: Piece) -> tuple[ColumnElement[int], ColumnElement[int]]:
    t = claim_sum.c
    return (t["count"] * piece.sign).label("count"), (t.amount * piece.sign).label("amount")


def _within(piece: Piece) -> ColumnElement[bool]:
    day = raw_column(claim_sum.c.day)
    first = true() if piece.first is None else day >= piece.first
    return and_(claim_sum.c.span == piece.span, day <= piece.last, first)

"""Standard reasons of failures, and the banks' wordings behind them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, exists, func, select

from store.models.failures import failure, failure_event
from store.models.posts import Viewer
from store.models.reference import reason, wording
from store.queries.failures import FAILING, scoped
from store.queries.filters import Filters
from store.queries.people import People
from store.tables import Code, Number


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A standard reason: its cause and cure, and how many returns of the scope had it."""

    reason: str
    name: str
    cause: Code
    cure: str | None
    due_days: Number | None
    returns: Number


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A bank's own words, the reason they map to, and how many returns of the scope said them."""

    text: str
    reason: Code | None
    returns: Number


def reasons(connection: Connection, viewer: Viewer, as_of: date) -> list[ReasonRow]:
    """The standard reasons, by code."""
    said: Counter[str] = Counter()
    for row in wordings(connection, viewer, as_of):
        if row.reason is not None:
            said[row.reason] += row.returns
    return [
        ReasonRow(row.reason, row.name, row.cause, row.cure, row.due_days, said[row.reason])
        for row in connection.execute(select(reason).order_by(reason.c.reason))
    ]


def count_unmapped(connection: Connection, viewer: Viewer, as_of: date) -> int:
    """How many wordings without a reason failed returns of the scope had up to a day."""
    e, f = failure_event.c, failure.c
    said = exists().where(
        e.wording_id == wording.c.wording_id,
        e.day <= as_of,
        e.result.in_(FAILING),
        f.failure_id == e.failure_id,
        scoped(connection, viewer, Filters()),
    )
    query = select(func.count()).select_from(wording).where(wording.c.reason.is_(None), said)
    return int(connection.scalar(query) or 0)


def wordings(
    connection: Connection, viewer: Viewer, as_of: date, unmapped_only: bool = False
) -> list[WordingRow]:
    """The wordings that failed returns of the scope had up to a day, the most frequent first."""
    e = failure_event
    count = func.count().label("returns")
    query = (
        select(wording.c.text, wording.c.reason, count)
        .join_from(e, failure, failure.c.failure_id == e.c.failure_id)
        .join(wording, wording.c.wording_id == e.c.wording_id)
        .where(scoped(connection, viewer, Filters()), e.c.day <= as_of, e.c.result.in_(FAILING))
        .group_by(wording.c.text, wording.c.reason)
        .order_by(count.desc(), wording.c.text)
    )
    if unmapped_only:
        query = query.where(wording.c.reason.is_(None))
    shown = People(viewer)
    return [
        WordingRow(shown.text(row.text) or "", row.reason, row.returns) for row in connection.execute(query)
    ]

"""How old open failures are, and what share of all failures was paid again, by county or unit and in all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, and_, case, func, literal, select

from store.models.columns import county_number, day_number, day_of, raw_column
from store.models.failures import failure
from store.models.figures import failure_sum
from store.models.posts import Viewer
from store.models.reference import unit
from store.queries import places, tracking
from store.queries.failures import left_on, scoped, spans, states
from store.queries.filters import Filters
from store.queries.sums import by_programme
from store.queries.tracking import county_code
from store.tables import Day, Digits, Fen, Number, Rate
from store.workdays import ONE

BANDS = (7, 30, 90)  # calendar days
COUNTS = (
    *("open_count", "open_amount"),
    *(f"up_to_{band}_days_count" for band in BANDS),
    f"over_{BANDS[-1]}_days_count",
)


@dataclass(frozen=True)
class _Group:
    county_code: Digits | None
    county: str | None
    unit_code: str | None
    unit: str | None


@dataclass(frozen=True)
class _Ages:
    open_count: Number
    open_amount: Fen
    up_to_7_days_count: Number
    up_to_30_days_count: Number
    up_to_90_days_count: Number
    over_90_days_count: Number
    oldest_on: Day | None
    oldest_days: Number | None


@dataclass(frozen=True)
class AgeRow(_Ages, _Group):
    """Open failures of a county or unit (None: the whole scope) by calendar days since they opened."""


@dataclass(frozen=True)
class _Shares:
    failure_count: Number
    reissued_count: Number
    both_count: Number
    refunded_count: Number
    open_count: Number
    to_reissue_count: Number
    reissue_rate: Rate | None


@dataclass(frozen=True)
class RateRow(_Shares, _Group):
    """Failures of a county or unit (None: the whole scope) and how they ended.

    Refunds are counted apart: `reissue_rate` is `reissued_count` (wholly paid again) of `to_reissue_count`,
    which is every failure but those that were refunded, in whole or in part.
    """


def ages(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool = False
) -> list[AgeRow]:
    """Open failures by age at the end of a day: the oldest unit first, or counties in their order."""
    f = failure.c
    left, opened = left_on(as_of), raw_column(f.opened_on)
    unit_id = f.unit_id if by_unit else literal(0)
    day = day_number(as_of)
    limits = (day + 1, *(day - band for band in BANDS))
    bands = [
        func.sum(case((and_(opened < high, opened >= low), 1), else_=0)) for high, low in pairwise(limits)
    ]
    older = func.sum(case((opened < limits[-1], 1), else_=0))
    query = (
        select(f.county, unit_id, func.count(), func.sum(left), *bands, older, func.min(opened))
        .where(scoped(connection, viewer, filters), f.opened_on <= as_of)
        .where(spans(connection, open_since=as_of), left > 0)
        .group_by(f.county, *([f.unit_id] if by_unit else []))
    )
    found = {
        (county_code(county), unit_of): list(map(int, sums))
        for county, unit_of, *sums in connection.execute(query)
    }
    columns = list(zip(*found.values(), strict=True)) or [(0,)] * (len(COUNTS) + 1)
    whole = [*map(sum, columns[:-1]), min(columns[-1])]
    by_group = {group: _ages(sums, as_of) for group, sums in found.items()}
    rows = _rows_of(connection, by_group, _ages(whole, as_of), AgeRow)
    if by_unit:
        rows[:-1] = sorted(rows[:-1], key=lambda row: (-(row.oldest_days or 0), row.unit_code or ""))
    return rows


def rates(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool = False
) -> list[RateRow]:
    """How the failures ended that opened from `filters.since` (ever) up to a day; the worst unit first."""
    question = tracking.asked(connection, viewer, filters)
    if filters.since is None and question.whole and not (by_unit and by_programme(viewer, filters)):
        ends = _ends_from_sums(question, as_of, by_unit)
    else:
        since = None
        if filters.since is not None:
            since = and_(spans(connection), failure.c.opened_on >= filters.since)
        ends = defaultdict(Counter)
        for state in states(connection, viewer, as_of, filters, extra=since):
            group = (county_code(state.row.county), state.row.unit_id if by_unit else 0)
            ends[group][state.cleared_by or "open"] += 1
    whole: Counter[str] = sum(ends.values(), Counter())
    by_group = {group: _shares(counts) for group, counts in ends.items()}
    rows = _rows_of(connection, by_group, _shares(whole), RateRow)
    if by_unit:
        rows[:-1] = sorted(rows[:-1], key=lambda row: (row.reissue_rate or 0, row.unit_code or ""))
    return rows


def _ages(sums: Sequence[int], as_of: date) -> dict[str, Any]:
    *counts, oldest = sums
    first = day_of(oldest)
    return {**dict(zip(COUNTS, counts, strict=True)), "oldest_on": first, "oldest_days": (as_of - first).days}


Key = tuple[str, int]  # county, and unit_id or 0


def _ends_from_sums(question: tracking.Asked, as_of: date, by_unit: bool) -> dict[Key, Counter[str]]:
    """How many failures stood cleared, by what, and how many open, from the sums of whole counties."""
    t = failure_sum.c
    left = (t.opened_count, t.new_count - t.cleared_count, t.refund_count, t.both_count)
    query = (
        select(t.place, t.unit_id, *map(func.sum, left))
        .where(tracking.of_counties(question, by_unit), tracking.before(as_of + ONE))
        .group_by(t.place, t.unit_id)
    )
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for place, unit_id, *sums in question.connection.execute(query):
        opened, still_open, refund, both = map(int, sums)
        ends = found[county_code(county_number(place)), unit_id]
        ends.update(open=still_open, refund=refund, both=both, reissue=opened - still_open - refund - both)
    return found


def _shares(ends: Counter[str]) -> dict[str, Any]:
    reissued, whole = ends["reissue"], ends.total()
    due = whole - ends["refund"] - ends["both"]
    return {
        "failure_count": whole,
        "reissued_count": reissued,
        "both_count": ends["both"],
        "refunded_count": ends["refund"],
        "open_count": ends["open"],
        "to_reissue_count": due,
        "reissue_rate": round(reissued / due, 4) if due else None,
    }


def _rows_of(
    connection: Connection, groups: Mapping[Key, Mapping[str, Any]], whole: Mapping[str, Any], row_class: Any
) -> list[Any]:
    """A row a group, and one for all; none where nothing was found."""
    names = places.names(connection, {county for county, _ in groups} - {""})
    units = {row.unit_id: (row.unit_code, row.name) for row in connection.execute(select(unit))}
    rows = [
        row_class(county, names.get(county), *units.get(of, (None, None)), **figures)
        for (county, of), figures in sorted(groups.items(), key=lambda each: each[0])
    ]
    return [*rows, row_class(None, None, None, None, **whole)] if rows else []

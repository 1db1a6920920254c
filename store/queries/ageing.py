"""How old open failures are, and what share of all failures was paid again, by county or unit and in all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from store.models.posts import Viewer
from store.models.reference import unit
from store.queries import places
from store.queries.boards import county_code
from store.queries.failures import FailureState, states
from store.queries.filters import Filters
from store.tables import Day, Digits, Fen, Number, Rate

BANDS = (7, 30, 90)  # calendar days


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
    found = [s for s in states(connection, viewer, as_of, filters, open_since=as_of) if s.is_open]
    rows = _grouped(connection, found, by_unit, lambda group: _ages(group, as_of), AgeRow)
    if by_unit:
        rows[:-1] = sorted(rows[:-1], key=lambda row: (-(row.oldest_days or 0), row.unit_code or ""))
    return rows


def rates(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool = False
) -> list[RateRow]:
    """How the failures ended that opened from `filters.since` (ever) up to a day; the worst unit first."""
    found = [
        state
        for state in states(connection, viewer, as_of, filters)
        if filters.since is None or state.row.opened_on >= filters.since
    ]
    rows = _grouped(connection, found, by_unit, _shares, RateRow)
    if by_unit:
        rows[:-1] = sorted(rows[:-1], key=lambda row: (row.reissue_rate or 0, row.unit_code or ""))
    return rows


def _ages(group: Sequence[FailureState], as_of: date) -> dict[str, Any]:
    days = [(as_of - state.row.opened_on).days for state in group]
    first = min((state.row.opened_on for state in group), default=None)
    limits = (-1, *BANDS)
    bands = {
        f"up_to_{high}_days_count": sum(low < age <= high for age in days)
        for low, high in zip(limits, BANDS, strict=False)
    }
    return {
        "open_count": len(group),
        "open_amount": sum(state.outstanding for state in group),
        **bands,
        "over_90_days_count": sum(age > BANDS[-1] for age in days),
        "oldest_on": first,
        "oldest_days": max(days, default=None),
    }


def _shares(group: Sequence[FailureState]) -> dict[str, Any]:
    ends = [state.cleared_by for state in group]
    reissued = ends.count("reissue")
    due = len(group) - ends.count("refund") - ends.count("both")
    return {
        "failure_count": len(group),
        "reissued_count": reissued,
        "both_count": ends.count("both"),
        "refunded_count": ends.count("refund"),
        "open_count": ends.count(None),
        "to_reissue_count": due,
        "reissue_rate": round(reissued / due, 4) if due else None,
    }


def _grouped(
    connection: Connection,
    found: Iterable[FailureState],
    by_unit: bool,
    figures: Callable[[Sequence[FailureState]], dict[str, Any]],
    row_class: Any,
) -> list[Any]:
    """A row a group, and one for all; none where nothing was found."""
    groups: dict[tuple[str, int], list[FailureState]] = {}
    for state in found:
        key = (county_code(state.row.county), state.row.unit_id if by_unit else 0)
        groups.setdefault(key, []).append(state)
    names = places.names(connection, {county for county, _ in groups} - {""})
    units = {row.unit_id: (row.unit_code, row.name) for row in connection.execute(select(unit))}
    rows = [
        row_class(county, names.get(county), *units.get(of, (None, None)), **figures(group))
        for (county, of), group in sorted(groups.items())
    ]
    everything = [state for group in groups.values() for state in group]
    return [*rows, row_class(None, None, None, None, **figures(everything))] if rows else []

"""Weekly feedback (周反馈) on failed payments, by county or by county and unit, and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from store.models.failures import failure
from store.models.posts import Viewer
from store.models.reference import unit
from store.queries import places, tracking, weekly_sums
from store.queries.failures import FailureState, fed_back, scoped, states
from store.queries.filters import Filters
from store.queries.sums import by_programme
from store.queries.timing import time_of
from store.queries.weekly_sums import Group, Week
from store.tables import Day, Digits, Fen, Number, Rate
from store.workdays import Calendar

WEEKS = timedelta(days=49)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class _OfCounty:
    week: Day
    county_code: Digits | None
    county: str | None


@dataclass(frozen=True)
class _OfUnit:
    unit_code: str | None
    unit: str | None


@dataclass(frozen=True)
class _Figures:
    opening_count: Number
    new_count: Number
    cleared_count: Number
    closing_count: Number
    closing_amount: Fen
    due_count: Number
    fed_back_count: Number
    without_feedback_count: Number
    cleared_within_7_days_count: Number
    cleared_within_7_days_rate: Rate | None


@dataclass(frozen=True)
class WeeklyRow(_Figures, _OfCounty):
    """A week of a county (None: the whole scope), named by its Monday."""


@dataclass(frozen=True)
class WeeklyUnitRow(_Figures, _OfUnit, _OfCounty):
    """A week of a county and unit (None: the whole scope), named by its Monday."""


def _weeks(calendar: Calendar, since: date, as_of: date) -> list[Week]:
    monday = since - timedelta(days=since.weekday())
    weeks = []
    while monday <= as_of:
        sunday = monday + timedelta(days=6)
        asked = calendar.last_working_of_week(monday)
        point = None if asked is None else min(asked, as_of)
        weeks.append(Week(monday, min(sunday, as_of), point, as_of >= sunday + WEEK))
        monday += WEEK
    return weeks


def weekly(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool = False
) -> list[WeeklyRow] | list[WeeklyUnitRow]:
    """The weekly sheet from `filters.since` (8 weeks up to `as_of`), by county, or by county and unit."""
    since = filters.since or as_of - WEEKS
    weeks = _weeks(time_of(connection).calendar, since, as_of)
    question = tracking.asked(connection, viewer, filters)
    if question.whole and not (by_unit and by_programme(viewer, filters)):
        pairs, found = weekly_sums.figures(question, weeks, as_of, by_unit)
    else:
        pairs, found = _from_states(question, weeks, as_of, by_unit)
    names = _county_names(connection, {county for county, _ in pairs})
    units = _units(connection) if by_unit else {}
    order = sorted(pairs, key=lambda pair: (pair[0], units.get(pair[1], ("", ""))[0]))
    rows: list[Any] = []
    for week in weeks:
        total: Counter[str] = Counter()
        for pair in order:
            figures = found[week.monday][pair]
            total.update(figures)
            rows.append(
                _weekly_row(week, (pair[0], names.get(pair[0])), units.get(pair[1]), by_unit, figures)
            )
        if order:
            rows.append(_weekly_row(week, (None, None), None, by_unit, total))
    return rows


def _county_names(connection: Connection, codes: set[str]) -> dict[str, str]:
    return places.names(connection, codes - {""})


def _from_states(
    question: tracking.Asked, weeks: Sequence[Week], as_of: date, by_unit: bool
) -> tuple[set[Group], dict[date, dict[Group, Counter[str]]]]:
    """Every figure from the failures themselves, where no sums are kept of what is asked for."""
    connection, viewer, filters = question.connection, question.viewer, question.filters
    scope = scoped(connection, viewer, filters)
    f = failure.c
    known = select(f.county, f.unit_id).where(scope, f.opened_on <= as_of).distinct()
    pairs = {
        (tracking.county_code(row.county), row.unit_id if by_unit else 0) for row in connection.execute(known)
    }
    first = weeks[0].monday if weeks else as_of
    groups: dict[Group, list[FailureState]] = {pair: [] for pair in pairs}
    for state in states(connection, viewer, as_of, filters, open_since=first):
        county = tracking.county_code(state.row.county)
        groups[county, state.row.unit_id if by_unit else 0].append(state)
    found: dict[date, dict[Group, Counter[str]]] = {}
    for week in weeks:
        answered = fed_back(connection, scope, week.monday, week.end, as_of)
        found[week.monday] = {
            pair: Counter(_week_figures(week, group, answered, as_of)) for pair, group in groups.items()
        }
    return pairs, found


def _weekly_row(
    week: Week,
    county: tuple[str | None, str | None],
    of_unit: tuple[str, str] | None,
    by_unit: bool,
    figures: Mapping[str, int],
) -> WeeklyRow | WeeklyUnitRow:
    counts: dict[str, Any] = dict(figures)
    opened, soon = counts.pop("opened"), counts["cleared_within_7_days_count"]
    counts["cleared_within_7_days_rate"] = round(soon / opened, 4) if opened and week.passed else None
    if by_unit:
        return WeeklyUnitRow(week.monday, *county, *(of_unit or (None, None)), **counts)
    return WeeklyRow(week.monday, *county, **counts)


def _units(connection: Connection) -> dict[int, tuple[str, str]]:
    return {row.unit_id: (row.unit_code, row.name) for row in connection.execute(select(unit))}


def _week_figures(
    week: Week, group: Sequence[FailureState], answered: set[int], as_of: date
) -> dict[str, int]:
    before = week.monday - timedelta(days=1)
    moved = [event for state in group for event in state.events if week.monday <= event.day <= week.end]
    closing = [state.outstanding_on(week.end) for state in group]
    due = [] if week.asked is None else [s for s in group if s.outstanding_on(week.asked) > 0]
    fed = sum(state.row.failure_id in answered for state in due)
    opened = [s for s in group if week.monday <= s.row.opened_on <= week.end]
    soon = sum(s.outstanding_on(min(s.row.opened_on + WEEK, as_of)) == 0 for s in opened)
    return {
        "opening_count": sum(state.outstanding_on(before) > 0 for state in group),
        "new_count": sum(event.opened > 0 for event in moved),
        "cleared_count": sum(event.opened < 0 for event in moved),
        "closing_count": sum(amount > 0 for amount in closing),
        "closing_amount": sum(closing),
        "due_count": len(due),
        "fed_back_count": fed,
        "without_feedback_count": len(due) - fed,
        "cleared_within_7_days_count": soon,
        "opened": len(opened),
    }

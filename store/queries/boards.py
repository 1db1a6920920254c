"""Daily tracking (日销号) and weekly feedback (周反馈) of failed payments, by county and in all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, select

from store.models.failures import failure, failure_event
from store.models.posts import Viewer
from store.models.reference import unit
from store.queries import places
from store.queries.failures import FailureState, fed_back, scoped, states
from store.queries.filters import Filters
from store.queries.timing import time_of
from store.tables import Day, Digits, Fen, Number, Rate
from store.workdays import Calendar

DAYS = timedelta(days=29)
WEEKS = timedelta(days=49)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DailyRow:
    """A day of a county (None: the whole scope): opening + new - cleared = closing, in counts and fen."""

    day: Day
    county_code: Digits | None
    county: str | None
    opening_count: Number
    opening_amount: Fen
    new_count: Number
    new_amount: Fen
    cleared_count: Number
    cleared_amount: Fen
    closing_count: Number
    closing_amount: Fen
    same_day_count: Number
    late_count: Number


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


SUMS = (
    *("opening_count", "opening_amount", "new_count", "new_amount"),
    *("cleared_count", "cleared_amount", "same_day_count", "late_count"),
)


def daily(connection: Connection, viewer: Viewer, as_of: date, filters: Filters) -> list[DailyRow]:
    """The daily board from `filters.since` (30 days up to `as_of`), for each county that had a failure."""
    since = filters.since or as_of - DAYS
    moves = _moves(connection, viewer, as_of, filters)
    names = _county_names(connection, moves)
    running = {county: dict.fromkeys(SUMS, 0) for county in names}
    for county, days in moves.items():
        for day, move in days.items():
            if day < since:
                _carry(running[county], move)
    rows = []
    for step in range((as_of - since).days + 1):
        day = since + timedelta(days=step)
        total = dict.fromkeys(SUMS, 0)
        for county in sorted(names):
            sums = {**running[county], **dict.fromkeys(SUMS[2:], 0), **moves[county].get(day, {})}
            for name in SUMS:
                total[name] += sums[name]
            rows.append(_daily_row(day, county, names[county], sums))
            _carry(running[county], moves[county].get(day, {}))
        if names:
            rows.append(_daily_row(day, None, None, total))
    return rows


def _carry(sums: dict[str, int], move: dict[str, int]) -> None:
    sums["opening_count"] += move.get("new_count", 0) - move.get("cleared_count", 0)
    sums["opening_amount"] += move.get("new_amount", 0) - move.get("cleared_amount", 0)


def _daily_row(day: date, code: str | None, name: str | None, sums: dict[str, int]) -> DailyRow:
    closing = sums["opening_count"] + sums["new_count"] - sums["cleared_count"]
    amount = sums["opening_amount"] + sums["new_amount"] - sums["cleared_amount"]
    return DailyRow(day, code, name, **sums, closing_count=closing, closing_amount=amount)


def _moves(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters
) -> dict[str, dict[date, dict[str, int]]]:
    """What each county's days changed, summed up by the database."""
    f, e = failure, failure_event

    def total(condition: Any, value: Any) -> Any:
        return func.sum(case((condition, value), else_=0))

    query = (
        select(
            f.c.county,
            e.c.day,
            total(e.c.opened > 0, 1),
            total(e.c.change > 0, e.c.change),
            total(e.c.opened < 0, 1),
            total(e.c.change < 0, -e.c.change),
            total((e.c.opened < 0) & (e.c.day == f.c.opened_on), 1),
            func.sum(e.c.late),
        )
        .join_from(e, f, f.c.failure_id == e.c.failure_id)
        .where(scoped(connection, viewer, filters), e.c.day <= as_of)
        .group_by(f.c.county, e.c.day)
    )
    moves: dict[str, dict[date, dict[str, int]]] = defaultdict(dict)
    for county, day, *sums in connection.execute(query):
        moves[county_code(county)][day] = dict(zip(SUMS[2:], map(int, sums), strict=True))
    return moves


def county_code(county: int) -> str:
    """Six digits, or the empty text of what has no county."""
    return f"{county:06d}" if county else ""


def _county_names(connection: Connection, codes: Iterable[str]) -> dict[str, str | None]:
    listed = list(codes)
    known = places.names(connection, [code for code in listed if code])
    return {code: known.get(code) for code in listed}


@dataclass(frozen=True)
class _Week:
    monday: date
    end: date  # its Sunday, or the day that is asked for
    asked: date | None  # at whose end failures owe feedback
    passed: bool  # seven days have passed since its end


def _weeks(calendar: Calendar, since: date, as_of: date) -> list[_Week]:
    monday = since - timedelta(days=since.weekday())
    weeks = []
    while monday <= as_of:
        sunday = monday + timedelta(days=6)
        asked = calendar.last_working_of_week(monday)
        point = None if asked is None else min(asked, as_of)
        weeks.append(_Week(monday, min(sunday, as_of), point, as_of >= sunday + WEEK))
        monday += WEEK
    return weeks


def weekly(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, by_unit: bool = False
) -> list[WeeklyRow] | list[WeeklyUnitRow]:
    """The weekly sheet from `filters.since` (8 weeks up to `as_of`), by county, or by county and unit."""
    since = filters.since or as_of - WEEKS
    weeks = _weeks(time_of(connection).calendar, since, as_of)
    scope = scoped(connection, viewer, filters)
    f = failure.c
    known = select(f.county, f.unit_id).where(scope, f.opened_on <= as_of).distinct()
    pairs = {(row.county, row.unit_id if by_unit else 0) for row in connection.execute(known)}
    first = weeks[0].monday if weeks else as_of
    groups: dict[tuple[int, int], list[FailureState]] = {pair: [] for pair in pairs}
    for state in states(connection, viewer, as_of, filters, open_since=first):
        groups[state.row.county, state.row.unit_id if by_unit else 0].append(state)
    names = _county_names(connection, {county_code(county) for county, _ in pairs})
    units = _units(connection) if by_unit else {}
    order = sorted(pairs, key=lambda pair: (county_code(pair[0]), units.get(pair[1], ("", ""))[0]))
    rows: list[Any] = []
    for week in weeks:
        answered = fed_back(connection, scope, week.monday, week.end, as_of)
        total: Counter[str] = Counter()
        for pair in order:
            code = county_code(pair[0])
            figures = _week_figures(week, groups[pair], answered, as_of)
            total.update(figures)
            rows.append(_weekly_row(week, (code, names[code]), units.get(pair[1]), by_unit, figures))
        if order:
            rows.append(_weekly_row(week, (None, None), None, by_unit, total))
    return rows


def _weekly_row(
    week: _Week,
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
    week: _Week, group: Sequence[FailureState], answered: set[int], as_of: date
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

"""The figures of the weekly sheet from the sums that are kept of whole counties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select

from store.models.columns import county_number
from store.models.failures import failure, failure_event
from store.models.figures import DAYS, WEEKDAYS, failure_sum, feedback_sum
from store.queries.failures import scoped, spans
from store.queries.sums import summed
from store.queries.tracking import Asked, before, county_code, of_counties
from store.workdays import ONE

SOON = timedelta(days=7)

Group = tuple[str, int]  # county, and unit_id or 0


@dataclass(frozen=True)
class Week:
    """A week of the sheet."""

    monday: date
    end: date  # its Sunday, or the day that is asked for
    asked: date | None  # at whose end failures owe feedback
    passed: bool  # seven days have passed since its end


COUNTED = ("new_count", "cleared_count", "due_count", "cleared_within_7_days_count", "opened")
FIGURES = ("new_count", "cleared_count", "new_amount", "cleared_amount", "opened_count", "soon_count")


def figures(
    question: Asked, weeks: Sequence[Week], as_of: date, by_unit: bool
) -> tuple[set[Group], dict[date, dict[Group, Counter[str]]]]:
    """The groups that had a failure by a day, and by Monday and group what the sheet says of them."""
    first = weeks[0].monday if weeks else as_of + ONE
    opening = _opening(question, first, by_unit)
    days = _days(question, first, as_of, by_unit)
    fed = _fed_back(question, weeks, as_of, by_unit)
    recent = _soon_of_late(question, as_of, by_unit)
    groups = {*opening, *days}
    found: dict[date, dict[Group, Counter[str]]] = {week.monday: {} for week in weeks}
    for group in groups:
        running: Counter[str] = Counter(opening.get(group, {}))
        moved = days.get(group, {})
        for week in weeks:
            sums = _week(week, running, moved, as_of)
            sums["cleared_within_7_days_count"] += sum(
                count for day, count in recent.get(group, {}).items() if week.monday <= day <= week.end
            )
            sums["fed_back_count"] = fed.get(week.monday, {}).get(group, 0)
            sums["without_feedback_count"] = sums["due_count"] - sums["fed_back_count"]
            found[week.monday][group] = sums
    return groups, found


def _week(
    week: Week, running: Counter[str], moved: Mapping[date, Mapping[str, int]], as_of: date
) -> Counter[str]:
    """The figures of a group's week; `running` goes on from what was open at its begin to its end."""
    sums: Counter[str] = Counter(dict.fromkeys(COUNTED, 0) | {"opening_count": running["count"]})
    day = week.monday
    while day <= week.end:
        move = moved.get(day)
        if move is not None:
            running["count"] += move["new_count"] - move["cleared_count"]
            running["amount"] += move["new_amount"] - move["cleared_amount"]
            sums["new_count"] += move["new_count"]
            sums["cleared_count"] += move["cleared_count"]
            sums["opened"] += move["opened_count"]
            if day + SOON <= as_of:
                sums["cleared_within_7_days_count"] += move["soon_count"]
        if day == week.asked:
            sums["due_count"] = running["count"]
        day += ONE
    sums["closing_count"], sums["closing_amount"] = running["count"], running["amount"]
    return sums


def _group(place: int, unit_id: int) -> Group:
    return county_code(county_number(place)), unit_id


def _opening(question: Asked, first: date, by_unit: bool) -> dict[Group, Counter[str]]:
    t = failure_sum.c
    query = (
        select(
            t.place,
            t.unit_id,
            func.sum(t.new_count - t.cleared_count),
            func.sum(t.new_amount - t.cleared_amount),
        )
        .where(of_counties(question, by_unit), before(first))
        .group_by(t.place, t.unit_id)
    )
    found: dict[Group, Counter[str]] = defaultdict(Counter)
    for place, unit_id, count, amount in question.connection.execute(query):
        found[_group(place, unit_id)].update(count=int(count), amount=int(amount))
    return found


def _days(question: Asked, first: date, until: date, by_unit: bool) -> dict[Group, dict[date, Counter[str]]]:
    t = failure_sum.c
    query = (
        select(t.place, t.unit_id, t.day, *(func.sum(t[name]) for name in FIGURES))
        .where(of_counties(question, by_unit), t.span == DAYS, t.day >= first, t.day <= until)
        .group_by(t.place, t.unit_id, t.day)
    )
    found: dict[Group, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for place, unit_id, day, *sums in question.connection.execute(query):
        row = found[_group(place, unit_id)][day]
        for name, value in zip(FIGURES, sums, strict=True):
            row[name] += int(value)
    return found


def _fed_back(
    question: Asked, weeks: Sequence[Week], as_of: date, by_unit: bool
) -> dict[date, dict[Group, int]]:
    """Of the failures that owed feedback, those that were given it; by Monday."""
    asked = {week.monday: week.asked for week in weeks if week.asked is not None}
    if not asked:
        return {}
    t = feedback_sum.c
    scope = summed(question.connection, question.viewer, question.filters, t.place, t.programme_id)
    query: Select[Any] = (
        select(t.place, t.unit_id, t.monday, *(func.sum(t[name]) for name in WEEKDAYS))
        .where(scope, t.unit_id != 0 if by_unit else t.unit_id == 0)
        .where(t.monday >= min(asked), t.monday <= max(asked), t.seen_on <= as_of)
        .group_by(t.place, t.unit_id, t.monday)
    )
    found: dict[date, dict[Group, int]] = defaultdict(lambda: defaultdict(int))
    for place, unit_id, monday, *counts in question.connection.execute(query):
        day = asked.get(monday)
        if day is not None:
            found[monday][_group(place, unit_id)] += int(counts[(day - monday).days])
    return found


def _soon_of_late(question: Asked, as_of: date, by_unit: bool) -> dict[Group, dict[date, int]]:
    """Of the failures of the last week, which the sums do not judge yet, those with nothing outstanding."""
    f, e = failure.c, failure_event.c
    last = (
        select(e.outstanding)
        .where(e.failure_id == f.failure_id, e.day <= as_of)
        .order_by(e.seq.desc())
        .limit(1)
        .correlate(failure)
        .scalar_subquery()
    )
    left = case((f.moved_on <= as_of, f.outstanding), else_=last)
    query = (
        select(f.county, f.unit_id, f.opened_on, func.count())
        .where(scoped(question.connection, question.viewer, question.filters))
        .where(spans(question.connection), f.opened_on > as_of - SOON, f.opened_on <= as_of, left == 0)
        .group_by(f.county, f.unit_id, f.opened_on)
    )
    found: dict[Group, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for county, unit_id, day, count in question.connection.execute(query):
        found[county_code(county), unit_id if by_unit else 0][day] += count
    return found

"""How many approvals are late or due soon, by county and grade: counted by their kinds, not listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, exists, select

from store.models.claims import pause
from store.models.clock import Clock, graded, second_working_day
from store.models.columns import county_of, day_of, unpack_region
from store.models.posts import Viewer
from store.queries import stay_sums
from store.queries.filters import Filters
from store.queries.overdue import judge
from store.queries.stays import has_pause, kinds_of, latest_entries, scope_of, still_open, visits
from store.queries.sums import is_whole
from store.queries.timing import limits_of, time_of


def by_county(connection: Connection, viewer: Viewer, as_of: date) -> Counter[tuple[str, str]]:
    """How many stays `overdue.approvals` lists, with those that are due soon, by county and grade.

    Stays whose clock never paused are judged by the kind: those of one limit that began on one day are alike.
    """
    time, limits = time_of(connection), limits_of(connection)
    horizon = second_working_day(time.calendar, as_of, time.thresholds)
    # limits are judged by the place: it is told apart as far as any of them tells it apart
    digits = next(length for length in (6, 9, 12) if length >= limits.deepest)
    paused = connection.scalar(select(exists(select(pause.c.claim_id))))
    found: Counter[tuple[str, str]] = Counter()
    known: dict[tuple[int, date], str | None] = {}
    summed = digits == 6 and is_whole(connection, viewer, Filters(), 6)
    latest = {stage: min(day, as_of) for stage, day in latest_entries(limits, time, as_of, horizon).items()}
    for number, which in enumerate(still_open(connection, viewer, as_of, Filters(), limits, time, horizon)):
        if summed and number == 0:
            kinds = stay_sums.kinds(connection, viewer, limits, latest)
        else:
            kinds = _kinds(connection, viewer, as_of, which, digits)
        for code, place, stage, begun, count in kinds:
            limit = limits.find(code, place, stage, begun)
            if limit is None:
                continue
            if (id(limit), begun) not in known:
                clock = Clock(time.calendar, begun, limit.count, limit.unit)
                due = clock.due()
                late = clock.overdue(due, as_of)
                known[id(limit), begun] = graded(time.thresholds, late, due, horizon) if due else None
            if (grade := known[id(limit), begun]) is not None:
                found[county_of(place) or "", grade] += count
        if not paused:
            continue
        rows = visits(connection, viewer, as_of, Filters(), and_(which, has_pause()))
        for judged, clock in judge(connection, rows, as_of, limits, time):
            grade = graded(time.thresholds, judged.overdue_days, judged.due, horizon)
            if grade is not None and judged.due is not None and not clock.paused(as_of):
                found[county_of(judged.row.region_code) or "", grade] += 1
    return +found


def _kinds(
    connection: Connection, viewer: Viewer, as_of: date, which: ColumnElement[bool], digits: int
) -> Iterator[stay_sums.Kind]:
    scope = scope_of(connection, viewer, Filters())
    for code, region, stage, day, count in connection.execute(kinds_of(as_of, which, scope, digits)):
        yield code, unpack_region(region), stage, day_of(day), count

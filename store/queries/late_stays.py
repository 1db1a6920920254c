"""How many approvals are late or due soon, by county and grade: counted by their kinds, not listed."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import Connection, and_

from store.models.clock import Clock, graded, second_working_day
from store.models.columns import county_of, day_of, unpack_region
from store.models.posts import Viewer
from store.queries.filters import Filters
from store.queries.overdue import judge
from store.queries.stays import has_pause, kinds, scope_of, still_open, visits
from store.queries.timing import limits_of, time_of


def by_county(connection: Connection, viewer: Viewer, as_of: date) -> Counter[tuple[str, str]]:
    """How many stays `overdue.approvals` lists, with those that are due soon, by county and grade.

    Stays whose clock never paused are judged by the kind: those of one limit that began on one day are alike.
    """
    time, limits = time_of(connection), limits_of(connection)
    horizon = second_working_day(time.calendar, as_of, time.thresholds)
    # limits are judged by the place: it is told apart as far as any of them tells it apart
    deepest = max((len(line.region_code) for lines in limits.lines.values() for line in lines), default=0)
    digits = next(length for length in (6, 9, 12) if length >= deepest)
    found: Counter[tuple[str, str]] = Counter()
    for which in still_open(connection, viewer, as_of, Filters(), limits, time, horizon):
        scope = scope_of(connection, viewer, Filters())
        for code, region, stage, day, count in connection.execute(kinds(as_of, which, scope, digits)):
            place, begun = unpack_region(region), day_of(day)
            limit = limits.find(code, place, stage, begun)
            if limit is not None:
                clock = Clock(time.calendar, begun, limit.count, limit.unit)
                due = clock.due()
                grade = graded(time.thresholds, clock.overdue(due, as_of), due, horizon) if due else None
                if grade is not None:
                    found[county_of(place) or "", grade] += count
        rows = visits(connection, viewer, as_of, Filters(), and_(which, has_pause()))
        for judged, clock in judge(connection, rows, as_of, limits, time):
            grade = graded(time.thresholds, judged.overdue_days, judged.due, horizon)
            if grade is not None and judged.due is not None and not clock.paused(as_of):
                found[county_of(judged.row.region_code) or "", grade] += 1
    return found

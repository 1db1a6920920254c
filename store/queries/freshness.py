"""How fresh the data of each county is: when returns or stages of it last arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, func, select

from store.models.claims import stage_visit
from store.models.columns import county_of
from store.models.figures import arrival
from store.models.intake import source_file
from store.models.payments import batch, payment, payment_return
from store.models.posts import Viewer
from store.models.reference import unit
from store.queries.filters import Filters
from store.queries.scope import places_within, within
from store.queries.sums import is_whole, summed
from store.queries.tracking import county_code
from store.workdays import Calendar

SILENT_AFTER = 3  # working days


@dataclass(frozen=True, slots=True)
class Freshness:
    """The day on which a county's data last arrived, None for never, and whether that is long ago."""

    data_on: date | None
    silent: bool


def freshness(
    connection: Connection, viewer: Viewer, as_of: date, calendar: Calendar, counties: Iterable[str] = ()
) -> dict[str, Freshness]:
    """The freshness of `counties`, of those that have units within scope, and of those that sent anything.

    A county is silent when nothing of it arrived for more than three working days.
    """
    units = select(unit.c.region_code).where(places_within(viewer, unit.c.region_code)).distinct()
    expected = {county_of(code) for code in connection.scalars(units)}
    arrived = _arrivals(connection, viewer, as_of)
    found = {}
    for code in sorted({*counties, *(code for code in expected if code), *arrived}):
        day = arrived.get(code)
        long_ago = day is None or calendar.between(day, as_of) > SILENT_AFTER
        found[code] = Freshness(day, long_ago)
    return found


def _arrivals(connection: Connection, viewer: Viewer, as_of: date) -> dict[str, date]:
    """By county the last day, up to `as_of`, on which a return or stage within scope arrived."""
    a = arrival.c
    towns = Filters()
    if is_whole(connection, viewer, towns, 6):
        scope = summed(connection, viewer, towns, a.place, a.programme_id)
    elif is_whole(connection, viewer, towns, 9):
        scope = and_(within(viewer, a.place, a.programme_id), a.programme_id != 0)
    else:
        return _of_villages(connection, viewer, as_of)
    query = select(a.home, func.max(a.day)).where(scope, a.day <= as_of).group_by(a.home)
    return {county_code(home): day for home, day in connection.execute(query)}


def _of_villages(connection: Connection, viewer: Viewer, as_of: date) -> dict[str, date]:
    """The same within a village, of which no days are kept."""
    v, r = stage_visit.c, payment_return.c
    day = func.max(source_file.c.arrived_on)
    stages = (
        select(v.home, day)
        .join_from(stage_visit, source_file, source_file.c.file_id == v.file_id)
        .where(within(viewer, v.region_code, v.programme_id), source_file.c.arrived_on <= as_of)
        .group_by(v.home)
    )
    returns = (
        select(r.home, day)
        .join_from(payment_return, source_file, source_file.c.file_id == r.file_id)
        .join(payment, payment.c.payment_id == r.payment_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .where(within(viewer, payment.c.region_code, batch.c.programme_id))
        .where(source_file.c.arrived_on <= as_of)
        .group_by(r.home)
    )
    found: dict[str, date] = {}
    for query in (stages, returns):
        for home, last in connection.execute(query):
            code = county_code(home)
            found[code] = max(last, found.get(code, last))
    return found

"""The kinds of stays that nobody has ended, from the sums of whole counties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection, and_, false, or_, select

from store.models.columns import unpack_region
from store.models.figures import stay_sum
from store.models.limits import Limits
from store.models.posts import Viewer
from store.models.reference import programme
from store.queries.filters import Filters
from store.queries.scope import places_within, within
from store.queries.sums import by_programme

Kind = tuple[str, str, str, date, int]  # programme, place, stage, the day it was entered on: how many


def kinds(
    connection: Connection, viewer: Viewer, limits: Limits, latest: Mapping[str, date]
) -> Iterator[Kind]:
    """The kinds of all stays that are still open, in whole counties, from their sums; `*` is any programme.

    A programme that no limit names is judged like any other, and needs not be told apart from these.
    """
    t = stay_sum.c
    days = or_(false(), *(and_(t.stage == stage, t.day <= day) for stage, day in latest.items()))
    query = select(t.place, t.programme_id, t.stage, t.day, t["count"]).where(days)
    codes = {row.programme_id: row.programme_code for row in connection.execute(select(programme))}
    if by_programme(viewer, Filters()):
        own = query.where(t.programme_id != 0, within(viewer, t.place, t.programme_id))
        for place, programme_id, stage, day, count in connection.execute(own):
            yield codes[programme_id], unpack_region(place), stage, day, count
        return
    apart = [programme_id for programme_id, code in codes.items() if code in limits.named]
    here = query.where(places_within(viewer, t.place), t.programme_id.in_([0, *apart]))
    for place, programme_id, stage, day, count in connection.execute(here):
        told = (unpack_region(place), stage, day)
        yield codes.get(programme_id, "*"), *told, count
        if programme_id:
            yield "*", *told, -count

"""The narrowings that several lists share, from options to what the queries take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from console.places import Option, Options
from store.errors import WrongUsage
from store.models.posts import Viewer

if TYPE_CHECKING:
    from store.queries.filters import Filters

PLACE = (Option("county"), Option("region"), Option("programme"))
SINCE = Option("since")
MOVED = ("new", "cleared")


def day(text: str) -> date:
    """A day as it is typed; WrongUsage where it is none."""
    from store.models.values import parse_date

    try:
        return parse_date(text)
    except ValueError:
        raise WrongUsage("bad_day", text=text) from None


def filters_of(options: Options) -> Filters:
    """The options as the queries' own narrowings."""
    from store.queries.filters import Filters

    since = options.get("since")
    return Filters(
        options.get("county"),
        options.get("region"),
        options.get("programme"),
        options.get("stage"),
        options.get("grade"),
        options.get("reason"),
        since=day(since) if since else None,
        without_feedback="without-feedback" in options,
        everything="all" in options,
        moved=next((each for each in MOVED if each in options), None),
    )


def placed(connection: Connection, viewer: Viewer, filters: Filters) -> Filters:
    """The same, where a name that is no county's is taken for that of a town or village."""
    from store.queries.places import resolve

    if filters.county is None or filters.region is not None:
        return filters
    try:
        resolve(connection, viewer, filters.county, county_only=True)
    except WrongUsage as error:
        if error.key != "county_unknown":
            raise
        try:
            resolve(connection, viewer, filters.county)
        except WrongUsage as other:
            raise (error if other.key == "county_unknown" else other) from None
        return replace(filters, county=None, region=filters.county)
    return filters

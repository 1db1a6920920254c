"""Which kept sums answer for a scope: those of whole counties or towns, of all programmes or of some."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_

from store.models.posts import Viewer
from store.queries.filters import Filters, narrowed
from store.queries.places import resolve
from store.queries.scope import within


def is_whole(connection: Connection, viewer: Viewer, filters: Filters, digits: int) -> bool:
    """Whether only whole places of at most so many digits are asked for, so that sums of such answer."""
    codes = [] if viewer.post.everything else [viewer.post.region or ""]
    if filters.county is not None:
        codes.append(resolve(connection, viewer, filters.county, county_only=True))
    if filters.region is not None:
        codes.append(resolve(connection, viewer, filters.region))
    return all(len(code) <= digits for code in codes)


def by_programme(viewer: Viewer, filters: Filters) -> bool:
    """Whether some programmes are asked for, and not all."""
    post = viewer.post
    bound = not post.everything and bool(post.programmes or post.department)
    return bound or filters.programme is not None


def summed(
    connection: Connection, viewer: Viewer, filters: Filters, place: Any, programme_id: Any
) -> ColumnElement[bool]:
    """That a sum lies in scope, and in what is asked for; sums of all programmes have programme 0."""
    some = by_programme(viewer, filters)
    scope = within(viewer, place, programme_id)
    asked = narrowed(connection, viewer, filters, place, programme_id)
    return and_(scope, asked, programme_id != 0 if some else programme_id == 0)

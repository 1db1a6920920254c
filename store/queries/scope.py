"""The one choke point for what a post may see: every query passes its rows through `within`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, literal, select, true

from store.models.columns import Big, region_span
from store.models.posts import Viewer
from store.models.reference import programme


def inside(region: Any, code: str) -> ColumnElement[bool]:
    """That a region column names `code` or a place within it."""
    start, stop = region_span(code)
    return and_(region >= literal(start, Big), region < literal(stop, Big))


def within(viewer: Viewer, region: Any, programme_id: Any = None, code: Any = None) -> ColumnElement[bool]:
    """That a row lies within the scope of the viewer's post.

    `region` is the row's region column; `programme_id` or `code` that of its programme's id or code,
    None where rows have no programme: those a post that is bound to programmes or a department never sees.
    """
    post = viewer.post
    if post.everything:
        return true()
    if not (post.region or post.department or post.programmes):
        return false()
    parts: list[ColumnElement[bool]] = []
    if post.region:
        parts.append(inside(region, post.region))
    if post.programmes or post.department:
        if programme_id is None and code is None:
            return false()
        key, column = (
            (programme.c.programme_id, programme_id)
            if programme_id is not None
            else (programme.c.programme_code, code)
        )
        allowed = select(key)
        if post.programmes:
            allowed = allowed.where(programme.c.programme_code.in_(post.programmes))
        if post.department:
            allowed = allowed.where(programme.c.unit_kind == post.department)
        parts.append(column.in_(allowed))
    return and_(*parts)


def places_within(viewer: Viewer, region: Any) -> ColumnElement[bool]:
    """That a place itself, which has no programme, lies where the viewer's post looks."""
    post = viewer.post
    if post.region and not post.everything:
        return inside(region, post.region)
    return true() if post.everything or post.department or post.programmes else false()

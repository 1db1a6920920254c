"""What a post follows and what it marked, and how much attention anything was given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select

from store.lookup import rows_where
from store.models.attention import attention
from store.models.columns import county_of, end_of
from store.models.posts import Viewer
from store.queries.places import names
from store.queries.scope import within
from store.tables import Code, Digits, Flag, Moment, Number


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """Attention given to something, when and by whom; `follows` is whether it is still followed."""

    subject_kind: Code
    subject: Digits
    region_code: str | None
    county: str | None
    at: Moment
    post: str
    login: str
    note: str | None
    follows: Flag


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something was marked or followed, by any post, and how many posts follow it as of the day."""

    times: Number
    followers: Number


def listed(
    connection: Connection, viewer: Viewer, as_of: date, everything: bool = False
) -> list[AttentionRow]:
    """What the viewer's post follows, the latest first; with `everything` its marks and past follows too."""
    where = attention.c.post == viewer.post.code
    return _rows(connection, viewer, as_of, where if everything else where & _follows(as_of))


def given(connection: Connection, viewer: Viewer, as_of: date, kind: str, no: str) -> list[AttentionRow]:
    """All attention that any post gave to one subject within scope, the latest first."""
    where = and_(attention.c.subject_kind == kind, attention.c.subject == no)
    return _rows(connection, viewer, as_of, where)


def followed(connection: Connection, viewer: Viewer, as_of: date) -> set[tuple[str, str]]:
    """Kind and number of all that the viewer's post follows."""
    return {(row.subject_kind, row.subject) for row in listed(connection, viewer, as_of)}


def counts(connection: Connection, kind: str, numbers: Collection[str], as_of: date) -> dict[str, Counted]:
    """How much attention subjects of one kind were given, by number; those given none are left out.

    The numbers are those of rows that the viewer sees.
    """
    query = select(attention, _follows(as_of).label("standing")).where(
        attention.c.subject_kind == kind, attention.c.at <= end_of(as_of)
    )
    found: dict[str, Counted] = {}
    for row in rows_where(connection, query, attention.c.subject, numbers):
        known = found.get(row.subject, Counted(0, 0))
        found[row.subject] = Counted(known.times + 1, known.followers + bool(row.standing))
    return found


def _follows(as_of: date) -> ColumnElement[bool]:
    """That a follow lasts at the end of a day."""
    until = attention.c.unfollowed_at
    return and_(attention.c.follows, or_(until.is_(None), until > end_of(as_of)))


def _rows(
    connection: Connection, viewer: Viewer, as_of: date, where: ColumnElement[bool]
) -> list[AttentionRow]:
    seen = within(viewer, attention.c.region_code, code=attention.c.programme_code)
    query = (
        select(attention, _follows(as_of).label("standing"))
        .where(seen, where, attention.c.at <= end_of(as_of))
        .order_by(attention.c.at.desc(), attention.c.attention_id.desc())
    )
    rows: list[Row[Any]] = list(connection.execute(query))
    counties = names(connection, {county_of(row.region_code or "") or "" for row in rows} - {""})
    return [
        AttentionRow(
            row.subject_kind,
            row.subject,
            row.region_code,
            counties.get(county_of(row.region_code or "") or ""),
            row.at,
            row.post,
            row.login,
            row.note,
            bool(row.standing),
        )
        for row in rows
    ]

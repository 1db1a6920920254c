"""The rectification ledger of any day: the list, and what of it is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, true

from store.choices import coded
from store.models.clock import graded
from store.models.columns import county_of, end_of
from store.models.ledger import item, item_step
from store.models.posts import Viewer
from store.models.rectification import AT_REST, ENDED, STATUSES, ItemState, Status, Step, state_of
from store.models.reference import unit
from store.queries import paging
from store.queries.paging import Page, Span
from store.queries.places import names
from store.queries.posts import all_posts
from store.queries.scope import inside, within
from store.queries.timing import time_of
from store.tables import Code, Day, Fen, Number


@dataclass(frozen=True)
class LedgerRow:
    """An item as it is listed; overdue_days are calendar days, 0 where it is not overdue."""

    item_no: str
    title: str
    category: Code
    source: Code
    source_ref: str | None
    region_code: str
    county: str | None
    unit_code: str | None
    unit: str | None
    responsible: str | None
    opened_on: Day
    due_on: Day | None
    status: Code
    overdue_days: Number
    submitted_by: str | None
    closed_by: str | None
    closed_on: Day | None
    leader: str | None
    measures: str | None
    type: Code | None
    first_due_on: Day | None
    extensions: Number
    returns: Number
    amount: Fen | None
    recovered: Fen | None
    transferred_to: str | None
    transferred_on: Day | None
    doc_no: str | None


@dataclass(frozen=True)
class _Kind:
    kind: Code


@dataclass(frozen=True)
class RectificationRow(LedgerRow, _Kind):
    """An overdue item: the kind, the keys of the ledger, the grade."""

    grade: Code


@dataclass(frozen=True, slots=True)
class Filters:
    """Which items are listed: the open ones, or those of one status, or all; `county` is a region code.

    `waiting` lists those that wait for the viewer: submitted, and not by its post or its hand.
    """

    everything: bool = False
    status: str | None = None
    county: str | None = None
    overdue: bool = False
    waiting: bool = False
    transferred_to: str | None = None


def listed(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters = Filters()
) -> list[LedgerRow]:
    """The items within scope as they stood at the end of a day, by number."""
    status = coded("status", STATUSES, filters.status)
    where = _within_county(filters.county)
    if status:
        where &= _may(item.c.status == status)
    elif not filters.everything:
        where &= _may(item.c.status.not_in(ENDED))
    if filters.waiting:
        where &= _may(item.c.status == Status.SUBMITTED)
    kept = []
    own = _submitted_by(connection, viewer, as_of) if filters.waiting else frozenset()
    for row, state in standing(connection, viewer, as_of, where):
        if filters.waiting and (state.status != Status.SUBMITTED or row.item_id in own):
            continue
        if filters.transferred_to not in (None, state.transferred_to):
            continue
        wanted = state.status == status if status else filters.everything or state.status not in ENDED
        if wanted and not (filters.overdue and overdue_days(state, as_of) == 0):
            kept.append((row, state))
    return rows_of(connection, kept, as_of)


def _submitted_by(connection: Connection, viewer: Viewer, as_of: date) -> frozenset[int]:
    """The items that the viewer may not close: its post submitted them once, or its hand at a bound post."""
    bound = {each.code for each in all_posts(connection) if each.logins}
    s = item_step.c
    mine = s.post == viewer.post.code
    if viewer.post.code in bound:
        mine |= (s.login == viewer.login) & s.post.in_(sorted(bound))
    query = select(s.item_id).where(s.step == Step.SUBMIT, s.at <= end_of(as_of), mine)
    return frozenset(connection.scalars(query))


def overdue(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    county: str | None = None,
    programme: str | None = None,
    grade: str | None = None,
    upcoming_to: date | None = None,
) -> list[RectificationRow]:
    """The overdue items, most overdue first, then by number.

    `upcoming_to` adds, with grade upcoming, what is due from that day on up to and including it.
    """
    where = _within_county(county)
    where &= item.c.programme_code == programme if programme else true()
    where &= _may(item.c.status.not_in(AT_REST) & (item.c.due_on <= (upcoming_to or as_of)))
    kept = [
        (row, state)
        for row, state in standing(connection, viewer, as_of, where)
        if state.due_on is not None and state.status not in AT_REST
    ]
    thresholds = time_of(connection).thresholds
    found = []
    for row in rows_of(connection, kept, as_of):
        given = graded(thresholds, row.overdue_days, row.due_on, upcoming_to or as_of)
        if given is None or (given == "upcoming" and upcoming_to is None) or grade not in (None, given):
            continue
        found.append(RectificationRow(kind="rectification", grade=given, **vars(row)))
    return sorted(found, key=lambda row: -row.overdue_days)


def overdue_days(state: ItemState, as_of: date) -> int:
    """Calendar days past the due day; 0 without one, before it, or when the unit has done its part."""
    if state.due_on is None or state.status in AT_REST:
        return 0
    return max(0, (as_of - state.due_on).days)


def _may(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a condition may have held on the day: it holds of the item now, or the item has changed since.

    Spares reading the steps of what ended long ago; whether it did hold is told by the state of that day.
    """
    return (item_step.c.seq < item.c.version) | condition


def standing(
    connection: Connection, viewer: Viewer, as_of: date, where: ColumnElement[bool]
) -> list[tuple[Row[Any], ItemState]]:
    """Items within scope that were there at the end of a day, by number, each with its state of then."""
    query = _standing(viewer, as_of, where).order_by(item.c.item_no)
    return [(row, state_of(row.after)) for row in connection.execute(query)]


def page(
    connection: Connection, viewer: Viewer, as_of: date, county: str | None, span: Span
) -> Page[LedgerRow]:
    """A page of all items, whatever became of them, by number; `county` is a region code."""
    query = _standing(viewer, as_of, _within_county(county))
    found = paging.rows_of(connection, query, [item.c.item_no], span)
    rows = rows_of(connection, [(row, state_of(row.after)) for row in found], as_of)
    return Page(rows, [(row.item_no,) for row in rows])


def count(
    connection: Connection, viewer: Viewer, as_of: date, county: str | None, most: int | None = None
) -> int:
    """How many they are; with `most` not counted beyond that."""
    query = _standing(viewer, as_of, _within_county(county)).with_only_columns(item.c.item_no)
    return paging.count(connection, query, most)


def _within_county(county: str | None) -> ColumnElement[bool]:
    return inside(item.c.region_code, county) if county else true()


def _standing(viewer: Viewer, as_of: date, where: ColumnElement[bool]) -> Select[Any]:
    earlier = item_step.alias()
    last = (
        select(func.max(earlier.c.seq))
        .where(earlier.c.item_id == item.c.item_id, earlier.c.at <= end_of(as_of))
        .correlate(item)
        .scalar_subquery()
    )
    return (
        select(item, item_step.c.after)
        .select_from(item.join(item_step, item_step.c.item_id == item.c.item_id))
        .where(item_step.c.seq == last)
        .where(within(viewer, item.c.region_code, code=item.c.programme_code), where)
    )


_OF_ITEM = (
    "item_no",
    "title",
    "category",
    "source",
    "source_ref",
    "region_code",
    "opened_on",
    "amount",
    "doc_no",
)
_OF_STATE = tuple(
    field.name
    for field in fields(LedgerRow)
    if field.name not in (*_OF_ITEM, "county", "unit", "overdue_days")
)


def rows_of(connection: Connection, kept: list[tuple[Row[Any], ItemState]], as_of: date) -> list[LedgerRow]:
    """Items and their states as rows, with the names of counties and units."""
    counties = names(connection, {county_of(row.region_code) or "" for row, _ in kept} - {""})
    units = _unit_names(connection, {state.unit_code for _, state in kept if state.unit_code})
    return [
        LedgerRow(
            **{name: getattr(row, name) for name in _OF_ITEM},
            **{name: getattr(state, name) for name in _OF_STATE},
            county=counties.get(county_of(row.region_code) or ""),
            unit=units.get(state.unit_code or ""),
            overdue_days=overdue_days(state, as_of),
        )
        for row, state in kept
    ]


def _unit_names(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    query = select(unit.c.unit_code, unit.c.name).where(unit.c.unit_code.in_(sorted(codes)))
    return {row.unit_code: row.name for row in connection.execute(query)}

"""Lands lines by set-based statements: staged beside their table, compared with it, inserted or updated."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    Connection,
    Insert,
    Integer,
    MetaData,
    Select,
    SmallInteger,
    Table,
    and_,
    case,
    false,
    insert,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeDecorator

from store.dialects import bulk_insert, empty
from store.lookup import rows_where, slices
from store.models.feed import Feed
from store.models.intake import history

if TYPE_CHECKING:
    from store.arrays import Column as Values
    from store.bulk import Named

LAND, CHANGE, LEAVE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A stored row that has the key of a staged line."""

    same: bool
    fills: bool  # all that differs was empty and may be filled
    file_id: int


@dataclass(frozen=True)
class Stage:
    """Lines beside their table: `table` has the target's columns, `pos` the line's place and `verdict`."""

    feed: Feed = field(hash=False)
    table: Table
    given: tuple[str, ...]  # the columns that the lines give, without the key

    def matches(self) -> Any:
        """That a staged line has the key of a row of the target."""
        target = self.feed.target
        return and_(*(self.table.c[key] == target.table.c[key] for key in target.keys))


def stage(
    connection: Connection,
    feed: Feed,
    columns: Mapping[str, Values],
    count: int,
    named: Sequence[Named] = (),
) -> Stage:
    """Put lines beside their table; `columns` are values as the table keeps them, `named` taken from rows."""
    table = _beside(feed.target.table, _brought(feed))
    connection.execute(_made(table))
    empty(connection, table)
    bulk_insert(connection, table, columns, count, named)
    keys = set(feed.target.keys)
    there = {*columns, *(name for each in named for name in each.brings)}
    given = [feed.column(field.name) for field in feed.fields if feed.column(field.name) in there]
    return Stage(feed, table, tuple(name for name in dict.fromkeys(given) if name not in keys))


def _brought(feed: Feed) -> tuple[tuple[str, Column[Any]], ...]:
    """What links bring along that is no column of the target: it is known of staged lines alone."""
    return tuple(
        (here, each.number.table.c[there])
        for each in feed.target.links
        for here, there in each.brings.items()
        if here not in feed.target.table.c
    )


@cache
def _made(table: Table) -> CreateTable:
    return CreateTable(table, if_not_exists=True)


@cache
def _beside(target: Table, brought: tuple[tuple[str, Column[Any]], ...]) -> Table:
    """The temporary table for lines of `target`: one for good, so that statements are compiled once."""
    plain = [Column(c.name, _plain(c.type)) for c in target.columns]
    plain += [Column(name, _plain(there.type)) for name, there in brought]
    extra = [
        Column("pos", Integer, primary_key=True),
        Column("verdict", SmallInteger, nullable=False, server_default=str(LAND)),
    ]
    return Table(f"stage_{target.name}", MetaData(), *extra, *plain, prefixes=["TEMPORARY"])


def _plain(kind: Any) -> Any:
    return kind.impl if isinstance(kind, TypeDecorator) else kind


def unnamed(connection: Connection, staged: Stage, column: str) -> list[int]:
    """The places of lines that name no row which is there."""
    return list(connection.scalars(_unnamed(staged.table, column)))


@cache
def _unnamed(stage: Table, column: str) -> Select[tuple[int]]:
    return select(stage.c.pos).where(stage.c[column].is_(None))


def hits(connection: Connection, staged: Stage) -> dict[int, Hit]:
    """The lines whose key is stored already, by their place."""
    query = _hits(staged)
    return {row[0]: Hit(bool(row[1]), bool(row[2]), row[3]) for row in connection.execute(query)}


@cache
def _hits(staged: Stage) -> Select[Any]:
    s, t = staged.table, staged.feed.target.table
    pairs = [(name, s.c[name].is_not_distinct_from(t.c[name])) for name in staged.given]
    same = and_(true(), *(equal for _, equal in pairs))
    fills: Any = false()
    if staged.feed.fillable:
        empty_before = (
            equal | t.c[name].is_(None) if name in staged.feed.fillable else equal for name, equal in pairs
        )
        fills = and_(true(), *empty_before)
    as_number = [case((clause, literal(1)), else_=literal(0)) for clause in (same, fills)]
    return select(s.c.pos, *as_number, t.c.file_id).join_from(s, t, staged.matches())


def mark(connection: Connection, staged: Stage, verdict: int, places: Sequence[int]) -> None:
    """Say of the lines at `places` that they change a row, or are left out."""
    for some in slices(places):
        connection.execute(update(staged.table).where(staged.table.c.pos.in_(some)).values(verdict=verdict))


def change(connection: Connection, staged: Stage, places: Sequence[int], at: datetime) -> None:
    """Update stored rows from the lines at `places`; what they replace goes into the history."""
    s, t = staged.table, staged.feed.target.table
    mark(connection, staged, CHANGE, places)
    before = select(s.c.pos, s.c.file_id.label("by_file"), *t.columns).join_from(s, t, staged.matches())
    kept = []
    for row in rows_where(connection, before, s.c.pos, places):
        found = tuple(row)
        values: dict[str, Any] = dict(zip(t.columns.keys(), found[2:], strict=True))
        key = "/".join(_shown(values[name]) for name in staged.feed.target.keys)
        body = json.dumps(values, ensure_ascii=False, default=_shown)
        kept.append({"feed": staged.feed.name, "key": key, "at": at, "file_id": found[1], "before": body})
    connection.execute(insert(history), kept)
    names = [*staged.given, "file_id"]
    changed = update(t).values({t.c[name]: s.c[name] for name in names})
    connection.execute(changed.where(staged.matches(), s.c.verdict == CHANGE))


def land(connection: Connection, staged: Stage) -> None:
    """Insert every staged line that was not marked otherwise, in the order of their places."""
    connection.execute(_landed(staged))


@cache
def _landed(staged: Stage) -> Insert:
    s, t = staged.table, staged.feed.target.table
    own_id = [c.name for c in t.primary_key if c.name not in staged.feed.target.keys]
    names = [c.name for c in t.columns if c.name not in own_id or c.name == "payment_id"]
    rows = select(*(s.c[name] for name in names)).where(s.c.verdict == LAND).order_by(s.c.pos)
    return insert(t).from_select(names, rows)


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)

"""Keeps whole what did not land: rejected, held and doubtful lines, and keys that a file has said already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, select

from store.dialects import insert_new
from store.intake.lines import Fault, Lines
from store.lookup import rows_where
from store.models.columns import unpack_region
from store.models.intake import doubtful, file_seen, held, reject, source_file


@dataclass(frozen=True, slots=True)
class Kept:
    """A line as it is kept: where it came from, what it says, and what is wrong with it."""

    file_id: int
    line: int
    feed: str
    region: str | None
    raw: str
    fault: Fault | None

    @staticmethod
    def of(lines: Lines, place: int, fault: Fault | None) -> Kept:
        """The line at `place`, whole."""
        packed = lines.values["region_code"][place] if "region_code" in lines.values else None
        region = unpack_region(packed) if isinstance(packed, int) else None
        return Kept(
            lines.file_ids[place], lines.numbers[place], lines.feed.name, region, lines.raw(place), fault
        )


def keep_rejects(connection: Connection, kept: Sequence[Kept]) -> None:
    """Keep rejected lines; the same line of the same file is kept once."""
    rows = [
        {
            "file_id": each.file_id,
            "line": each.line,
            "feed": each.feed or None,
            "field": each.fault.field,
            "code": each.fault.code,
            "value": each.fault.value,
            "region_code": each.region,
            "raw": each.raw,
        }
        for each in kept
        if each.fault is not None
    ]
    insert_new(connection, reject, rows)


def keep_doubtful(connection: Connection, kept: Sequence[tuple[Kept, str]]) -> None:
    """Mark lines that landed though an ID or card is wrong."""
    rows = [
        {
            "file_id": each.file_id,
            "line": each.line,
            "feed": each.feed,
            "field": each.fault.field,
            "code": each.fault.code,
            "value": each.fault.value,
            "region_code": each.region,
            "key": key,
        }
        for each, key in kept
        if each.fault is not None
    ]
    insert_new(connection, doubtful, rows)


def keep_held(connection: Connection, kept: Sequence[tuple[Kept, str, str, str]]) -> None:
    """Keep lines until the parent that each waits for, (feed, key), lands."""
    rows = [
        {
            "file_id": each.file_id,
            "line": each.line,
            "feed": each.feed,
            "waits_for": waits_for,
            "key": key,
            "own_key": own_key,
            "region_code": each.region,
            "raw": each.raw,
        }
        for each, waits_for, key, own_key in kept
    ]
    insert_new(connection, held, rows)


def holding(connection: Connection, feed: str, file_ids: Collection[int]) -> set[int]:
    """Those of the files that have held lines of the feed."""
    waits = exists(select(held.c.held_id).where(held.c.file_id == source_file.c.file_id, held.c.feed == feed))
    return set(
        connection.scalars(select(source_file.c.file_id).where(source_file.c.file_id.in_(file_ids), waits))
    )


def held_lines(
    connection: Connection, feed: str, file_ids: Collection[int], own_keys: Sequence[str]
) -> list[Row[Any]]:
    """Held lines of a feed and of some files that have one of the keys: file_id, line, own_key, raw."""
    query = select(held.c.file_id, held.c.line, held.c.own_key, held.c.raw).where(
        held.c.feed == feed, held.c.file_id.in_(file_ids)
    )
    return rows_where(connection, query, held.c.own_key, own_keys)


def seen(connection: Connection, file_ids: Collection[int], keys: Collection[str]) -> set[tuple[int, str]]:
    """Those of the keys that an earlier line of their file had, and changed nothing: (file_id, key)."""
    query = select(file_seen.c.file_id, file_seen.c.key).where(file_seen.c.file_id.in_(file_ids))
    return {(row.file_id, row.key) for row in rows_where(connection, query, file_seen.c.key, keys)}


def remember(connection: Connection, keys: Sequence[dict[str, Any]]) -> None:
    """Keep in mind, while its file is being taken, which keys a line had that changed nothing."""
    insert_new(connection, file_seen, keys)


def forget(connection: Connection, file_ids: Collection[int]) -> None:
    """The files are taken in whole: their keys need not be kept in mind."""
    connection.execute(delete(file_seen).where(file_seen.c.file_id.in_(file_ids)))

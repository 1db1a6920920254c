"""What came in, what was rejected, what is doubtful, and what is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from store import discovery, identity
from store.models.intake import COUNTS, doubtful, held, reject, source_file
from store.models.posts import Viewer
from store.queries.scope import within
from store.tables import Code, Day, Digits, Moment, Number, Rate
from store.words import knows, say

MASKS = {
    "id": identity.mask_id,
    "card": identity.mask_card,
    "phone": identity.mask_phone,
    "name": identity.mask_name,
}


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line that did not land, or landed doubtful."""

    file: str
    line: int | str
    feed: str | None
    field: str | None
    code: Code
    message: str
    value: Digits | None


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line that waits for its parent."""

    file: str
    line: int | str
    feed: str
    waits_for: str
    key: Digits


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that was taken in, and what became of its lines as it stands now."""

    file: str
    sheet: str | None
    feed: str | None
    state: Code
    arrived_on: Day
    started_at: Moment
    post: str
    rows: Number
    landed: Number
    unchanged: Number
    updated: Number
    held: Number
    rejected: Number
    doubtful: Number
    freed: Number
    seconds: Rate
    sha256: str


def _personal(feed: str | None, field: str | None) -> str | None:
    if feed is None or field is None:
        return None
    mask: str | None = discovery.load("store.feeds", feed).FEED.personal.get(field)
    return mask


def _line(row: Any) -> int | str:
    return row.line if row.sheet is None else f"{row.sheet}!{row.line}"


def arrived(since: date | None, until: date | None) -> ColumnElement[bool]:
    """That a file arrived from one day to another, both counted."""
    day = source_file.c.arrived_on
    parts = [day >= since] if since is not None else []
    return and_(true(), *parts, *([day <= until] if until is not None else []))


def _kept(
    connection: Connection, viewer: Viewer, table: Any, lang: str, when: ColumnElement[bool] | None = None
) -> list[KeptLine]:
    query = (
        select(source_file.c.path, source_file.c.sheet, table)
        .join_from(table, source_file, source_file.c.file_id == table.c.file_id)
        .where(within(viewer, table.c.region_code), true() if when is None else when)
        .order_by(table.c.file_id, table.c.line, *table.primary_key)
    )
    found = []
    for row in connection.execute(query):
        value = row.value
        mask = _personal(row.feed, row.field)
        if value and not viewer.reveal:
            # what stands in the wrong column may be anyone's number
            value = MASKS[mask](value) if mask else identity.mask_within(value, certain=False)
        message = sentence(row.code, row.feed, row.field, value, lang)
        found.append(KeptLine(row.path, _line(row), row.feed, row.field, row.code, message, value))
    return found


def sentence(code: str, feed: str | None, field: str | None, value: str | None, lang: str) -> str:
    """What is wrong with a line, and what to do, in the reader's language."""
    label = field or ""
    if feed and field:
        spec = discovery.load("store.feeds", feed).FEED.by_name[field]
        label = spec.header if lang == "zh" else spec.name
    key = f"reject.{code}.{field}" if knows(f"reject.{code}.{field}") else f"reject.{code}"
    return say(key, lang, field=label, value=value or "")


def rejects(
    connection: Connection,
    viewer: Viewer,
    lang: str,
    since: date | None = None,
    until: date | None = None,
) -> list[KeptLine]:
    """Every rejected line in the order of files and lines; `message` in `lang`.

    `since` and `until` keep to the files that arrived from one day to the other.
    """
    return _kept(connection, viewer, reject, lang, arrived(since, until))


def count(
    connection: Connection, viewer: Viewer, table: Any, since: date | None = None, until: date | None = None
) -> int:
    """How many lines of a kind are kept within scope, of the files that arrived from one day to another."""
    query = select(func.count()).select_from(table).where(within(viewer, table.c.region_code))
    if since is not None or until is not None:
        files = select(source_file.c.file_id).where(arrived(since, until))
        query = query.where(table.c.file_id.in_(files))
    return int(connection.scalar(query) or 0)


def doubtfuls(connection: Connection, viewer: Viewer, lang: str) -> list[KeptLine]:
    """Every line that landed though an ID or card is wrong."""
    return _kept(connection, viewer, doubtful, lang)


def helds(connection: Connection, viewer: Viewer) -> list[HeldLine]:
    """Every line that waits for a parent."""
    query = (
        select(source_file.c.path, source_file.c.sheet, held)
        .join_from(held, source_file, source_file.c.file_id == held.c.file_id)
        .where(within(viewer, held.c.region_code))
        .order_by(held.c.file_id, held.c.line)
    )
    rows = connection.execute(query)
    return [HeldLine(row.path, _line(row), row.feed, row.waits_for, row.key) for row in rows]


def imports(
    connection: Connection, viewer: Viewer, since: date | None = None, until: date | None = None
) -> list[ImportedFile]:
    """Every file that was taken in, or those that arrived from one day to another.

    Files know no place, so only a post that sees everything sees them.
    """
    if not viewer.post.everything:
        return []
    query = select(source_file).where(arrived(since, until)).order_by(source_file.c.file_id)
    return [
        ImportedFile(
            file=row.path,
            sheet=row.sheet,
            feed=row.feed,
            state=row.state,
            arrived_on=row.arrived_on,
            started_at=row.started_at,
            post=row.post,
            seconds=round(row.seconds, 3),
            sha256=row.sha256,
            **{name: getattr(row, name) for name in COUNTS},
        )
        for row in connection.execute(query)
    ]

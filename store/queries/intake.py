"""What came in, what was rejected, what is doubtful, and what is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, and_, false, select, true

from store import discovery, identity
from store.models.intake import COUNTS, doubtful, held, reject, source_file
from store.models.posts import Viewer
from store.queries import paging
from store.queries.paging import Page, Span
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


@dataclass(frozen=True, slots=True)
class Lines:
    """Which kept lines: of the table `rejects`, `doubtful` or `held`, of files that arrived in these days.

    What is the matter with a line is said in `lang`.
    """

    of: str
    since: date | None = None
    until: date | None = None
    lang: str = "zh"

    @property
    def table(self) -> Table:
        """Where they are kept."""
        return {"rejects": reject, "doubtful": doubtful, "held": held}[self.of]

    @property
    def keys(self) -> list[Column[Any]]:
        """What knows a line, in the order of files and lines."""
        return [self.table.c.file_id, self.table.c.line, *self.table.primary_key]

    def query(self, viewer: Viewer) -> Select[Any]:
        """The lines within scope, each with its file."""
        table = self.table
        return (
            select(source_file.c.path, source_file.c.sheet, table)
            .join_from(table, source_file, source_file.c.file_id == table.c.file_id)
            .where(within(viewer, table.c.region_code), arrived(self.since, self.until))
        )


def page(connection: Connection, viewer: Viewer, lines: Lines, span: Span) -> Page[KeptLine | HeldLine]:
    """A page of the lines in the order of files and lines."""
    found = paging.rows_of(connection, lines.query(viewer), lines.keys, span)
    keys = [tuple(getattr(row, key.name) for key in lines.keys) for row in found]
    if lines.of == "held":
        return Page([_held(row) for row in found], keys)
    return Page([_kept(viewer, row, lines.lang) for row in found], keys)


def count(connection: Connection, viewer: Viewer, lines: Lines, most: int | None = None) -> int:
    """How many lines there are; with `most` not counted beyond that."""
    query = select(lines.table.c.file_id).where(within(viewer, lines.table.c.region_code))
    if lines.since is not None or lines.until is not None:
        files = select(source_file.c.file_id).where(arrived(lines.since, lines.until))
        query = query.where(lines.table.c.file_id.in_(files))
    return paging.count(connection, query, most)


def _all(connection: Connection, viewer: Viewer, lines: Lines) -> Iterator[Row[Any]]:
    yield from connection.execute(lines.query(viewer).order_by(*lines.keys))


def _kept(viewer: Viewer, row: Row[Any], lang: str) -> KeptLine:
    value = row.value
    mask = _personal(row.feed, row.field)
    if value and not viewer.reveal:
        # what stands in the wrong column may be anyone's number
        value = MASKS[mask](value) if mask else identity.mask_within(value, certain=False)
    message = sentence(row.code, row.feed, row.field, value, lang)
    return KeptLine(row.path, _line(row), row.feed, row.field, row.code, message, value)


def _held(row: Row[Any]) -> HeldLine:
    return HeldLine(row.path, _line(row), row.feed, row.waits_for, row.key)


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
    found = _all(connection, viewer, Lines("rejects", since, until))
    return [_kept(viewer, row, lang) for row in found]


def doubtfuls(connection: Connection, viewer: Viewer, lang: str) -> list[KeptLine]:
    """Every line that landed though an ID or card is wrong."""
    return [_kept(viewer, row, lang) for row in _all(connection, viewer, Lines("doubtful"))]


def helds(connection: Connection, viewer: Viewer) -> list[HeldLine]:
    """Every line that waits for a parent."""
    return [_held(row) for row in _all(connection, viewer, Lines("held"))]


def imports(
    connection: Connection, viewer: Viewer, since: date | None = None, until: date | None = None
) -> list[ImportedFile]:
    """Every file that was taken in, or those that arrived from one day to another.

    Files know no place, so only a post that sees everything sees them.
    """
    query = _files(viewer, since, until).order_by(source_file.c.file_id)
    return [_file(row) for row in connection.execute(query)]


def imports_page(
    connection: Connection, viewer: Viewer, since: date | None, until: date | None, span: Span
) -> Page[ImportedFile]:
    """A page of these files, the last one first."""
    query = _files(viewer, since, until)
    found = paging.rows_of(connection, query, [source_file.c.file_id], span, falling=True)
    return Page([_file(row) for row in found], [(row.file_id,) for row in found])


def imports_count(
    connection: Connection, viewer: Viewer, since: date | None, until: date | None, most: int | None = None
) -> int:
    """How many these files are; with `most` not counted beyond that."""
    return paging.count(connection, _files(viewer, since, until), most)


def _files(viewer: Viewer, since: date | None, until: date | None) -> Select[Any]:
    seen = true() if viewer.post.everything else false()
    return select(source_file).where(arrived(since, until), seen)


def _file(row: Row[Any]) -> ImportedFile:
    return ImportedFile(
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

"""What changed since somebody last looked: an act a row, a file a row, and what the post follows first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from store.lookup import rows_where
from store.models.attention import last_look
from store.models.columns import end_of
from store.models.intake import source_file
from store.models.posts import Viewer
from store.models.trace import act_subject, event
from store.queries.attention import followed
from store.queries.audit import known_to
from store.queries.scope import within
from store.queries.subjects import numbers_of
from store.queries.touched import by_file
from store.tables import Code, Digits, Flag, Moment, Number

IMPORTS = ("import", "import_done")
# what is only looked at changes nothing
NO_CHANGE = ("reveal", "export", "store_made")
COUNTED = ("landed", "updated", "held", "rejected")

Follows = Mapping[tuple[str, str], Sequence[str]]  # kind and number -> every number it is named by


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change: an act, or a file that was taken in, whose lines since the look `landed` and so on.

    `count` is how many within scope an act on many concerned, how many lines of a file were read, or how many
    of them were of what is followed.
    """

    seq: Number
    at: Moment
    verb: Code
    subject_kind: Code
    subject: Digits
    post: str
    login: str
    followed: Flag
    count: Number
    landed: Number | None = None
    updated: Number | None = None
    held: Number | None = None
    rejected: Number | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How far somebody at a post has looked: up to which event, and when."""

    post: str
    login: str
    seq: Number
    at: Moment


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, and the newest event there was: the number to give when it has been looked at."""

    rows: tuple[ChangeRow, ...]
    newest_seq: int
    since: datetime | None

    @property
    def of_followed(self) -> tuple[ChangeRow, ...]:
        """The changes of what the post follows."""
        return tuple(row for row in self.rows if row.followed)


def newest(connection: Connection) -> int:
    """The number of the newest event."""
    return int(connection.scalar(select(func.max(event.c.seq))) or 0)


def last(connection: Connection, viewer: Viewer) -> Look | None:
    """The viewer's last look, None where there was none."""
    this = (last_look.c.post == viewer.post.code) & (last_look.c.login == viewer.login)
    row = connection.execute(select(last_look).where(this)).one_or_none()
    return Look(row.post, row.login, row.seq, row.at) if row else None


def since_last_look(connection: Connection, viewer: Viewer, as_of: date) -> Changes:
    """What changed since the viewer last looked; without a look, all that ever did."""
    look = last(connection, viewer)
    found = since(connection, viewer, as_of, seq=look.seq if look else 0)
    return replace(found, since=look.at if look else None)


def since(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    seq: int | None = None,
    at: datetime | None = None,
) -> Changes:
    """What changed after an event, or from a moment on, up to the end of a day.

    What the post follows comes first, then the newest; a file that brought lines of what is followed is told
    once more under that.
    """
    asked = [event.c.verb.not_in(NO_CHANGE), event.c.at <= end_of(as_of)]
    if seq is not None:
        asked.append(event.c.seq > seq)
    if at is not None:
        asked.append(event.c.at >= at)
    query = select(event).where(*asked)
    known = {row.seq: row for row in connection.execute(query.where(known_to(viewer)))}
    follows = _followed(connection, viewer, as_of)
    found = _files([row for row in known.values() if row.verb in IMPORTS])
    found += _acts(connection, viewer, query, known, follows)
    found += _brought(connection, query.where(event.c.verb.in_(IMPORTS)), follows)
    found.sort(key=lambda row: (not row.followed, -row.seq, row.subject))
    return Changes(tuple(found), newest(connection), at)


def _followed(connection: Connection, viewer: Viewer, as_of: date) -> Follows:
    """All that the post follows, each with every number that acts name it by."""
    return {
        (kind, no): sorted(numbers_of(connection, kind, no))
        for kind, no in sorted(followed(connection, viewer, as_of))
    }


def _acts(
    connection: Connection,
    viewer: Viewer,
    query: Select[Any],
    known: Mapping[int, Row[Any]],
    follows: Follows,
) -> list[ChangeRow]:
    """The acts that the viewer may know of, and those on what it follows, whoever's they are."""
    names = {(kind, name) for (kind, _), every in follows.items() for name in every}
    numbers = {name for _, name in names}
    on_followed = [
        row
        for row in rows_where(connection, query, event.c.subject, numbers)
        if (row.subject_kind, row.subject) in names
    ]
    shown = {row.seq: row for row in (*known.values(), *on_followed) if row.verb not in IMPORTS}
    among = _among(connection, viewer, list(shown))
    found = []
    for row in shown.values():
        count = len(among.get(row.seq, ())) or int(json.loads(row.detail).get("count") or 1)
        is_followed = (row.subject_kind, row.subject) in names
        found.append(_row(row, row.subject_kind, row.subject, is_followed, count))
    one_of_many = rows_where(connection, select(act_subject), act_subject.c.subject, numbers)
    mine = [each for each in one_of_many if (each.subject_kind, each.subject) in names]
    many = {row.seq: row for row in rows_where(connection, query, event.c.seq, {each.seq for each in mine})}
    found += [
        _row(many[each.seq], each.subject_kind, each.subject, True, 1) for each in mine if each.seq in many
    ]
    return found


def _row(row: Row[Any], kind: str, subject: str, is_followed: bool, count: int) -> ChangeRow:
    return ChangeRow(row.seq, row.at, row.verb, kind, subject, row.post, row.login, is_followed, count)


def _among(connection: Connection, viewer: Viewer, seqs: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Whom within scope each act on many concerned."""
    query = select(act_subject).where(within(viewer, act_subject.c.region_code))
    found: dict[int, list[Row[Any]]] = {}
    for row in rows_where(connection, query, act_subject.c.seq, seqs):
        found.setdefault(row.seq, []).append(row)
    return found


def _files(events: Sequence[Row[Any]]) -> list[ChangeRow]:
    """One row for each file and feed: the counts of the lines that were taken since."""
    latest: dict[tuple[str, str, str], Row[Any]] = {}
    sums: dict[tuple[str, str, str], Counter[str]] = {}
    for row in events:
        detail = json.loads(row.detail)
        key = (row.subject, str(detail.get("sha256")), str(detail.get("feed")))
        latest[key] = row
        counts = sums.setdefault(key, Counter())
        if row.verb == "import":
            counts.update(_numbers(detail))
    found = []
    for key, row in latest.items():
        counts = sums[key]
        said = (counts[name] for name in COUNTED)
        who = (row.post, row.login, False, counts["rows"])
        found.append(ChangeRow(row.seq, row.at, row.verb, row.subject_kind, row.subject, *who, *said))
    return found


def _numbers(detail: Mapping[str, Any]) -> dict[str, int]:
    return {name: int(detail.get(name, 0)) for name in ("rows", *COUNTED)}


def _brought(connection: Connection, query: Select[Any], follows: Follows) -> list[ChangeRow]:
    """A row for each followed subject of which files brought lines, with the newest of those files."""
    if not follows:
        return []
    latest = {(row.subject, json.loads(row.detail).get("sha256")): row for row in connection.execute(query)}
    known = select(source_file.c.file_id, source_file.c.path, source_file.c.sha256)
    files = rows_where(connection, known, source_file.c.path, {path for path, _ in latest})
    events = {row.file_id: latest[row.path, row.sha256] for row in files if (row.path, row.sha256) in latest}
    found = []
    for (kind, no), names in follows.items():
        lines = {
            file_id: count for file_id, count in by_file(connection, kind, names).items() if file_id in events
        }
        if lines:
            newest_of = max((events[file_id] for file_id in lines), key=lambda row: row.seq)
            found.append(_row(newest_of, kind, no, True, sum(lines.values())))
    return found

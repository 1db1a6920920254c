"""What changed since somebody last looked: acts one a row, imports one a file, the followed first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from store.lookup import rows_where
from store.models.attention import last_look
from store.models.columns import end_of
from store.models.posts import Viewer
from store.models.trace import act_subject, event
from store.queries.attention import followed
from store.queries.audit import known_to
from store.queries.scope import within
from store.queries.subjects import numbers_of
from store.tables import Code, Digits, Flag, Moment, Number

IMPORTS = ("import", "import_done")
# what is only looked at changes nothing
NO_CHANGE = ("reveal", "export", "store_made")
COUNTED = ("landed", "updated", "held", "rejected")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change: an act, or a file that was taken in, whose lines since the look `landed` and so on.

    `count` is how many within scope an act on many concerned, or how many lines of a file were read.
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


def newest(connection: Connection) -> int:
    """The number of the newest event."""
    return int(connection.scalar(select(func.max(event.c.seq))) or 0)


def last(connection: Connection, viewer: Viewer) -> Look | None:
    """The viewer's last look, None where there was none."""
    this = (last_look.c.post == viewer.post.code) & (last_look.c.login == viewer.login)
    row = connection.execute(select(last_look).where(this)).one_or_none()
    return None if row is None else Look(row.post, row.login, row.seq, row.at)


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
    """What changed after an event or a moment, up to the end of a day: followed first, newest first."""
    asked = [event.c.verb.not_in(NO_CHANGE), event.c.at <= end_of(as_of)]
    if seq is not None:
        asked.append(event.c.seq > seq)
    if at is not None:
        asked.append(event.c.at >= at)
    query = select(event).where(*asked, known_to(viewer)).order_by(event.c.seq)
    events = list(connection.execute(query))
    followed_names = _followed_names(connection, viewer, as_of)
    among = _among(connection, viewer, [row.seq for row in events])
    found: list[ChangeRow] = []
    for row in events:
        if row.verb not in IMPORTS:
            found += _act(row, among.get(row.seq, ()), followed_names)
    found += _files([row for row in events if row.verb in IMPORTS])
    found.sort(key=lambda row: (not row.followed, -row.seq, row.subject))
    return Changes(tuple(found), newest(connection), at)


def _followed_names(connection: Connection, viewer: Viewer, as_of: date) -> set[tuple[str, str]]:
    """Kind and number of all that the post follows, by every number that acts name it by."""
    return {
        (kind, name)
        for kind, no in followed(connection, viewer, as_of)
        for name in numbers_of(connection, kind, no)
    }


def _among(connection: Connection, viewer: Viewer, seqs: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Whom within scope each act on many concerned."""
    query = select(act_subject).where(within(viewer, act_subject.c.region_code))
    found: dict[int, list[Row[Any]]] = {}
    for row in rows_where(connection, query, act_subject.c.seq, seqs):
        found.setdefault(row.seq, []).append(row)
    return found


def _act(row: Row[Any], among: Sequence[Row[Any]], followed_names: set[tuple[str, str]]) -> list[ChangeRow]:
    """The row of an act, and of each followed one among the many that it concerned."""
    who = (row.post, row.login)
    is_followed = (row.subject_kind, row.subject) in followed_names
    head = (row.seq, row.at, row.verb)
    made = [
        ChangeRow(*head, row.subject_kind, row.subject, *who, is_followed, len(among) or _count(row.detail))
    ]
    for each in among:
        if (each.subject_kind, each.subject) in followed_names:
            made.append(ChangeRow(*head, each.subject_kind, each.subject, *who, True, 1))
    return made


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


def _count(detail: str) -> int:
    return int(json.loads(detail).get("count") or 1)

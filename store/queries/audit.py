"""The trace as it is read: its events, and whether its chain is whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, RowMapping, Select, or_, select, type_coerce

from store.models.columns import day_of, end_of, moment_of, unpack_region
from store.models.posts import Viewer
from store.models.trace import GENESIS, ON_MANY, act_subject, chained, digest_of, event, trace_head
from store.queries import paging
from store.queries.paging import Page, Span
from store.queries.people import People
from store.queries.scope import within
from store.tables import Code, Day, Digits, Moment, Number

CHUNK = 5_000
FIELDS = ("seq", "at", "as_of", "post", "login", "verb", "subject_kind", "subject", "region_code", "detail")


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event of the trace; `at` is the real clock, `as_of` the day the act was dated."""

    seq: Number
    at: Moment
    as_of: Day
    post: str
    login: str
    verb: Code
    subject_kind: Code
    subject: str
    region_code: str | None
    detail: str
    hash: Digits


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the trace: events up to the end of a day, of one verb, on one subject."""

    until: date | None = None
    verb: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where the trace is not what it was.

    `altered`: the event, or the hash before it, was changed. `missing`: no event where one was, between
    others or (`cut`) at the end. `beyond`: events after the recorded end. `head`: the recorded end is gone
    or names another hash. `against`: the event that was noted elsewhere is gone or another.
    """

    seq: Number
    finding: Code


@dataclass(frozen=True, slots=True)
class Mark:
    """An event by its number and hash, as it is noted outside the store: `SEQ:HASH`."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def listed(connection: Connection, viewer: Viewer, filters: Filters | None = None) -> list[EventRow]:
    """The events a viewer may know of, in their order: its post's own, and those that concern its places."""
    asked = _asked(viewer, filters or Filters()).order_by(event.c.seq)
    return [_shown(EventRow(*row), People(viewer)) for row in connection.execute(asked)]


def page(connection: Connection, viewer: Viewer, filters: Filters, span: Span) -> Page[EventRow]:
    """A page of these events, the last one first."""
    found = paging.rows_of(connection, _asked(viewer, filters), [event.c.seq], span, falling=True)
    rows = [_shown(EventRow(**row._mapping), People(viewer)) for row in found]
    return Page(rows, [(row.seq,) for row in rows])


def count(connection: Connection, viewer: Viewer, filters: Filters, most: int | None = None) -> int:
    """How many these events are; with `most` not counted beyond that."""
    return paging.count(connection, _asked(viewer, filters).with_only_columns(event.c.seq), most)


def _asked(viewer: Viewer, filters: Filters) -> Select[Any]:
    asked = select(*(event.c[name] for name in FIELDS), event.c.hash).where(known_to(viewer))
    if filters.until is not None:
        asked = asked.where(event.c.at <= end_of(filters.until))
    if filters.verb is not None:
        asked = asked.where(event.c.verb == filters.verb)
    if filters.subject is not None:
        among = select(act_subject.c.seq).where(act_subject.c.subject == filters.subject)
        asked = asked.where(or_(event.c.subject == filters.subject, event.c.seq.in_(among)))
    return asked


def _shown(row: EventRow, people: People) -> EventRow:
    """An event as its viewer may see it: what people typed may hold anyone's number."""
    subject = people.text(row.subject) if row.subject_kind == "wording" else row.subject
    return replace(row, subject=subject or "", detail=people.text(row.detail) or "")


def known_to(viewer: Viewer) -> ColumnElement[bool]:
    """That a viewer may know of an event: it is its post's own, or concerns its places, one of many too."""
    among = select(act_subject.c.seq).where(within(viewer, act_subject.c.region_code))
    return or_(event.c.post == viewer.post.code, within(viewer, event.c.region_code), event.c.seq.in_(among))


def head(connection: Connection) -> Mark | None:
    """The recorded end of the trace: what to note elsewhere, to hold the store to it later."""
    found = connection.execute(select(trace_head.c.seq, trace_head.c.hash)).one_or_none()
    return Mark(found.seq, found.hash) if found else None


def verify(connection: Connection, against: Mark | None = None) -> list[Finding]:
    """Every place where the chain is broken, in order; empty where the trace is whole.

    A chain that was made anew from some event on, its end too, is whole in itself: it is found only
    `against` a mark that was noted before.
    """
    found: list[Finding] = []
    last, previous = 0, GENESIS
    noted = recorded = None
    end = head(connection)
    for row in connection.execute(_raw(), execution_options={"yield_per": CHUNK}).mappings():
        seq, kept = row["seq"], row["hash"]
        if seq > last + 1:
            found.append(Finding(last + 1, "missing"))
        elif not _fits(previous, row):
            found.append(Finding(seq, "altered"))
        if end is not None and seq == end.seq:
            recorded = kept
        if against is not None and seq == against.seq:
            noted = kept
        last, previous = seq, kept
    known = {each.seq for each in found}
    found += [each for each in _regrouped(connection) if each.seq not in known]
    found.sort(key=lambda each: each.seq)
    found += _end(end, last, recorded)
    if against is not None and noted != against.hash:
        found.append(Finding(against.seq, "against"))
    return found


def _raw() -> Select[Any]:
    """All events as the tables hold them: what was written over may be no day or moment any more."""
    packed = {
        name: type_coerce(event.c[name], BigInteger).label(name) for name in ("at", "as_of", "region_code")
    }
    plain = [packed.get(name, event.c[name]) for name in (*FIELDS, "hash")]
    return select(*plain).order_by(event.c.seq)


def _fits(previous: str, row: RowMapping) -> bool:
    """Whether an event's hash is that of its fields, after the hash of the event before."""
    try:
        told = {
            **{name: row[name] for name in FIELDS},
            "at": moment_of(row["at"]).isoformat(" "),
            "as_of": day_of(row["as_of"]).isoformat(),
            "region_code": None if row["region_code"] is None else unpack_region(row["region_code"]),
        }
    except (TypeError, ValueError, OverflowError):
        return False
    return bool(chained(previous, told) == row["hash"])


def _regrouped(connection: Connection) -> list[Finding]:
    """The acts on many that concern others than their event says."""
    concerned: dict[int, list[str]] = {}
    for row in connection.execute(select(act_subject.c.seq, act_subject.c.subject)):
        concerned.setdefault(row.seq, []).append(row.subject)
    on_many = event.c.subject_kind.in_([f"{kind}s" for kind in ON_MANY])
    said = {
        row.seq: row.detail for row in connection.execute(select(event.c.seq, event.c.detail).where(on_many))
    }
    return [
        Finding(seq, "altered")
        for seq in sorted({*said, *concerned})
        if f'"{digest_of(concerned.get(seq, ()))}"' not in said.get(seq, "")
    ]


def _end(end: Mark | None, last: int, recorded: str | None) -> list[Finding]:
    if end is None:
        return [Finding(last, "head")]
    if last < end.seq:
        return [Finding(last + 1, "cut")]
    if recorded != end.hash:
        return [Finding(end.seq, "head")]
    return [Finding(end.seq + 1, "beyond")] if last > end.seq else []

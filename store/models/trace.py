"""The trace: one append-only table in which each event carries the hash of the one before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from sqlalchemy import Column, Index, Integer, Table

from store.models.columns import Big, Day, Moment, Region, Text, metadata

GENESIS = "0" * 64
ON_MANY = ("item", "failure")  # kinds of subjects that one act may concern many of; the event says items …

event = Table(
    "event",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("as_of", Day, nullable=False),
    Column("post", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("region_code", Region),
    Column("detail", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
Index("event_subject", event.c.subject_kind, event.c.subject)

# Whom an act on many concerned: its event holds their digest, so that none can be put in or taken out.
act_subject = Table(
    "act_subject",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("subject", Text, primary_key=True),
    Column("subject_kind", Text, nullable=False),
    Column("region_code", Region),
)
Index("act_subject_subject", act_subject.c.subject)

# How long the trace is said to be: a tail that was cut off is missed here.
trace_head = Table(
    "trace_head",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("seq", Big, nullable=False),
    Column("hash", Text, nullable=False),
)


def chained(previous: str, fields: Mapping[str, object]) -> str:
    """The hash of an event that follows one whose hash is `previous`; every field counts."""
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return sha256(f"{previous}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(numbers: Iterable[str]) -> str:
    """The SHA-256 of numbers, sorted by code point, one a line."""
    return sha256("\n".join(sorted(numbers)).encode("utf-8", "surrogatepass")).hexdigest()

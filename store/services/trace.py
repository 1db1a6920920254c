"""Writes events into the trace; an event is the last statement of its transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from store.database import lock_trace
from store.models.posts import Actor
from store.models.trace import GENESIS, chained, event, trace_head
from store.pulse import announce


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def record(
    connection: Connection,
    actor: Actor,
    verb: str,
    subject: tuple[str, str],
    detail: Mapping[str, object],
    region: str | None = None,
) -> int:
    """Append one event and return its number.

    `subject` is its kind (a table's word: item, failure, file ...) and its number; `region` the place it
    concerns, None where it concerns none. The real clock is kept with the day the act was dated.
    """
    lock_trace(connection)
    head = connection.execute(select(trace_head.c.seq, trace_head.c.hash)).one_or_none()
    seq, previous = (head.seq + 1, head.hash) if head else (1, GENESIS)
    fields = {
        "seq": seq,
        "at": actor.now.replace(microsecond=0).isoformat(" "),
        "as_of": actor.as_of.isoformat(),
        "post": actor.post.code,
        "login": actor.login,
        "verb": verb,
        "subject_kind": subject[0],
        "subject": subject[1],
        "region_code": region,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True, default=_plain),
    }
    values = {**fields, "at": actor.now, "as_of": actor.as_of, "hash": chained(previous, fields)}
    connection.execute(insert(event).values(**values))
    if head is None:
        connection.execute(insert(trace_head).values(only=1, seq=seq, hash=values["hash"]))
    else:
        connection.execute(update(trace_head).values(seq=seq, hash=values["hash"]))
    announce(connection, seq)
    return seq

"""Remembers how far somebody at a post has looked at what changed; a look is no act, and no event."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert

from store.models.attention import last_look
from store.models.posts import Viewer
from store.queries.changes import Look, newest


def looked(connection: Connection, viewer: Viewer, now: datetime, seq: int | None = None) -> Look:
    """The viewer has seen all up to an event (that of the answer shown; else the newest)."""
    last = newest(connection)
    seen = last if seq is None else min(seq, last)
    this = (last_look.c.post == viewer.post.code) & (last_look.c.login == viewer.login)
    connection.execute(delete(last_look).where(this))
    connection.execute(insert(last_look).values(post=viewer.post.code, login=viewer.login, seq=seen, at=now))
    return Look(viewer.post.code, viewer.login, seen, now.replace(microsecond=0))

"""Packs a store: what was deleted is given back, and the database learns anew what its tables hold."""

from __future__ import annotations

from dataclasses import dataclass

from store.database import Store, maintaining, writing
from store.errors import NotDone
from store.files import log_of
from store.models.posts import Actor
from store.services import trace
from store.tables import Number

# by whether it is SQLite: its statistics go into the file that is packed, and its log is emptied last
STEPS = {
    True: ("ANALYZE", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"),
    False: ("VACUUM (ANALYZE)",),
}


@dataclass(frozen=True, slots=True)
class Packed:
    """The bytes of a store with its log before and after, and what was won."""

    bytes_before: Number
    bytes_after: Number
    won: Number


def compact(store: Store, actor: Actor) -> Packed:
    """Pack the whole store; others wait as long as SQLite writes it anew, on PostgreSQL nobody waits."""
    if not actor.post.everything:
        raise NotDone("whole_store_only", post=actor.post.code)
    before = _size(store)
    with maintaining(store) as raw:
        for step in STEPS[store.is_sqlite]:
            raw.execute(step).close()
    after = _size(store)
    with writing(store) as connection:
        detail = {"bytes_before": before, "bytes_after": after}
        trace.record(connection, actor, "store_compact", ("store", ""), detail)
    return Packed(before, after, before - after)


def _size(store: Store) -> int:
    path = store.path
    if path is not None:
        return sum(each.stat().st_size for each in (path, log_of(path)) if each.exists())
    with maintaining(store) as raw:
        return int(raw.execute("SELECT pg_database_size(current_database())").fetchone()[0])

"""Takes a whole store from one database to another, and proves that nothing was lost on the way."""

from __future__ import annotations

from store.database import Store, lock_imports, lock_trace, making, writing
from store.errors import NotDone
from store.models.posts import Actor
from store.models.schema import metadata
from store.queries.audit import verify
from store.services import trace
from store.services.opening import bring_schema_up, make_room
from store.transfer import Copied, copy


def move(source: Store, target: Store, actor: Actor) -> list[Copied]:
    """Copy everything into a new store, all or nothing; every table is read again there and compared.

    Nobody else writes into the source meanwhile. The event is the last of both traces, which are the same.
    """
    if not actor.post.everything:
        raise NotDone("whole_store_only", post=actor.post.code)
    make_room(target)
    with writing(source) as here:
        lock_imports(here)
        lock_trace(here)
        detail = {"from": source.shown, "to": target.shown}
        trace.record(here, actor, "store_move", ("store", ""), detail)
        with making(target) as there:
            bring_schema_up(there)
            copied = copy(here, there, metadata.sorted_tables)
            if verify(there):
                raise NotDone("copy_differs", table="event", here=len(verify(here)), there=len(verify(there)))
    return copied

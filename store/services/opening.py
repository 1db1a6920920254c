"""Opens a store, makes a new one, and brings an older one up to date."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, text

from store import discovery
from store.database import Store, default_path, reading, store_at, translated, writing
from store.errors import NotDone
from store.models.posts import Actor, Post

VERSIONS = "store.migrations.versions"


def head() -> str:
    """The newest version of the schema that this program knows."""
    return discovery.names(VERSIONS)[-1]


def open_store(name: str | Path | None, create: bool, login: str, now: datetime) -> Store:
    """The store that `name` means, ready to use; a missing one is made only where `create` allows it."""
    store = store_at(name)
    if not store.exists():
        if not create:
            raise NotDone("store_missing", store=store.shown)
        _make_room(store)
        _bring_up(store, login, now)
        return store
    found = version(store)
    if found == head():
        return store
    if found is None:
        raise NotDone("store_alien", store=store.shown)
    if found not in discovery.names(VERSIONS):
        raise NotDone("store_newer", store=store.shown, found=found)
    _bring_up(store, login, now)
    return store


def version(store: Store) -> str | None:
    """The version of the schema that a database has, None where it is no store."""
    with reading(store) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def _make_room(store: Store) -> None:
    if store.path is None:
        with reading(store) as connection:
            if inspect(connection).get_table_names():
                raise NotDone("store_alien", store=store.shown)
        return
    if store.path == default_path():
        with translated(store):
            store.path.parent.mkdir(parents=True, exist_ok=True)
    if not store.path.parent.is_dir():
        raise NotDone("store_folder", store=store.shown)


def _bring_up(store: Store, login: str, now: datetime) -> None:
    with writing(store) as connection:
        new = not inspect(connection).has_table("alembic_version")
        found = None if new else connection.scalar(text("SELECT version_num FROM alembic_version"))
        bring_schema_up(connection)
        if found is None:
            _found(connection, login, now)
        else:
            from store.services.checking import derive

            derive(connection, _derived_anew(found))


def bring_schema_up(connection: Connection) -> None:
    """Make the tables, or bring those of an older version up to date; nothing is put into them."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def make_room(store: Store) -> None:
    """Whether a new store may be made here; NotDone where one stands, or something else."""
    if store.exists():
        raise NotDone("store_taken", store=store.shown)
    _make_room(store)


def _derived_anew(found: str) -> frozenset[str] | None:
    """What versions later than the one found derive from the rows that are there; None for everything."""
    known = discovery.names(VERSIONS)
    anew: set[str] = set()
    for name in known[known.index(found) + 1 :]:
        told = getattr(discovery.load(VERSIONS, name), "DERIVED_ANEW", ())
        if told is True:
            return None
        anew.update(told)
    return frozenset(anew)


def _found(connection: Connection, login: str, now: datetime) -> None:
    """What every new store has: the owner's post, the standard reasons and the wordings known so far."""
    from store.models.reference import reason, wording
    from store.reference.reasons import REASONS, wordings
    from store.services import trace
    from store.services.posts import insert_post

    owner = Post("owner", login, "discipline", logins=(login,), everything=True)
    actor = Actor(owner, login, now, now.date())
    insert_post(connection, actor, owner)
    connection.execute(
        insert(reason), [{"reason": c, "name": n, "cause": w, "cure": h} for c, n, w, h in REASONS]
    )
    connection.execute(insert(wording), [{"text": t, "reason": r} for t, r in wordings().items()])
    trace.record(connection, actor, "store_made", ("store", ""), {"version": head()})

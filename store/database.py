"""Engines and connections: the only place that commits, or that tells SQLite from PostgreSQL."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError

from store.errors import NotDone, SuperviseError
from store.files import log_of, put_in_place, read_only_file
from store.turns import turn_of_file

BUSY_MS = 15_000
ASK_AGAIN = 0.004  # seconds between two questions whether the store may be written
SMALLEST_DATABASE = 512  # bytes: one page of the smallest size there is
IMPORT_LOCK = 511002


@dataclass(frozen=True)
class Store:
    """A store by its URL; connections are made when first used. One that is `kept` is never written."""

    url: URL
    kept: bool = False

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is an SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file of an SQLite store."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @property
    def shown(self) -> str:
        """The store as a person may read it: a path, or a URL without its password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)

    @cached_property
    def read_only(self) -> bool:
        """Whether the file can only be read: it is kept, or stands where this process may not write."""
        path = self.path
        if path is None or not path.is_file():
            return False
        return self.kept or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))

    @cached_property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, made once."""
        if not self.is_sqlite:
            engine = create_engine(self.url, pool_pre_ping=True)
            event.listen(engine, "connect", _prepare_postgresql)
            return engine
        if self.read_only:
            # a connection a transaction: how the file is to be opened is found out anew for each
            from sqlalchemy.pool import NullPool

            assert self.path is not None
            engine = create_engine(self.url, creator=partial(read_only_file, self.path), poolclass=NullPool)
        else:
            engine = create_engine(self.url, connect_args={"timeout": BUSY_MS / 1000})
            event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def exists(self) -> bool:
        """Whether there is a store here already."""
        if self.path is not None:
            with translated(self):
                return _is_database(self)
        with translated(self):
            return inspect(self.engine).has_table("alembic_version")


def _is_database(store: Store) -> bool:
    """Whether an SQLite file is there; NotDone where it is another file.

    SQLite itself takes a file of a few bytes for an empty database, and writes over it. The file is never
    opened here: to close it again would give up every lock that this process holds on it.
    """
    path = store.path
    if path is None or not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return False
    if path.is_dir():
        raise NotDone("store_unopened", store=store.shown)
    if path.is_file() and path.stat().st_size < SMALLEST_DATABASE:
        raise NotDone("store_damaged", store=store.shown)
    return True


def is_store_file(store: Store, path: Path) -> bool:
    """Whether a path is the store's own file: nobody else may open it while the store is open."""
    own = store.path
    return own is not None and own.exists() and path.exists() and path.samefile(own)


def default_path() -> Path:
    """Where a store is kept when none is named."""
    from platformdirs import user_data_path

    return user_data_path("supervise", appauthor=False) / "store.db"


def store_at(name: str | Path | None) -> Store:
    """The store that a path or an SQLAlchemy URL names; None is the default one."""
    if name is None:
        return Store(URL.create("sqlite", database=str(default_path())))
    named = str(name)
    if "://" not in named:
        return Store(URL.create("sqlite", database=os.path.abspath(os.path.expanduser(named))))
    try:
        url = make_url(named)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise NotDone("store_url", url=named.split("@")[-1]) from error
    return Store(url)


def _prepare_sqlite(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.close()


def _prepare_postgresql(raw: Any, _record: object) -> None:
    """Few rows of large tables by their indexes is what is asked: no compiling, no fear of a seek."""
    with raw.cursor() as cursor:
        cursor.execute("SET jit = off")
        cursor.execute("SET random_page_cost = 1.1")
    raw.commit()


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    raw: Any = connection.connection.dbapi_connection
    # SQLite's own waiting asks less and less often, and so misses the gaps between the chunks of an import
    raw.execute("PRAGMA busy_timeout=0")
    latest = time.monotonic() + BUSY_MS / 1000
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > latest:
                    raise
            time.sleep(ASK_AGAIN * (0.5 + random.random()))
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")


SENTENCES = (
    ("locked", "store_locked"),
    ("full", "disk_full"),
    ("No space left", "disk_full"),
    ("readonly", "store_read_only"),
    ("read-only", "store_read_only"),
    ("unable to open", "store_unopened"),
    ("Permission denied", "store_unopened"),
    ("not a database", "store_damaged"),
    ("malformed", "store_damaged"),
    ("disk I/O error", "store_io"),
)


def as_sentence(error: Exception, store: Store) -> SuperviseError | None:
    """What an officer is told of a database error, or None where it is a fault of the program."""
    words = str(getattr(error, "orig", error))
    if store.read_only and store.path and log_of(store.path).exists() and "unable to open" in words:
        return NotDone("store_log_left", store=store.shown)
    for mark, key in SENTENCES:
        if mark in words:
            return NotDone(key, store=store.shown)
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return NotDone("server_lost", store=store.shown)
    name = type(getattr(error, "orig", error)).__name__
    if name == "OperationalError" and not store.is_sqlite:
        return NotDone("server_unreached", store=store.shown)
    return None


@contextmanager
def translated(store: Store) -> Iterator[None]:
    """Turns what a database says of its state into a sentence."""
    try:
        yield
    except (DatabaseError, sqlite3.Error, OSError) as error:
        told = as_sentence(error, store)
        if told is None:
            raise
        raise told from error


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """A connection that reads one consistent state of the store."""
    with translated(store), store.engine.connect() as connection:
        if not store.is_sqlite:
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """A connection that writes: all of it is committed at the end, or nothing."""
    with translated(store), store.engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def rehearsing(store: Store) -> Iterator[Connection]:
    """A connection on which acts are tried out: whatever is done on it, nothing stays."""
    with translated(store), store.engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin() as attempt:
            yield connection
            attempt.rollback()


@contextmanager
def making(store: Store) -> Iterator[Connection]:
    """A connection that fills a store which is not there yet: all of it is there at the end, or nothing.

    An SQLite file is made beside its place and put there when it is whole, so it needs no journal.
    """
    path = store.path
    if path is None:
        with writing(store) as connection:
            yield connection
        return
    partial_file = path.with_name(f".{path.name}.{os.getpid()}.part")
    partial_store = Store(URL.create("sqlite", database=str(partial_file)))
    try:
        with translated(store):
            with partial_store.engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA journal_mode=OFF")
                raw.execute("PRAGMA synchronous=OFF")
                with connection.execution_options(writes=True).begin():
                    yield connection
            partial_store.engine.dispose()
            put_in_place(partial_file, path)
    finally:
        partial_store.engine.dispose()
        for left in (partial_file, log_of(partial_file), Path(f"{partial_file}-shm")):
            left.unlink(missing_ok=True)


@contextmanager
def maintaining(store: Store) -> Iterator[Any]:
    """The driver's own connection outside any transaction: for what a database does to itself."""
    with translated(store):
        held = store.engine.raw_connection()
        raw: Any = held.driver_connection
        try:
            if not store.is_sqlite:
                raw.autocommit = True
            yield raw
        finally:
            if not store.is_sqlite:
                raw.autocommit = False
            held.close()


@contextmanager
def importing(store: Store, waits: Callable[[], None]) -> Iterator[None]:
    """One import's turn: another waits here until it is over, and `waits` is told so before."""
    if store.path is not None:
        with turn_of_file(store.path.with_name(f"{store.path.name}-import"), waits):
            yield
        return
    if store.is_sqlite:
        yield
        return
    with translated(store), store.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        number = IMPORT_LOCK + 2
        if not connection.scalar(text(f"SELECT pg_try_advisory_lock({number})")):
            waits()
            connection.execute(text(f"SELECT pg_advisory_lock({number})"))
        try:
            yield
        finally:
            connection.execute(text(f"SELECT pg_advisory_unlock({number})"))


def lock_imports(connection: Connection) -> None:
    """Holds the one import lock until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({IMPORT_LOCK})"))


def lock_trace(connection: Connection) -> None:
    """Holds the end of the trace until the transaction ends."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({IMPORT_LOCK + 1})"))

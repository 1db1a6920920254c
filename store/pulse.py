"""Tells whether a store was changed by anyone, cheaply enough to be asked four times a second.

SQLite counts the commits of all other connections (`PRAGMA data_version`), so the connection asked here is
used for nothing else; no read transaction is left open. On PostgreSQL the trace's last number is the mark:
each event is announced as it is committed (LISTEN, NOTIFY). It is asked for when the connection is made, and
every ten seconds or so after, should a gateway keep the announcements to itself.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, text

from store.database import Store, translated
from store.errors import NotDone
from store.files import log_of
from store.models.trace import event

ASK_AGAIN = 40  # beats
CHANNEL = "supervise"


def announce(connection: Connection, seq: int) -> None:
    """Let all who listen know of an event as soon as it is committed; on SQLite they see the commit."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_notify(:channel, :seq)"), {"channel": CHANNEL, "seq": str(seq)})


def still_there(store: Store) -> None:
    """Raise NotDone where the store's file is gone: to connect would make an empty one in its place."""
    if store.path is not None and not store.exists():
        raise NotDone("store_missing", store=store.shown)


class Pulse:
    """One connection of its own to a store; to be used by one thread."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._file: tuple[int, int] | None = None
        self._sqlite: sqlite3.Connection | None = None
        self._server: Connection | None = None
        self._heard: object = None
        self._beats = 0

    def beat(self) -> object:
        """A mark that is another one after each commit; SuperviseError where the store cannot be asked."""
        try:
            with translated(self.store):
                return self._of_file(self.store.path) if self.store.path else self._of_server()
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Give the connection back; the next beat makes a new one."""
        for connection in (self._sqlite, self._server):
            if connection is not None:
                with suppress(Exception):
                    connection.close()
        self._sqlite = self._server = None

    def _of_file(self, path: Path) -> object:
        still_there(self.store)
        found = path.stat()
        file = (found.st_dev, found.st_ino)
        if file != self._file:
            # another file stands in its place: what is still open shows the one that is gone
            self.close()
            if self._file is not None:
                self.store.engine.dispose()
            self._file = file
        if self.store.read_only:
            # nothing counts the commits where nothing may be written: others are seen by what they leave
            log = log_of(path)
            return file, found.st_mtime_ns, found.st_size, log.stat().st_mtime_ns if log.exists() else None
        if self._sqlite is None:
            # rw, not rwc: a file that vanishes in this moment is not made anew
            uri = f"{path.absolute().as_uri()}?mode=rw"
            self._sqlite = sqlite3.connect(uri, uri=True, timeout=0.1, isolation_level=None)
        return file, self._sqlite.execute("PRAGMA data_version").fetchall()

    def _of_server(self) -> object:
        self._beats += 1
        if self._server is None:
            engine = self.store.engine
            self._server = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._server.exec_driver_sql(f"LISTEN {CHANNEL}")
            self._beats = 0
        if self._beats % ASK_AGAIN == 0:
            self._heard = str(self._server.execute(select(func.max(event.c.seq))).scalar())
        from psycopg import Error

        driver: Any = self._server.connection.driver_connection
        try:
            for told in driver.notifies(timeout=0):
                self._heard = told.payload
        except Error as error:
            raise NotDone("server_lost", store=self.store.shown) from error
        return self._heard

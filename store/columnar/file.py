"""The copy as a file of DuckDB: where it stands, how it is opened, how statements of the store run on it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, FromClause, Integer, Select, column, table
from sqlalchemy.engine.default import DefaultDialect

from store.columnar.kept import Kept
from store.columnar.pieces import NONE, Piece, raw
from store.database import Store
from store.errors import NotDone

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DIALECT = DefaultDialect()  # plain SQL: DuckDB takes it as it is
# an office has no way to the internet, and nothing may be looked for there
QUIET: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
LISTED = table("listed", column("person_id", BigInteger), column("effective_on", Integer))


class Locked(Exception):
    """Another process writes the copy, or is reading it while this one would write."""


class Unreadable(Exception):
    """The file is no copy, or one of a DuckDB that this one cannot read."""


def is_installed() -> bool:
    """Whether DuckDB is there; it is an extra of the package and not loaded to find out."""
    from importlib.util import find_spec

    return find_spec("duckdb") is not None


def place(store: Store, named: Path | None = None) -> Path:
    """Where the copy of a store stands: as named, beside an SQLite file, or in the user's data folder."""
    if named is not None:
        return named
    if store.path is not None:
        return store.path.with_name(f"{store.path.name}.columns")
    from platformdirs import user_data_path

    # one database name may stand on several servers
    where = sha256(f"{store.url.host}:{store.url.port}:{store.url.query}".encode()).hexdigest()[:8]
    folder = user_data_path("supervise", appauthor=False)
    return folder / f"{store.url.database}-{where}.columns"


@dataclass(frozen=True)
class Copy:
    """An open copy."""

    raw: DuckDBPyConnection
    path: Path

    def rows(self, query: Select[Any]) -> Sequence[Sequence[Any]]:
        """The rows of a statement over the tables of the store, with values as the store gives them."""
        text = str(query.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True}))
        found = self.raw.execute(text).fetchall()
        into = {
            at: made
            for at, each in enumerate(query.selected_columns)
            if (made := each.type.result_processor(DIALECT, None)) is not None
        }
        if not into or not found:
            return found
        columns: list[Sequence[Any]] = list(zip(*found, strict=True))
        for at, made in into.items():
            known = {value: made(value) for value in set(columns[at])}  # places and days are few
            columns[at] = [known[value] for value in columns[at]]
        return list(zip(*columns, strict=True))

    def people(self, ids: Sequence[int], days: Sequence[int]) -> FromClause:
        """People with a day each, as a table to join: person_id, effective_on."""
        import numpy as np

        self.raw.register(
            "listed",
            {"person_id": np.array(ids, dtype=np.int64), "effective_on": np.array(days, dtype=np.int64)},
        )
        return LISTED

    def add(self, kept: Kept, piece: Piece) -> None:
        """Put a piece at the end of its table."""
        if not len(piece):
            return
        self.raw.register("arrived", piece.columns)
        names = [each.name for each in kept.columns]
        values = [f"nullif({each.name}, {NONE})" if each.nullable else each.name for each in kept.columns]
        self.raw.execute(
            f"INSERT INTO {kept.name} ({', '.join(names)}) SELECT {', '.join(values)} FROM arrived"
        )
        self.raw.unregister("arrived")

    def make(self, kept: Kept) -> None:
        """Make a table anew, empty."""
        typed = [f"{each.name} {raw(each).type.compile(dialect=DIALECT)}" for each in kept.columns]
        self.raw.execute(f"CREATE OR REPLACE TABLE {kept.name} ({', '.join(typed)})")

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All that is written in the block is kept at its end, or nothing."""
        self.raw.begin()
        try:
            yield
        except BaseException:
            self.raw.rollback()
            raise
        self.raw.commit()


@contextmanager
def opened(path: Path, mode: int | None = None) -> Iterator[Copy]:
    """The copy at `path`, to be read; with `mode` to be written, by a file with these permissions.

    Locked or Unreadable where it cannot be opened, NotDone where DuckDB fails within.
    """
    import duckdb

    # what DuckDB puts beside its file while it writes is nobody else's either
    before = None if mode is None else os.umask(0o777 & ~mode)
    try:
        try:
            connection = duckdb.connect(str(path), read_only=mode is None, config=QUIET)
        except duckdb.IOException as error:
            raise (Locked if "lock" in str(error).lower() else Unreadable)(str(error)) from error
        except duckdb.Error as error:
            raise Unreadable(str(error)) from error
        try:
            # a whole number divided by a whole number is one, as in the store
            connection.execute("SET integer_division = true")
            yield Copy(connection, path)
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise NotDone("columns_failed", path=str(path), reason=reason) from error
        finally:
            connection.close()
    finally:
        if before is not None:
            os.umask(before)


def mode_of(store: Store) -> int:
    """The permissions of a copy: those of an SQLite file, else its owner's alone."""
    return store.path.stat().st_mode & 0o666 if store.path is not None else 0o600


def is_duckdb(path: Path) -> bool:
    """Whether a file is one of DuckDB's, of whatever version."""
    with path.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def drop(path: Path) -> None:
    """Take a copy away, with what DuckDB left beside it."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)

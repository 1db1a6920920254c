"""Whole tables copied from one database into another in bulk, and proven to be the same on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Boolean, Connection, Table, text

from store.errors import NotDone
from store.tables import Digits, Number

AT_ONCE = 10_000  # rows

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A table, how many rows it has, and the SHA-256 of all of them in the order of their key."""

    table: str
    rows: Number
    digest: Digits


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)


def _select(connection: Connection, table: Table) -> str:
    """The statement that gives the rows of a table as both databases give them, in one order on both."""
    shown = []
    for column in table.columns:
        name = _quoted(connection, column.name)
        shown.append(f"CAST({name} AS INTEGER)" if isinstance(column.type, Boolean) else name)
    keys = ", ".join(_quoted(connection, column.name) for column in table.primary_key)
    return f"SELECT {', '.join(shown)} FROM {_quoted(connection, table.name)} ORDER BY {keys}"


def _rows(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """The rows of a table as the driver gives them, some thousands at once."""
    raw: Any = connection.connection.driver_connection
    # PostgreSQL keeps the rows that are still to come on the server only for a cursor that has a name
    cursor = raw.cursor() if connection.dialect.name == "sqlite" else raw.cursor(name="supervise_whole_table")
    try:
        cursor.execute(_select(connection, table))
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows
    finally:
        cursor.close()


def digest(connection: Connection, table: Table) -> Copied:
    """What a table holds, computed in the same way on every database."""
    told, count = sha256(), 0
    for rows in _rows(connection, table):
        count += len(rows)
        told.update(_as_bytes(rows))
    return Copied(table.name, count, told.hexdigest())


def _as_bytes(rows: Sequence[Row]) -> bytes:
    return ("\n".join(map(repr, rows)) + "\n").encode("utf-8", "surrogatepass")


def copy(source: Connection, target: Connection, tables: Sequence[Table]) -> list[Copied]:
    """Copy all rows of these tables into empty ones of the same names, and read them there again.

    NotDone where a table is not the same on both sides. Indexes are made when the rows are in.
    """
    copied = []
    indexes = _without_indexes(target, tables)
    for table in tables:
        told, count = sha256(), 0
        with _filling(target, table) as put:
            for rows in _rows(source, table):
                count += len(rows)
                told.update(_as_bytes(rows))
                put(rows)
        copied.append(Copied(table.name, count, told.hexdigest()))
    for statement in indexes:
        target.exec_driver_sql(statement)
    _count_on(target, tables)
    compare(copied, [digest(target, table) for table in tables])
    return copied


def compare(here: Sequence[Copied], there: Sequence[Copied]) -> None:
    """NotDone where a table differs."""
    for one, other in zip(here, there, strict=True):
        if one != other:
            raise NotDone("copy_differs", table=one.table, here=one.rows, there=other.rows)


class _filling:
    """Puts rows into a table the driver's fastest way, for as long as the block lasts."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self.cursor: Any = connection.connection.cursor()
        names = ", ".join(_quoted(connection, column.name) for column in table.columns)
        into = f"{_quoted(connection, table.name)} ({names})"
        marks = ", ".join("?" * len(table.columns))
        self.insert = f"INSERT INTO {into} VALUES ({marks})"
        sqlite = connection.dialect.name == "sqlite"
        self.block: Any = None if sqlite else self.cursor.copy(f"COPY {into} FROM STDIN")
        self.writer: Any = None

    def __enter__(self) -> Any:
        if self.block is None:
            return lambda rows: self.cursor.executemany(self.insert, rows)
        self.writer = self.block.__enter__()
        return self._write

    def _write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self.writer.write_row(row)

    def __exit__(self, *raised: Any) -> None:
        if self.block is not None:
            self.block.__exit__(*raised)
        self.cursor.close()


def _without_indexes(connection: Connection, tables: Sequence[Table]) -> list[str]:
    """Take away the indexes that no key needs, and return what makes them again."""
    if connection.dialect.name == "sqlite":
        found = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    else:
        found = (
            "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND "
            "indexname NOT IN (SELECT conname FROM pg_constraint "
            "WHERE connamespace = current_schema()::regnamespace)"
        )
    known = {table.name for table in tables}
    own = [row for row in connection.exec_driver_sql(found) if row[0] in known]
    for _, name, _ in own:
        connection.exec_driver_sql(f"DROP INDEX {_quoted(connection, name)}")
    return [statement for _, _, statement in own]


def _count_on(connection: Connection, tables: Sequence[Table]) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        column = table.autoincrement_column
        if column is None:
            continue
        named = {"table": table.name, "column": column.name}
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), named)
        if sequence is not None:
            name, place = _quoted(connection, table.name), _quoted(connection, column.name)
            top = connection.exec_driver_sql(f"SELECT max({place}) FROM {name}").scalar()
            if top is not None:
                connection.execute(text("SELECT setval(:sequence, :top)"), {"sequence": sequence, "top": top})

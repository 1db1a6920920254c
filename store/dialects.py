"""What SQLite and PostgreSQL are told in words of their own: rows put in by the many, columns as tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, BigInteger, Connection, FromClause, String, Table, column, func, literal, select

if TYPE_CHECKING:
    from store.arrays import Column as Values
    from store.bulk import Named

MARKS = {"sqlite": "?", "postgresql": "%s"}


def bulk_insert(
    connection: Connection,
    table: Table,
    columns: Mapping[str, Values],
    count: int,
    named: Sequence[Named] = (),
) -> None:
    """Put whole columns (values as the database keeps them) into a table the driver's fastest way.

    The table has each line's place as `pos`; `named` are columns taken from rows of other tables.
    """
    from store import bulk

    quote = connection.dialect.identifier_preparer.quote
    given = {"pos": bulk.places(count)} | {quote(name): column for name, column in columns.items()}
    cursor: Any = connection.connection.cursor()
    put = bulk.put_into_sqlite if connection.dialect.name == "sqlite" else bulk.copy_into_postgresql
    put(cursor, table.name, given, count, named)
    cursor.close()


def empty(connection: Connection, table: Table) -> None:
    """Take all rows out of a temporary table; PostgreSQL would go on reading what was only deleted."""
    words = "DELETE FROM" if connection.dialect.name == "sqlite" else "TRUNCATE"
    connection.exec_driver_sql(f"{words} {table.name}")


def filled(connection: Connection, table: Table) -> None:
    """Have PostgreSQL look at what is in a temporary table now: it plans what is asked of it by that."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"ANALYZE {table.name}")


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, leaving out those that a unique key says are there already."""
    if not rows:
        return
    connection.execute(dialect_insert(connection, table).on_conflict_do_nothing(), list(rows))


def insert_plain(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of values as the database keeps them, in the order of the table's columns."""
    if rows:
        connection.exec_driver_sql(_inserting(table, connection.dialect.name), list(map(tuple, rows)))


def add_up(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Add rows (as for `insert_plain`) to those with their key; what comes to zero goes.

    The columns that are not of the key are sums.
    """
    keys = len(table.primary_key)
    filled = [tuple(row) for row in rows if any(row[keys:])]
    if not filled:
        return
    added, gone = _adding(table, connection.dialect.name)
    connection.exec_driver_sql(added, filled)
    connection.exec_driver_sql(gone, [row[:keys] for row in filled])


@cache
def _inserting(table: Table, dialect: str) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join([MARKS[dialect]] * len(table.columns))
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})"


@cache
def _adding(table: Table, dialect: str) -> tuple[str, str]:
    """Adds one row to that of its key, the key first; and takes away the row of a key that came to zero."""
    keys = [f'"{column.name}"' for column in table.columns if column.primary_key]
    sums = [f'"{column.name}"' for column in table.columns if not column.primary_key]
    adds = ", ".join(f"{name} = {table.name}.{name} + excluded.{name}" for name in sums)
    here = " AND ".join([*(f"{key} = {MARKS[dialect]}" for key in keys), *(f"{name} = 0" for name in sums)])
    added = f"{_inserting(table, dialect)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {adds}"
    return added, f"DELETE FROM {table.name} WHERE {here}"


def dialect_insert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, as the connection's database speaks it.

    Each dialect is imported only where it is spoken: the other one takes longer than many an answer.
    """
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert(table)


def pairs(
    connection: Connection, first: tuple[str, Sequence[int]], second: tuple[str, Sequence[int]]
) -> FromClause:
    """Two columns of whole numbers (a name and its values each), however many, as a table to join."""
    if connection.dialect.name != "sqlite":
        kinds = (literal(list(values), ARRAY(BigInteger)) for _, values in (first, second))
        columns = (column(name, BigInteger) for name, _ in (first, second))
        return func.unnest(*kinds).table_valued(*columns).render_derived()
    listed = json.dumps(list(zip(first[1], second[1], strict=True)), separators=(",", ":"))
    each = func.json_each(listed).table_valued(column("value", String))
    parts = (
        func.json_extract(each.c.value, f"$[{at}]", type_=BigInteger).label(name)
        for at, (name, _) in enumerate((first, second))
    )
    return select(*parts).subquery()

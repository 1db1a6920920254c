"""How a store is: where it is, how large, what is in it, and what makes it slow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, inspect, select, text

from store.database import Store
from store.files import log_of
from store.models.intake import source_file
from store.models.schema import metadata
from store.models.trace import event
from store.tables import Code, Digits, Flag, Moment, Number, Text

COUNTED = 100_000  # rows that are counted one by one; of more the database tells what it knows
LARGE_LOG = 64 << 20
LOOSE = 0.2  # of the pages or rows, from which on it is worth while to pack them


@dataclass(frozen=True, slots=True)
class TableSize:
    """A table: its rows, whether that is exact, about or at least, and its bytes with indexes where known."""

    table: Text
    rows: Number
    exactness: Code
    bytes: Number | None


@dataclass(frozen=True, slots=True)
class Concern:
    """What makes a store slow or unsafe, and what it concerns."""

    concern: Code
    about: Text


@dataclass(frozen=True, slots=True)
class Condition:
    """A store as it is now."""

    database: Code
    store: Digits
    schema: Digits
    read_only: Flag
    bytes: Number
    log_bytes: Number | None
    last_import: Moment | None
    last_backup: Moment | None
    last_repair: Moment | None
    concerns: tuple[Concern, ...]
    tables: tuple[TableSize, ...]


def condition(connection: Connection, store: Store, schema: str) -> Condition:
    """The condition of a store; no large table is read for it."""
    facts = _of_file(connection, store) if store.is_sqlite else _of_server(connection)
    tables = tuple(_table(connection, table, facts) for table in metadata.sorted_tables)
    return Condition(
        "sqlite" if store.is_sqlite else "postgresql",
        store.shown,
        schema,
        store.read_only,
        facts.bytes,
        facts.log_bytes,
        connection.scalar(select(func.max(source_file.c.started_at))),
        _last(connection, "store_backup", ("store",)),
        _last(connection, "store_repair", ("derived",)),
        tuple(_concerns(connection, facts, tables)),
        tables,
    )


def _last(connection: Connection, verb: str, kinds: tuple[str, ...]) -> datetime | None:
    asked = select(func.max(event.c.at)).where(event.c.subject_kind.in_(kinds), event.c.verb == verb)
    found: datetime | None = connection.scalar(asked)
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a database knows of itself: about how many rows and bytes by table, and what lies loose."""

    bytes: int
    log_bytes: int | None
    rows: dict[str, int]
    sizes: dict[str, int]
    loose: tuple[str, ...]


def _of_file(connection: Connection, store: Store) -> _Facts:
    def pragma(name: str) -> int:
        return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar() or 0)

    pages, free = pragma("page_count"), pragma("freelist_count")
    log = log_of(store.path) if store.path else None
    log_bytes = log.stat().st_size if log is not None and log.exists() else 0
    rows: dict[str, int] = {}
    if inspect(connection).has_table("sqlite_stat1"):
        for table, told in connection.exec_driver_sql("SELECT tbl, stat FROM sqlite_stat1"):
            rows[table] = max(rows.get(table, 0), int(str(told).split()[0]))
    loose = (f"{free} / {pages}",) if pages and free / pages > LOOSE else ()
    return _Facts(pages * pragma("page_size"), log_bytes, rows, {}, loose)


def _of_server(connection: Connection) -> _Facts:
    asked = text(
        "SELECT c.relname, c.reltuples, pg_total_relation_size(c.oid), "
        "coalesce(s.n_dead_tup, 0), coalesce(s.n_live_tup, 0) "
        "FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid "
        "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace"
    )
    rows, sizes, loose = {}, {}, []
    for name, about, size, dead, live in connection.execute(asked):
        if about >= 0:
            rows[name] = int(about)
        sizes[name] = int(size)
        if dead > COUNTED and dead > LOOSE * (dead + live):
            loose.append(name)
    size = connection.scalar(text("SELECT pg_database_size(current_database())"))
    return _Facts(int(size or 0), None, rows, sizes, tuple(sorted(loose)))


def _table(connection: Connection, table: Any, facts: _Facts) -> TableSize:
    few = select(func.count()).select_from(select(text("1")).select_from(table).limit(COUNTED + 1).subquery())
    rows, exactness = int(connection.scalar(few) or 0), "exact"
    if rows > COUNTED:
        about = facts.rows.get(table.name, 0)
        rows, exactness = (about, "about") if about > COUNTED else (COUNTED, "at_least")
    return TableSize(table.name, rows, exactness, facts.sizes.get(table.name))


def _concerns(connection: Connection, facts: _Facts, tables: tuple[TableSize, ...]) -> Iterator[Concern]:
    if facts.log_bytes is not None and facts.log_bytes > LARGE_LOG:
        yield Concern("log_large", f"{facts.log_bytes >> 20} MiB")
    unknown = [each.table for each in tables if each.exactness == "at_least"]
    if unknown:
        yield Concern("statistics_missing", ", ".join(unknown))
    if facts.loose:
        yield Concern("space_loose", ", ".join(facts.loose))
    inspector = inspect(connection)
    for table in metadata.sorted_tables:
        there = {index["name"] for index in inspector.get_indexes(table.name)}
        for name in sorted(str(index.name) for index in table.indexes if index.name not in there):
            yield Concern("index_missing", f"{table.name}: {name}")
    taking = select(source_file.c.path).where(source_file.c.state == "taking").order_by(source_file.c.file_id)
    for path in connection.scalars(taking.limit(5)):
        yield Concern("import_unfinished", path)
    if connection.scalar(select(event.c.seq).where(event.c.verb == "store_backup").limit(1)) is None:
        yield Concern("never_backed_up", "")

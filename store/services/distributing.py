"""Spreads the big tables of a store over a Citus cluster by home, and has the reference tables on every node.

Citus wants the column that spreads a table in each of its unique keys: keys are widened by home, which a row
keeps for good. That a number is unique everywhere is seen to by the importer, under the one import lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, UniqueConstraint, text

from store.database import Store, lock_imports, lock_trace, reading, writing
from store.errors import NotDone
from store.models.posts import Actor
from store.models.schema import metadata
from store.services import trace
from store.tables import Number, Text

HOME = "home"
# a case's stays and a payment's returns may have landed when their place had another home than it has
JOINS = (
    "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || quote_ident(current_database()) || "
    "' SET citus.enable_repartition_joins TO on'; END $$"
)
# what nearly every question joins with, and what seldom changes
REFERENCE = (
    "region",
    "unit",
    "programme",
    "standard",
    "deadline",
    "reason",
    "wording",
    "setting",
    "calendar_day",
    "calendar_year",
    "batch",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the plan, in its order."""

    seq: Number
    statement: Text


def big_tables() -> list[Table]:
    """The tables that are spread: those whose rows have a home."""
    return [table for table in metadata.sorted_tables if HOME in table.c]


def plan(done: frozenset[str] = frozenset()) -> list[Statement]:
    """What is to be run on the coordinator; tables that are `done` are left out."""
    lines = ["SET LOCAL citus.multi_shard_modify_mode TO 'sequential'", JOINS]
    lines += [f"SELECT create_reference_table('{name}')" for name in REFERENCE if name not in done]
    big = [table for table in big_tables() if table.name not in done]
    for table in big:
        lines += _wider_keys(table)
    first = big_tables()[0].name
    for table in big:
        beside = "default" if table.name == first else first
        lines.append(
            f"SELECT create_distributed_table('{table.name}', '{HOME}', colocate_with => '{beside}')"
        )
    lines += [f"SELECT truncate_local_data_after_distributing_table('{table.name}')" for table in big]
    return [Statement(number, line) for number, line in enumerate(lines, 1)]


def _wider_keys(table: Table) -> Iterator[str]:
    """The statements that take home into every unique key of a table."""
    keys = ", ".join([*(column.name for column in table.primary_key if column.name != HOME), HOME])
    yield f"ALTER TABLE {table.name} DROP CONSTRAINT {table.name}_pkey"
    yield f"ALTER TABLE {table.name} ADD PRIMARY KEY ({keys})"
    for constraint in sorted(table.constraints, key=lambda each: str(each.name)):
        if isinstance(constraint, UniqueConstraint):
            names = [column.name for column in constraint.columns]
            name = constraint.name or f"{table.name}_{'_'.join(names)}_key"
            yield f"ALTER TABLE {table.name} DROP CONSTRAINT {name}"
            yield f"ALTER TABLE {table.name} ADD CONSTRAINT {name} UNIQUE ({', '.join([*names, HOME])})"
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        if index.unique:
            columns = ", ".join([*(column.name for column in index.columns), HOME])
            yield f"DROP INDEX {index.name}"
            yield f"CREATE UNIQUE INDEX {index.name} ON {table.name} ({columns})"


def distribute(store: Store, actor: Actor, dry_run: bool) -> list[Statement]:
    """Run the plan, all of it or nothing, and return it; a table that is spread already is left as it is.

    NotDone where the store is no PostgreSQL, has no Citus, or its cluster no workers; a dry run needs none.
    """
    if not actor.post.everything:
        raise NotDone("whole_store_only", post=actor.post.code)
    if store.is_sqlite:
        raise NotDone("distribute_sqlite", store=store.shown)
    if dry_run:
        with reading(store) as connection:
            return plan(_done(connection))
    with writing(store) as connection:
        if not _has_citus(connection):
            raise NotDone("distribute_no_citus", store=store.shown)
        if not connection.scalar(text("SELECT count(*) FROM citus_get_active_worker_nodes()")):
            raise NotDone("distribute_no_workers", store=store.shown)
        lock_imports(connection)
        lock_trace(connection)
        statements = plan(_done(connection))
        for each in statements:
            connection.exec_driver_sql(each.statement)
        detail = {"tables": [table.name for table in big_tables()], "statements": len(statements)}
        trace.record(connection, actor, "store_distribute", ("store", ""), detail)
    return statements


def _has_citus(connection: Connection) -> bool:
    return bool(connection.scalar(text("SELECT count(*) FROM pg_extension WHERE extname = 'citus'")))


def _done(connection: Connection) -> frozenset[str]:
    """The tables that the cluster spreads, or has on every node, already."""
    if not _has_citus(connection):
        return frozenset()
    return frozenset(connection.scalars(text("SELECT logicalrelid::text FROM pg_dist_partition")))

"""The rectification ledger: its tables, its states, and the moves that are lawful."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from store.models.columns import Big, Day, Moment, Region, Text, metadata

item = Table(
    "item",
    metadata,
    Column("item_id", Integer, primary_key=True),
    Column("item_no", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_ref", Text),
    Column("region_code", Region, nullable=False),
    Column("programme_code", Text),
    Column("unit_code", Text),
    Column("responsible", Text),
    Column("leader", Text),
    Column("opened_on", Day, nullable=False),
    Column("due_on", Day),
    Column("first_due_on", Day),
    Column("status", Text, nullable=False),
    Column("measures", Text),
    Column("type", Text),
    Column("amount", Big),
    Column("recovered", Big),
    Column("extensions", Integer, nullable=False, server_default="0"),
    Column("returns", Integer, nullable=False, server_default="0"),
    Column("submitted_by", Text),
    Column("submitted_login", Text),
    Column("closed_by", Text),
    Column("closed_on", Day),
    Column("transferred_to", Text),
    Column("transferred_on", Day),
    Column("doc_no", Text),
    Column("merged_into", Text),
    Column("version", Integer, nullable=False),
)
Index("item_status", item.c.status, item.c.due_on)
Index("item_source", item.c.source, item.c.source_ref)

# `after` holds the item's changeable fields as the step left them (JSON), so that any past day can be told.
item_step = Table(
    "item_step",
    metadata,
    Column("step_id", Integer, primary_key=True),
    Column("item_id", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("step", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("why", Text),
    Column("due_on", Day),
    Column("unit_code", Text),
    Column("responsible", Text),
    Column("after", Text, nullable=False),
    UniqueConstraint("item_id", "seq"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("bytes", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

step_evidence = Table(
    "step_evidence",
    metadata,
    Column("step_id", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
)

# The last number given in a year; numbers are never given twice.
counter = Table(
    "counter",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

"""Finds rows for a whole column of texts at once: the texts put beside the table, and joined."""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import Column, Connection, Integer, MetaData, Table, select
from sqlalchemy.schema import CreateTable

from store.arrays import Texts
from store.database import bulk_insert
from store.models.columns import Text

named = Table(
    "named",
    MetaData(),
    Column("pos", Integer, primary_key=True),
    Column("text", Text),
    prefixes=["TEMPORARY"],
)


def name(connection: Connection, texts: Texts) -> Table:
    """The table of the texts, each with its place as `pos`; it stands until the next are named."""
    connection.execute(CreateTable(named, if_not_exists=True))
    connection.execute(named.delete())
    bulk_insert(connection, named, {"text": texts}, len(texts))
    return named


def named_by(connection: Connection, number: Any, wanted: list[Any], texts: Texts) -> list[Any]:
    """The places of those texts that `number` has, and the `wanted` integers of its rows, as columns."""
    table = name(connection, texts)
    rows = connection.execute(select(table.c.pos, *wanted).where(number == table.c.text)).all()
    if not rows:
        return [np.zeros(0, dtype=np.int64) for _ in range(1 + len(wanted))]
    return [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]

"""Whole columns come out of a table as they went in, on either database."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, insert, select
from sqlalchemy.schema import CreateTable

from store.arrays import Numbers, Texts, column_of, listed
from store.bulk import Named
from store.database import Store, writing
from store.dialects import bulk_insert
from store.models.columns import Text
from store.models.reference import wording

beside = Table(
    "beside",
    MetaData(),
    Column("pos", Integer, primary_key=True),
    Column("number", BigInteger),
    Column("text", Text),
    Column("count", BigInteger),
    Column("named", Integer),
    prefixes=["TEMPORARY"],
)
NUMBERS = (0, 1, -1, 7, 10**9, 10**17, -(10**17), 2**62)
TEXTS = (
    "a",
    "曾",
    "a b",
    "李𬱖",
    "x" * 50,
    "back\\slash",
    "tab\tin",
    "line\nin",
    "end ",
    "nul\0in",
    "\\N",
    "0",
)


@pytest.mark.parametrize("seed", range(12))
def test_columns_come_out_as_they_went_in(store: Store, seed: int) -> None:
    rng = random.Random(seed)
    count = rng.choice((1, 2, 40))
    some = rng.sample(TEXTS, rng.randrange(1, len(TEXTS)))
    nothing = rng.choice((0.0, 0.3, 0.95, 1.0))
    columns = {
        "number": column_of([None if rng.random() < nothing else rng.choice(NUMBERS) for _ in range(count)]),
        "text": Texts.of([None if rng.random() < nothing else rng.choice(some) for _ in range(count)]),
        "count": Numbers.of([rng.randrange(5)] * count),
    }
    if "nul\0in" in some and store.path is None:
        columns["text"] = Texts.of(["a"] * count)  # PostgreSQL keeps no NUL, and none is ever kept
    with writing(store) as connection:
        connection.execute(CreateTable(beside))
        bulk_insert(connection, beside, columns, count)
        query = select(beside.c.pos, beside.c.number, beside.c.text, beside.c["count"]).order_by(beside.c.pos)
        rows = connection.execute(query).all()
    values = zip(*(listed(column) for column in columns.values()), strict=True)
    assert [tuple(row) for row in rows] == [(at, *value) for at, value in enumerate(values)]


def test_an_empty_text_may_be_a_value(store: Store) -> None:
    plain = Texts.of(["a", None])
    assert isinstance(plain, Texts)
    with writing(store) as connection:
        connection.execute(CreateTable(beside))
        bulk_insert(connection, beside, {"text": Texts(plain.cells, "")}, 2)
        assert list(connection.scalars(select(beside.c.text).order_by(beside.c.pos))) == ["a", ""]


def test_rows_that_are_named_are_joined(store: Store) -> None:
    texts = Texts.of(["未见", "甲", None, "乙乙", "甲"])
    assert isinstance(texts, Texts)
    with writing(store) as connection:
        connection.execute(insert(wording), [{"text": "甲"}, {"text": "乙乙"}])
        ids = {row.text: row.wording_id for row in connection.execute(select(wording))}
        connection.execute(CreateTable(beside))
        named = Named(texts, "wording", "text", {"named": "wording_id"})
        bulk_insert(connection, beside, {"number": Numbers.of([5] * 5)}, 5, [named])
        found = list(connection.scalars(select(beside.c.named).order_by(beside.c.pos)))
    assert found == [None, ids["甲"], None, ids["乙乙"], ids["甲"]]

"""Proves that a copy has the very rows of the store: a digest of every block, made anew on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from store.columnar.file import Copy
from store.columnar.filling import blocks, noted
from store.columnar.kept import ALL, BLOCK, LARGE, Kept
from store.columnar.pieces import Digest, Piece, digest, piece, read
from store.tables import Digits, Number

NOTHING = Digest(0, (), "")


@dataclass(frozen=True, slots=True)
class Uneven:
    """A block that is not the same on both sides: its table, number, and rows and digest here and there."""

    part: str
    block: Number
    rows: Number
    store_digest: Digits
    copy_rows: Number
    copy_digest: Digits


@dataclass(frozen=True, slots=True)
class Proved:
    """What was compared of a table: blocks and rows of the store."""

    part: str
    blocks: Number
    rows: Number


def verify(connection: Connection, copy: Copy) -> tuple[list[Proved], list[Uneven]]:
    """Every table as it was compared, and every block that differs."""
    proved, uneven = [], []
    for kept in ALL:
        count = rows = 0
        for number, here, there in _both(connection, copy, kept):
            count, rows = count + 1, rows + here.rows
            if here != there:
                uneven.append(Uneven(kept.name, number, here.rows, here.hash, there.rows, there.hash))
        proved.append(Proved(kept.name, count, rows))
    return proved, uneven


def _both(connection: Connection, copy: Copy, kept: Kept) -> Iterator[tuple[int, Digest, Digest]]:
    """Each block with its digest in the store and in the copy; what was noted of it has to agree as well."""
    written = noted(copy, kept)
    if kept not in LARGE:
        found = digest(_read_copy(copy, kept, ""))
        yield 0, digest(read(connection, kept)), found if found == written.get(0) else NOTHING
        return
    key = kept.key[0]
    numbers = copy.raw.execute(f"SELECT DISTINCT {key.name} // {BLOCK} FROM {kept.name}").fetchall()
    there = {row[0] for row in numbers}
    for number in sorted({*blocks(connection, kept), *there, *written}):
        first, stop = number * BLOCK, (number + 1) * BLOCK
        own = digest(read(connection, kept, key >= first, key < stop))
        found = digest(_read_copy(copy, kept, f"WHERE {key.name} >= {first} AND {key.name} < {stop}"))
        yield number, own, found if found == written.get(number) else NOTHING


def _read_copy(copy: Copy, kept: Kept, where: str) -> Piece:
    listed = ", ".join(column.name for column in kept.columns)
    order = ", ".join(column.name for column in kept.key)
    rows: Any = copy.raw.execute(f"SELECT {listed} FROM {kept.name} {where} ORDER BY {order}").fetchall()
    return piece(kept, rows)

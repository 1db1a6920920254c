"""Makes a copy, or brings one up to date: block by block, so that memory stays flat and a kill loses a block.

Payments and returns are only ever inserted, and numbers of payments grow. So payments are taken from the last
block that is there; returns, which may come for any payment, wherever a block holds another count than the
store does. All that is small is written anew.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from store.columnar import steps
from store.columnar.file import Copy
from store.columnar.kept import ALL, BLOCK, LARGE, PAYMENTS, SMALL, Kept
from store.columnar.pieces import Digest, Piece, digest, read
from store.columnar.steps import Step

Tell = Callable[[int], None]  # how many rows were written so far


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filling did: whether the copy was made anew, and the rows of large tables that were written."""

    anew: bool
    rows: int


def fill(connection: Connection, copy: Copy, anew: bool = False, tell: Tell = lambda _: None) -> Filled:
    """Bring a copy in step with the store that `connection` reads, whose state is later than the copy's.

    So the copy is opened first, which keeps others from writing it, and the store afterwards: a copy that is
    ahead all the same was made from a store that has been put back since.
    """
    found = steps.step(connection, copy)
    if found is Step.IN_STEP and not anew:
        return Filled(False, 0)
    anew = anew or found in (Step.OTHER, Step.AHEAD)
    mark = steps.mark_of(connection)
    with copy.whole():
        if anew:
            _empty(copy)
        # what is begun is noted first: a copy that was not finished is behind, and gone on with
        steps.note(copy, mark, reached=False)
    rows = 0
    for kept in LARGE:
        for number in _changed(connection, copy, kept):
            with _undisturbed():
                piece = read(connection, kept, *_within(kept, number))
                _replace(copy, kept, number, piece)
            rows += len(piece)
            tell(rows)
    with copy.whole():
        for kept in SMALL:
            copy.make(kept)
            piece = read(connection, kept)
            copy.add(kept, piece)
            _note(copy, kept, 0, digest(piece))
        steps.note(copy, mark, reached=True)
    return Filled(anew, rows)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector, which would go through a block's rows again and again and find nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _empty(copy: Copy) -> None:
    for kept in ALL:
        copy.make(kept)
    copy.raw.execute(
        "CREATE OR REPLACE TABLE block "
        "(kept VARCHAR, number BIGINT, rows BIGINT, sums HUGEINT[], hash VARCHAR)"
    )


def _within(kept: Kept, number: int) -> tuple[Any, Any]:
    number_of = kept.key[0]
    return number_of >= number * BLOCK, number_of < (number + 1) * BLOCK


def blocks(connection: Connection, kept: Kept, first: int = 0) -> Iterator[int]:
    """The blocks of a table of the store that hold any row, from the block `first` on."""
    key, number = kept.key[0], first - 1
    while True:
        after = select(func.min(key)).where(key >= (number + 1) * BLOCK)
        found = connection.scalar(after)
        if found is None:
            return
        number = int(found) // BLOCK
        yield number


def _changed(connection: Connection, copy: Copy, kept: Kept) -> Iterator[int]:
    """The blocks that the copy has not, or not with all their rows."""
    have = {number: each.rows for number, each in noted(copy, kept).items()}
    if kept is PAYMENTS:
        yield from blocks(connection, kept, max(have, default=0))
        return
    for number in blocks(connection, kept):
        count = select(func.count()).select_from(kept.table).where(*_within(kept, number))
        if number not in have or connection.scalar(count) != have[number]:
            yield number


def _replace(copy: Copy, kept: Kept, number: int, piece: Piece) -> None:
    with copy.whole():
        if number in noted(copy, kept):
            first = number * BLOCK
            copy.raw.execute(
                f"DELETE FROM {kept.name} WHERE {kept.key[0].name} >= ? AND {kept.key[0].name} < ?",
                [first, first + BLOCK],
            )
        copy.add(kept, piece)
        _note(copy, kept, number, digest(piece))


def _note(copy: Copy, kept: Kept, number: int, found: Digest) -> None:
    copy.raw.execute("DELETE FROM block WHERE kept = ? AND number = ?", [kept.name, number])
    values = [kept.name, number, found.rows, list(found.sums), found.hash]
    copy.raw.execute("INSERT INTO block VALUES (?, ?, ?, ?, ?)", values)


def noted(copy: Copy, kept: Kept) -> dict[int, Digest]:
    """The digests that were noted as the blocks of a table were written."""
    found = copy.raw.execute("SELECT number, rows, sums, hash FROM block WHERE kept = ?", [kept.name])
    return {number: Digest(rows, tuple(sums), text) for number, rows, sums, text in found.fetchall()}

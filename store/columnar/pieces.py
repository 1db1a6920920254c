"""A piece of a table as columns: read from the store, and its digest, the same from either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import TypeDecorator

from store.columnar.kept import Kept

if TYPE_CHECKING:
    import numpy.typing as npt

NONE = -(2**63)  # stands for NULL among integers
BETWEEN = "\x1f"  # texts, in a digest


@dataclass(frozen=True)
class Piece:
    """Rows as columns: integers with NONE for NULL, or texts."""

    columns: dict[str, npt.NDArray[Any]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


@dataclass(frozen=True, slots=True)
class Digest:
    """What a piece holds: its rows, the sum of each column of integers, a SHA-256 of all of it in order."""

    rows: int
    sums: tuple[int, ...]
    hash: str


def raw(column: Any) -> Any:
    """A column as the database keeps it, past what Python would make of it."""
    kind = column.type
    return type_coerce(column, kind.impl) if isinstance(kind, TypeDecorator) else column


def read(connection: Connection, kept: Kept, *where: Any) -> Piece:
    """The rows of a table of the store for which all of `where` holds, in the order of its key."""
    query = select(*(raw(column).label(column.name) for column in kept.columns)).where(*where)
    rows = connection.execute(query.order_by(*kept.key)).all()
    return piece(kept, rows)


def piece(kept: Kept, rows: Sequence[Sequence[Any]]) -> Piece:
    """Rows, turned into columns."""
    import numpy as np

    turned = list(zip(*rows, strict=True)) if rows else [()] * len(kept.columns)
    made: dict[str, npt.NDArray[Any]] = {}
    for column, values in zip(kept.columns, turned, strict=True):
        if kept.is_text(column):
            made[column.name] = np.array(values, dtype=object)
        else:
            if column.nullable:
                values = tuple(NONE if value is None else value for value in values)
            made[column.name] = np.array(values, dtype=np.int64)
    return Piece(made)


def digest(of: Piece) -> Digest:
    """The digest of a piece; the order of its rows and columns counts."""
    import numpy as np

    total = sha256()
    sums = []
    for values in of.columns.values():
        if values.dtype == object:
            total.update(BETWEEN.join(values).encode("utf-8", "surrogatepass"))
        else:
            total.update(np.ascontiguousarray(values, dtype="<i8").tobytes())
            filled = values[values != NONE]
            # halves, since the sum of a block of IDs does not fit an integer of 64 bits
            sums.append((int((filled >> 32).sum()) << 32) + int((filled & 0xFFFFFFFF).sum()))
        total.update(b"\x1e")
    return Digest(len(of), tuple(sums), total.hexdigest())

"""Whole columns on their way into a table: as few, large values that the database takes apart itself.

SQLite gets each column as one BLOB of cells of the same width and cuts it line by line, PostgreSQL the text
of a COPY; both made without a Python object a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from store.arrays import Column, Matrix, Numbers, Texts, digits, listed

LINES = (
    "WITH RECURSIVE line(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM line LIMIT {count}) "
    "SELECT {cells} FROM line"
)
ESCAPED = np.zeros(256, dtype=np.bool_)
ESCAPED[[8, 9, 10, 11, 12, 13, 92]] = True  # what a COPY would want escaped
NULL = np.frombuffer(b"\\N", dtype=np.uint8)
SPACE = 32


def places(count: int) -> Numbers:
    """The numbers from 0 on."""
    return Numbers(np.arange(count))


def put_into_sqlite(
    cursor: Any, table: str, names: Sequence[str], columns: Sequence[Column], count: int
) -> None:
    """Insert columns into a table of SQLite."""
    listed_names = ", ".join(names)
    if count and all(_cuttable(column) for column in columns):
        given: list[Any] = []
        cells = ", ".join(_cell(column, given) for column in columns)
        lines = LINES.format(count=count, cells=cells)
        cursor.execute(f"INSERT INTO {table} ({listed_names}) {lines}", given)
        return
    marks = ", ".join("?" * len(names))
    rows = zip(*map(listed, columns), strict=True)
    cursor.executemany(f"INSERT INTO {table} ({listed_names}) VALUES ({marks})", rows)


def _cuttable(column: Column) -> bool:
    """Whether a column comes out of a BLOB as it went in: no text ends with the spaces that fill it up."""
    if isinstance(column, Texts):
        last = column.matrix[np.arange(len(column)), np.maximum(column.lengths - 1, 0)]
        return not bool((last == SPACE).any())
    return isinstance(column, Numbers)


def _cell(column: Column, given: list[Any]) -> str:
    """The expression for the cell of line n; what it reads is put to `given`."""
    assert not isinstance(column, list)
    if column.empty:
        return "''" if isinstance(column, Texts) and column.nothing == "" else "NULL"
    if isinstance(column, Numbers):
        return _number(column, given)
    matrix, width = column.matrix, column.matrix.shape[1]
    shortest = int(column.lengths.min())
    if shortest < width:
        matrix = np.where(matrix == 0, SPACE, matrix).astype(np.uint8)
    given.append(matrix.tobytes())
    cell = f"CAST(substr(?{len(given)}, n * {width} + 1, {width}) AS TEXT)"
    if shortest < width:
        cell = f"rtrim({cell})"
    return f"nullif({cell}, '')" if shortest == 0 and column.nothing is None else cell


def _number(column: Numbers, given: list[Any]) -> str:
    values = column.values if column.known is None else np.where(column.known, column.values, 0)
    low, high = int(values.min()), int(values.max())
    if column.known is None and low == high:
        given.append(low)
        return f"?{len(given)}"
    if column.known is None and high - low == len(values) - 1 and bool((np.diff(values) == 1).all()):
        given.append(low)
        return f"n + ?{len(given)}"
    matrix = digits(values)
    width = matrix.shape[1]
    cell = f"substr(?{len(given) + 1}, n * {width} + 1, {width})"
    if column.known is not None:
        matrix[~column.known] = 0
        cell = f"nullif({cell}, zeroblob({width}))"
    given.append(matrix.tobytes())
    return f"CAST({cell} AS INTEGER)"


def copy_into_postgresql(
    cursor: Any, table: str, names: Sequence[str], columns: Sequence[Column], count: int
) -> None:
    """Copy columns into a table of PostgreSQL."""
    with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        if count and all(_plain(column) for column in columns):
            copy.write(copied(columns, count))
            return
        for row in zip(*map(listed, columns), strict=True):
            copy.write_row(row)


def _plain(column: Column) -> bool:
    """Whether no text of a column wants escaping."""
    return isinstance(column, Numbers) or (
        isinstance(column, Texts) and not bool(ESCAPED[column.matrix].any())
    )


def copied(columns: Sequence[Column], count: int) -> bytes:
    """Columns as the text of a COPY: cells side by side, with the zeros that fill them left out."""
    parts: list[Matrix] = []
    for at, column in enumerate(columns):
        assert not isinstance(column, list)
        parts.append(_copied(column))
        last = at == len(columns) - 1
        parts.append(np.full((count, 1), 10 if last else 9, dtype=np.uint8))
    whole = np.concatenate(parts, axis=1).reshape(-1)
    text: bytes = whole[whole != 0].tobytes()
    return text


def _copied(column: Texts | Numbers) -> Matrix:
    if isinstance(column, Numbers):
        matrix, known = digits(column.values), column.known
        none = None if known is None else ~known
    else:
        matrix = column.matrix
        none = column.lengths == 0 if column.nothing is None else None
    if none is None or not none.any():
        return matrix
    found = np.zeros((len(matrix), max(2, matrix.shape[1])), dtype=np.uint8)
    found[:, : matrix.shape[1]] = matrix
    found[none] = 0
    found[none, :2] = NULL
    return found

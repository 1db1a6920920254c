"""Whole columns on their way into a table: as few, large values that the database takes apart itself.

SQLite gets each column as one BLOB of cells of the same width and cuts it line by line, PostgreSQL the text
of a COPY; both made without a Python object a cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from store.arrays import Column, Flags, Matrix, Numbers, Texts, digits, listed, taken

LINES = (
    "WITH RECURSIVE line(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM line LIMIT {count}) "
    "SELECT {cells} FROM line {joins}"
)
SELDOM = 8
ESCAPED = np.zeros(256, dtype=np.bool_)
ESCAPED[[8, 9, 10, 11, 12, 13, 92]] = True  # what a COPY would want escaped
NULL = np.frombuffer(b"\\N", dtype=np.uint8)
SPACE = 32


def places(count: int) -> Numbers:
    """The numbers from 0 on."""
    return Numbers(np.arange(count))


@dataclass(frozen=True)
class Named:
    """A column of texts each of which names a row of another table, and what is taken over from that row."""

    texts: Texts
    table: str
    number: str  # the column that the texts are looked for in
    brings: Mapping[str, str]  # column here -> column there


def put_into_sqlite(
    cursor: Any, table: str, columns: Mapping[str, Column], count: int, named: Sequence[Named] = ()
) -> None:
    """Insert columns into a table of SQLite whose row is `pos`."""
    if not count:
        return
    few = {name: column for name, column in columns.items() if _seldom(column) or not _cuttable(column)}
    given: list[Any] = []
    cells = {name: _cell(column, given) for name, column in columns.items() if name not in few}
    joins = []
    for at, each in enumerate(named):
        cells |= {here: f"t{at}.{there}" for here, there in each.brings.items()}
        cell = _cell(each.texts, given)
        joins.append(f"LEFT JOIN {each.table} AS t{at} ON t{at}.{each.number} = {cell}")
    lines = LINES.format(count=count, cells=", ".join(cells.values()), joins=" ".join(joins))
    cursor.execute(f"INSERT INTO {table} ({', '.join(cells)}) {lines}", given)
    if few:
        filled = np.flatnonzero(np.any([_filled(column) for column in few.values()], axis=0))
        sets = ", ".join(f"{name} = ?" for name in few)
        rows = zip(*(listed(taken(column, filled)) for column in few.values()), filled.tolist(), strict=True)
        cursor.executemany(f"UPDATE {table} SET {sets} WHERE pos = ?", rows)


def _seldom(column: Column) -> bool:
    """Whether few lines have a value, so that it is quicker to set these one by one."""
    return int(_filled(column).sum()) * SELDOM < len(column)


def _filled(column: Column) -> Flags:
    if isinstance(column, Texts):
        return column.lengths > 0 if column.nothing is None else np.ones(len(column), dtype=np.bool_)
    if isinstance(column, Numbers):
        return np.ones(len(column), dtype=np.bool_) if column.known is None else column.known
    return np.array([value is not None for value in column], dtype=np.bool_)


def _cuttable(column: Column) -> bool:
    """Whether a column comes out of a BLOB as it went in: no text ends with the spaces that fill it up."""
    if isinstance(column, Texts) and int(column.lengths.min()) < column.matrix.shape[1]:
        last = column.matrix[np.arange(len(column)), np.maximum(column.lengths - 1, 0)]
        return not bool((last == SPACE).any())
    return not isinstance(column, list)


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
    cursor: Any, table: str, columns: Mapping[str, Column], count: int, named: Sequence[Named] = ()
) -> None:
    """Copy columns into a table of PostgreSQL that has a column `pos`.

    The planner is told what is in it, which nobody else does: or it reads the tables beside it whole.
    """
    _copy(cursor, table, columns, count)
    for each in named:
        cursor.execute('CREATE TEMPORARY TABLE IF NOT EXISTS named (pos integer, text text COLLATE "C")')
        cursor.execute("TRUNCATE named")
        _copy(cursor, "named", {"pos": places(count), "text": each.texts}, count)
        cursor.execute("ANALYZE named")
        sets = ", ".join(f"{here} = t.{there}" for here, there in each.brings.items())
        cursor.execute(
            f"UPDATE {table} SET {sets} FROM named JOIN {each.table} AS t ON t.{each.number} = named.text "
            f"WHERE named.pos = {table}.pos"
        )
    cursor.execute(f"ANALYZE {table}")


def _copy(cursor: Any, table: str, columns: Mapping[str, Column], count: int) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        values = list(columns.values())
        if count and all(_plain(column) for column in values):
            copy.write(copied(values, count))
            return
        for row in zip(*map(listed, values), strict=True):
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

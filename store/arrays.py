"""Whole columns of a chunk of lines: texts as a matrix of UTF-8 bytes, numbers as integers.

What is worked out on a column at once costs a hundredth of what it costs text by text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Matrix = npt.NDArray[np.uint8]
MOST_BYTES = 1 << 25  # of a column; one with a few very long texts is kept as a list instead
SAMPLE = 512
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class Texts:
    """A column of texts without NUL; an empty one stands for `nothing`: no value, or the empty text."""

    cells: npt.NDArray[np.bytes_]
    nothing: str | None = None

    @staticmethod
    def of(texts: Sequence[str | None]) -> Texts | list[str | None]:
        """Texts as a column; as the list they are where they hold a NUL or one of them is too long."""
        coded = [(text or "").encode("utf-8", "surrogatepass") for text in texts]
        widest = max(map(len, coded), default=0)
        if widest * len(coded) > MOST_BYTES or any(b"\0" in each for each in set(coded)):
            return list(texts)
        return Texts(np.array(coded, dtype=f"S{max(1, widest)}"))

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, place: int) -> str | None:
        return _text(self.cells[place]) or self.nothing

    def take(self, places: Ints) -> Texts:
        """The texts at some places."""
        return Texts(self.cells[places], self.nothing)

    def tolist(self) -> list[str | None]:
        """The texts."""
        return [_text(each) or self.nothing for each in self.cells.tolist()]

    @cached_property
    def matrix(self) -> Matrix:
        """The bytes, a row a text, zeros behind its end."""
        cells = np.ascontiguousarray(self.cells)
        return cells.view(np.uint8).reshape(len(cells), cells.dtype.itemsize)

    @cached_property
    def lengths(self) -> Ints:
        """How many bytes each text has."""
        return np.asarray(np.count_nonzero(self.matrix, axis=1), dtype=np.int64)

    @cached_property
    def empty(self) -> bool:
        """Whether no text says anything."""
        return not self.matrix.any()

    def distinct(self, always: bool = True) -> tuple[Ints, list[str | None]] | None:
        """For each text the place of it in a list of all that differ; None if most do and it need not be."""
        cells, count = self.cells, len(self.cells)
        starts = np.flatnonzero(cells[1:] != cells[:-1]) + 1
        starts = np.concatenate([np.zeros(min(1, count), dtype=np.int64), starts])
        if not always and len(starts) * 2 > count > SAMPLE:
            sample = cells[:: max(1, count // SAMPLE)]
            if len(np.unique(sample)) * 2 > len(sample):
                return None
        found, which = np.unique(cells[starts], return_inverse=True)
        lengths = np.diff(np.concatenate([starts, [count]]))
        return np.repeat(which.astype(np.int64), lengths), [_text(each) for each in found.tolist()]

    def marks(self) -> npt.NDArray[np.uint64]:
        """A number for each text, the same for the same texts."""
        words = -(-self.matrix.shape[1] // 8)
        padded = np.zeros((len(self), words * 8), dtype=np.uint8)
        padded[:, : self.matrix.shape[1]] = self.matrix
        return mixed(*padded.view(np.uint64).T) if words else np.zeros(len(self), dtype=np.uint64)


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column of integers; `known` tells those that are there, None where all are."""

    values: Ints
    known: Flags | None = None

    @staticmethod
    def of(numbers: Sequence[int | None]) -> Numbers:
        """Integers as a column."""
        known = np.array([number is not None for number in numbers], dtype=np.bool_)
        values = np.array([number or 0 for number in numbers], dtype=np.int64)
        return Numbers(values, None if known.all() else known)

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, place: int) -> int | None:
        return int(self.values[place]) if self.known is None or self.known[place] else None

    def take(self, places: Ints) -> Numbers:
        """The numbers at some places."""
        return Numbers(self.values[places], None if self.known is None else self.known[places])

    def tolist(self) -> list[int | None]:
        """The numbers, None for nothing."""
        values: list[int | None] = self.values.tolist()
        if self.known is None:
            return values
        return [value if known else None for value, known in zip(values, self.known.tolist(), strict=True)]

    @property
    def empty(self) -> bool:
        """Whether none is there."""
        return self.known is not None and not self.known.any()

    def marks(self) -> npt.NDArray[np.uint64]:
        """A number for each, the same for the same."""
        shown = self.values if self.known is None else np.where(self.known, self.values, -(1 << 62))
        return mixed(shown.view(np.uint64))


Column = Texts | Numbers | list[Any]


def column_of(values: Sequence[Any]) -> Column:
    """Values, all texts or all integers or None, as a column."""
    if all(value is None or type(value) is int for value in values):
        return Numbers.of(values)
    return Texts.of(values)


def taken(column: Column, places: Ints) -> Column:
    """The values at some places."""
    return [column[place] for place in places.tolist()] if isinstance(column, list) else column.take(places)


def listed(column: Column) -> list[Any]:
    """The values as Python knows them."""
    return column if isinstance(column, list) else column.tolist()


def sliced(column: Any, start: int, end: int) -> Any:
    """The values from one place up to but without another."""
    return column[start:end] if isinstance(column, list) else column.take(np.arange(start, end))


def marks_of(columns: Sequence[Column]) -> npt.NDArray[np.uint64]:
    """A number for each line, the same for lines that say the same in all columns."""
    found = [
        np.array([hash(value or "") & 0xFFFFFFFFFFFFFFFF for value in column], dtype=np.uint64)
        if isinstance(column, list)
        else column.marks()
        for column in columns
    ]
    return mixed(*found)


def mixed(*words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Words of each line mixed into one."""
    found = np.zeros(len(words[0]), dtype=np.uint64)
    for word in words:
        found = (found ^ word) * _MIX
        found ^= found >> np.uint64(29)
    return found


def digits(numbers: Ints) -> Matrix:
    """Integers as decimal digits, a row each, zeros in front; a minus before them where any is negative."""
    low = int(numbers.min(initial=0))
    width = len(str(max(int(numbers.max(initial=0)), -low)))
    found = np.empty((len(numbers), width + (low < 0)), dtype=np.uint8)
    left = np.abs(numbers) if low < 0 else numbers
    if low < 0:
        found[:, 0] = np.where(numbers < 0, 45, 48)
    end = found.shape[1]
    while width > 0:
        left, part = np.divmod(left, 10**9) if width > 9 else (left, left)
        small = part.astype(np.uint32)
        for _ in range(min(9, width)):
            end -= 1
            rest = small // np.uint32(10)
            found[:, end] = small - rest * np.uint32(10) + 48
            small = rest
        width -= 9
    return found


def _text(cell: bytes) -> str | None:
    return cell.decode("utf-8", "surrogatepass") if cell else None

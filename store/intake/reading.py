"""Reads one column of a chunk: plain texts all at once, each odd one by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from store.arrays import Column, Flags, Ints, Numbers, Texts, column_of, taken
from store.models import whole
from store.models.feed import Field, FieldKind
from store.models.values import BadValue, kept, reader

NUMBERS = frozenset(
    {
        *(FieldKind.CITIZEN_ID, FieldKind.MONEY, FieldKind.REGION),
        *(FieldKind.INT, FieldKind.DATE, FieldKind.DATETIME),
    }
)


@dataclass(frozen=True)
class Read:
    """A column of values; by place the reason codes of bad texts, and the texts of IDs that came wrong."""

    values: Column
    codes: dict[int, str] = field(default_factory=dict)
    odd: dict[int, str] = field(default_factory=dict)


def read(spec: Field, texts: Texts | Sequence[str | None]) -> Read:
    """Read a column of a field."""
    column = texts if isinstance(texts, Texts) else Texts.of(texts)
    if isinstance(column, list):
        return _one_by_one(spec, column)
    if column.empty:
        return _nothing(spec, len(column))
    if (found := whole.numbers(spec, column)) is not None:
        return _numbers(spec, column, *found)
    if (plain := whole.texts(spec, column)) is not None:
        return _texts(spec, column, plain)
    which, distinct = column.distinct() or (np.zeros(0, dtype=np.int64), [])
    few = _one_by_one(spec, distinct)
    return Read(taken(few.values, which), _spread(few.codes, which), _spread(few.odd, which))


def _spread(by_text: dict[int, str], which: Ints) -> dict[int, str]:
    """By place what is told of distinct texts."""
    return {place: told for at, told in by_text.items() for place in np.flatnonzero(which == at).tolist()}


def _nothing(spec: Field, count: int) -> Read:
    values: Column = Texts(np.zeros(count, dtype="S1"))
    if spec.kind in NUMBERS:
        values = Numbers(np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_))
    return Read(values, dict.fromkeys(range(count), "missing") if spec.required else {})


class _Single:
    """Reads text by text, each one that is met again only once."""

    def __init__(self, spec: Field) -> None:
        self.spec = spec
        self.read = reader(spec)
        self.known: dict[str, tuple[Any, str | None]] = {}

    def __call__(self, text: str) -> tuple[Any, str | None]:
        """The value, or the text as it is kept and why it is bad; None for nothing."""
        if text not in self.known:
            self.known[text] = self._read(text)
        return self.known[text]

    def _read(self, text: str) -> tuple[Any, str | None]:
        if not text.strip():
            return None, "missing" if self.spec.required else None
        try:
            return self.read(text), None
        except BadValue as bad:
            return kept(text), bad.code


def _one_by_one(spec: Field, texts: Sequence[str | None]) -> Read:
    single = _Single(spec)
    found = [single(text or "") for text in texts]
    codes = {place: code for place, (_, code) in enumerate(found) if code is not None}
    values = [value for value, _ in found]
    odd = _odd(spec, {place: values[place] for place in codes})
    if spec.kind not in NUMBERS:
        return Read(column_of(values) if any(map(_is_text, values)) else Texts.of(values), codes)
    return Read(Numbers.of([None if at in codes else each for at, each in enumerate(values)]), codes, odd)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _numbers(spec: Field, column: Texts, values: Ints, plain: Flags) -> Read:
    codes: dict[int, str] = {}
    bad: dict[int, str] = {}
    single = _Single(spec)
    left = ~plain & (column.lengths > 0)
    known = plain.copy()
    for place in np.flatnonzero(left).tolist():
        value, code = single(column[place] or "")
        if code is not None:
            codes[place], bad[place] = code, value
        elif value is not None:
            values[place], known[place] = value, True
    if spec.required:
        codes |= dict.fromkeys(np.flatnonzero(column.lengths == 0).tolist(), "missing")
    return Read(Numbers(values, None if known.all() else known), codes, _odd(spec, bad))


def _odd(spec: Field, bad: dict[int, Any]) -> dict[int, str]:
    if spec.kind is not FieldKind.CITIZEN_ID:
        return {}
    return {place: text for place, text in bad.items() if text}


def _texts(spec: Field, column: Texts, plain: Flags) -> Read:
    codes: dict[int, str] = {}
    changed: dict[int, bytes] = {}
    single = _Single(spec)
    for place in np.flatnonzero(~plain & (column.lengths > 0)).tolist():
        value, code = single(column[place] or "")
        changed[place] = (value or "").encode("utf-8", "surrogatepass")
        if code is not None:
            codes[place] = code
    if spec.required:
        codes |= dict.fromkeys(np.flatnonzero(column.lengths == 0).tolist(), "missing")
    if changed:
        width = max(column.cells.dtype.itemsize, *map(len, changed.values()))
        cells = column.cells.astype(f"S{width}")
        for place, cell in changed.items():
            cells[place] = cell
        column = Texts(cells)
    return Read(column, codes)

"""What a check says of a derived thing: where what is stored is not what the raw rows give."""

from __future__ import annotations

from dataclasses import dataclass

from store.tables import Code, Digits


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that differs: its derived thing, its key, and what both sides have; None for no such row."""

    derived: Code
    key: Digits
    stored: Digits | None
    recomputed: Digits | None

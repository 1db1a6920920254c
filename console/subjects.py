"""What an act is done to: a row of a view, by what it is and its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.widgets.rows import Row
from store.tables import Column, Table

# what a row is, by the column that has its number; the first that is there decides
KINDS = {
    "item_no": "item",
    "payment_no": "payment",
    "case_no": "case",
    "batch_no": "batch",
    "complaint_no": "complaint",
    "text": "wording",
}
TITLES = ("title", "programme", "reason_text", "name")
NOTHING = "nothing"


@dataclass(frozen=True)
class Subject:
    """A row: what it is, its number, and its values by the keys of their columns."""

    kind: str
    no: str
    facts: Mapping[str, Any]
    columns: tuple[Column, ...] = ()

    def fact(self, key: str) -> Any:
        """A value of the row, None where it has no such column."""
        return self.facts.get(key)

    @property
    def title(self) -> str:
        """What else tells the row apart."""
        return next((str(self.facts[key]) for key in TITLES if self.facts.get(key)), "")


def subject_of(table: Table, row: Row) -> Subject:
    """What a row of a view is; a payment with something outstanding, or once so, is a failure."""
    facts = dict(zip(table.keys(), row, strict=True))
    for key, kind in KINDS.items():
        if facts.get(key):
            failed = kind == "payment" and "outstanding" in facts
            return Subject("failure" if failed else kind, str(facts[key]), facts, table.columns)
    return Subject(NOTHING, "", facts, table.columns)

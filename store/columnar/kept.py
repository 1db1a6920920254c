"""What the columnar copy keeps: the columns that whole-store questions read; no card, phone or free text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from store.models.columns import Text
from store.models.failures import failure_payment
from store.models.payments import batch, list_entry, payment, payment_return
from store.models.reference import programme

SHAPE = 1  # of the file: a copy of another shape is made anew
BLOCK = 1 << 17  # payment ids; what is read, written and compared at once


@dataclass(frozen=True)
class Kept:
    """A table of the store, and those of its columns that the copy has; texts among them are never NULL."""

    table: Table
    columns: tuple[Column[Any], ...]

    @property
    def name(self) -> str:
        """The name of the table, here and there."""
        return self.table.name

    @property
    def key(self) -> tuple[Column[Any], ...]:
        """The primary key, which gives the rows their order."""
        return tuple(self.table.primary_key.columns)

    def is_text(self, column: Column[Any]) -> bool:
        """Whether a column holds texts; all others are integers."""
        return column.type is Text


def _kept(table: Table, names: str) -> Kept:
    return Kept(table, tuple(table.c[name] for name in names.split()))


# Rows of these are only ever inserted: blocks of payment ids are written once, or again where rows came.
PAYMENTS = _kept(
    payment, "payment_id home payment_no batch_id person_id name amount region_code reissue_of nature"
)
RETURNS = _kept(payment_return, "payment_id settled_at result")
LARGE = (PAYMENTS, RETURNS)

# These are small beside them and may change: they are written anew whenever the copy is brought up to date.
SMALL = (
    _kept(batch, "batch_id batch_no programme_id period submitted_on approved_on created_on"),
    _kept(programme, "programme_id programme_code name unit_kind"),
    _kept(failure_payment, "payment_id failure_id since"),
    _kept(list_entry, "kind person_id effective_on ref_no ended_on"),
)
ALL = (*LARGE, *SMALL)

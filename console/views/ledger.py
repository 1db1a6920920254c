"""Rectification items that are open."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.plans import ListPlan, Shown
from store.models.posts import Viewer
from store.tables import Table, table_of


def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
    """Every open item within the post's scope."""
    from store.queries import ledger

    return table_of(ledger.LedgerRow, ledger.listed(connection, viewer, as_of, ledger.Filters()))


PLAN = ListPlan(
    name="ledger",
    ask=ask,
    key=("item_no",),
    columns=(
        Shown("item_no", 11, 16, 0),
        Shown("title", 18, 44, 3),
        Shown("unit", 8, 28, 4),
        Shown("status", 8, 12, 1),
        Shown("due_on", 10, 10, 2),
        Shown("overdue_days", 4, 12, 2),
        Shown("responsible", 6, 12, 6),
        Shown("county", 6, 12, 5),
        Shown("category", 8, 16, 7),
        Shown("opened_on", 10, 10, 8),
        Shown("leader", 6, 12, 9),
        Shown("source", 4, 12, 10),
        Shown("amount", 10, 16, 11),
    ),
    receipt="item_no",
)

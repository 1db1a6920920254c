"""Payments that failed and are not yet made good."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.plans import ListPlan, Shown
from store.models.posts import Viewer
from store.tables import Table, table_of


def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
    """Every open failure within the post's scope."""
    from store.queries import failed
    from store.queries.filters import Filters

    return table_of(failed.FailedRow, failed.listed(connection, viewer, as_of, Filters()))


PLAN = ListPlan(
    name="failed",
    ask=ask,
    key=("payment_no",),
    columns=(
        Shown("payment_no", 14, 28, 0),
        Shown("programme", 8, 24, 5),
        Shown("county", 6, 12, 4),
        Shown("name", 6, 12, 7),
        Shown("card_no", 8, 12, 8),
        Shown("outstanding", 10, 14, 1),
        Shown("reason", 8, 20, 3),
        Shown("age_days", 4, 10, 2),
        Shown("opened_on", 10, 10, 7),
        Shown("unit", 10, 28, 9),
        Shown("attempts", 4, 10, 10),
        Shown("last_feedback_on", 10, 12, 11),
        Shown("without_feedback", 4, 12, 12),
    ),
    receipt="payment_no",
)

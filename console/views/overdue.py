"""Approvals that are past their due day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.plans import ListPlan, Shown
from store.models.posts import Viewer
from store.tables import Table, table_of


def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
    """Every overdue approval within the post's scope."""
    from store.queries import overdue
    from store.queries.filters import Filters

    rows = overdue.approvals(connection, viewer, as_of, Filters())
    return table_of(overdue.OverdueApproval, rows)


PLAN = ListPlan(
    name="overdue",
    ask=ask,
    key=("case_no", "stage", "entered_at"),
    columns=(
        Shown("case_no", 20, 26, 0),
        Shown("programme", 8, 24, 4),
        Shown("stage", 4, 16, 2),
        Shown("unit", 10, 28, 3),
        Shown("overdue_days", 4, 12, 1),
        Shown("grade", 4, 8, 1),
        Shown("entered_at", 10, 10, 5),
        Shown("due_on", 10, 10, 8),
        Shown("county", 6, 12, 7),
        Shown("name", 6, 12, 9),
        Shown("amount", 10, 14, 10),
        Shown("operator", 6, 12, 11),
    ),
    receipt="case_no",
)

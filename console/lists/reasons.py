"""The standard reasons of failures, or the banks' wordings and those that nobody has mapped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from console.places import Option, Options, Place, place
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.tables import Table, table_of

REASONS = (
    Shown("name", 10, 24, 0),
    Shown("returns", 4, 10, 1),
    Shown("cause", 6, 16, 2),
    Shown("due_days", 4, 12, 3),
    Shown("cure", 12, 50, 4),
    Shown("reason", 8, 20, 7),
)
WORDINGS = (Shown("text", 16, 50, 0), Shown("returns", 4, 10, 1), Shown("reason", 8, 24, 2))


def plan(options: Options, lang: str) -> ListPlan:
    """The reasons, or the wordings that failed returns of the scope had."""
    unmapped = "unmapped" in options

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import reasons

        if unmapped or "wordings" in options:
            return table_of(reasons.WordingRow, reasons.wordings(connection, viewer, as_of, unmapped))
        return table_of(reasons.ReasonRow, reasons.reasons(connection, viewer, as_of))

    if unmapped or "wordings" in options:
        title = f"console.view.reasons.{'unmapped' if unmapped else 'wordings'}"
        return ListPlan("reasons", ask, ("text",), WORDINGS, title=title)
    return ListPlan("reasons", ask, ("reason",), REASONS, opens=_failures_of)


def _failures_of(row: Mapping[str, Any]) -> Place:
    """The open failures that have the reason."""
    return place("failed", {"reason": row["reason"]})


VIEW = View("reasons", (Option("unmapped", switch=True), Option("wordings", switch=True)), plan)

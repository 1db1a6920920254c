"""What the post follows, the latest first."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.places import Option, Options
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.tables import Table, table_of

COLUMNS = (
    Shown("subject", 14, 30, 0),
    Shown("subject_kind", 6, 14, 1),
    Shown("county", 6, 12, 2),
    Shown("note", 12, 50, 2),
    Shown("at", 10, 10, 3),
    Shown("login", 6, 16, 5),
    Shown("follows", 4, 8, 4),
)


def plan(options: Options, lang: str) -> ListPlan:
    """What is followed, or with `all` everything that was marked too."""

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import attention

        rows = attention.listed(connection, viewer, as_of, "all" in options)
        return table_of(attention.AttentionRow, rows)

    return ListPlan("attention", ask, ("subject_kind", "subject", "at"), COLUMNS, ("subject",))


VIEW = View("attention", (Option("all", switch=True),), plan)

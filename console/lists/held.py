"""Lines that wait for a parent."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.lists._kept_lines import pages
from console.places import Options
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.tables import Table, table_of

COLUMNS = (
    Shown("file", 12, 30, 1),
    Shown("line", 4, 8, 0),
    Shown("feed", 6, 16, 3),
    Shown("waits_for", 8, 16, 2),
    Shown("key", 12, 30, 2),
)
KEY = ("file", "line", "feed", "waits_for", "key")


def plan(options: Options, lang: str) -> ListPlan:
    """Every held line within the post's scope."""

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import intake

        return table_of(intake.HeldLine, intake.helds(connection, viewer))

    return ListPlan(
        "held", ask, ("file", "line", "feed", "waits_for", "key"), COLUMNS, pages=pages("held", lang)
    )


VIEW = View("held", (), plan)

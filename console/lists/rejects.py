"""Lines that were rejected, each with why."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.lists._kept_lines import pages
from console.lists._narrowing import SINCE, day
from console.places import Options
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.tables import Table, table_of

COLUMNS = (
    Shown("file", 12, 30, 1),
    Shown("line", 4, 8, 0),
    Shown("field", 6, 16, 3),
    Shown("message", 20, 60, 2),
    Shown("value", 8, 20, 4),
    Shown("feed", 6, 16, 7),
)
KEY = ("file", "line", "field", "code", "value")


def plan(options: Options, lang: str) -> ListPlan:
    """Every rejected line within the post's scope, or those that arrived from a day on."""
    first = day(options["since"]) if "since" in options else None

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import intake

        return table_of(
            intake.KeptLine, intake.rejects(connection, viewer, lang, first, as_of if first else None)
        )

    return ListPlan("rejects", ask, KEY, COLUMNS, worded=True, pages=pages("rejects", lang, first))


VIEW = View("rejects", (SINCE,), plan, bare="since")

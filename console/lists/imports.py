"""Files that were taken in, the last one first."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.lists._narrowing import SINCE, day
from console.lists._pages import pages
from console.places import Options
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.tables import Table, table_of

COLUMNS = (
    Shown("file", 14, 40, 0),
    Shown("feed", 6, 16, 4),
    Shown("state", 4, 12, 1),
    Shown("arrived_on", 10, 10, 3),
    Shown("rows", 5, 10, 2),
    Shown("landed", 4, 10, 3),
    Shown("rejected", 4, 8, 1),
    Shown("held", 4, 8, 2),
    Shown("doubtful", 4, 8, 2),
    Shown("started_at", 10, 10, 8),
)


def plan(options: Options, lang: str) -> ListPlan:
    """Every file within the post's scope, or those that arrived from a day on."""
    first = day(options["since"]) if "since" in options else None

    def asked(connection: Connection, viewer: Viewer, as_of: date) -> tuple[date | None, date | None]:
        return first, as_of if first else None

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import intake

        found = intake.imports(connection, viewer, *asked(connection, viewer, as_of))
        return table_of(intake.ImportedFile, list(reversed(found)))

    paged = pages("intake", "ImportedFile", asked, "imports")
    return ListPlan("imports", ask, ("file", "sheet", "started_at", "feed"), COLUMNS, pages=paged)


VIEW = View("imports", (SINCE,), plan, bare="since")

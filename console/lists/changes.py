"""What changed since this post last looked, or since a day; the last change first."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Connection

from console.lists._narrowing import SINCE, day
from console.places import Option, Options
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.tables import Table, table_of

COLUMNS = (
    Shown("at", 19, 19, 0),
    Shown("verb", 8, 20, 0),
    Shown("subject", 12, 30, 1),
    Shown("count", 4, 8, 2),
    Shown("followed", 4, 8, 3),
    Shown("rejected", 4, 8, 3),
    Shown("post", 6, 16, 4),
    Shown("login", 6, 16, 5),
)


def plan(options: Options, lang: str) -> ListPlan:
    """The changes that concern the post."""
    first = datetime.combine(day(options["since"]), time()) if "since" in options else None

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import changes

        if first is None:
            found = changes.since_last_look(connection, viewer, as_of)
        else:
            found = changes.since(connection, viewer, as_of, at=first)
        rows = found.of_followed if "followed" in options else found.rows
        return table_of(changes.ChangeRow, list(reversed(rows)))

    return ListPlan("changes", ask, ("seq", "subject_kind", "subject"), COLUMNS, seen="seq")


VIEW = View("changes", (SINCE, Option("followed", switch=True)), plan, bare="since")

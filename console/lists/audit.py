"""The trace: what was done here, by whom and when, the last act first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from console.lists._pages import pages
from console.places import Option, Options
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.tables import Table, table_of

if TYPE_CHECKING:
    from store.queries.audit import Filters

COLUMNS = (
    Shown("seq", 5, 10, 1),
    Shown("at", 19, 19, 0),
    Shown("verb", 8, 20, 0),
    Shown("subject", 10, 30, 2),
    Shown("post", 6, 16, 3),
    Shown("login", 6, 16, 4),
    Shown("detail", 12, 60, 6),
    Shown("subject_kind", 6, 14, 7),
    Shown("as_of", 10, 10, 8),
)


def plan(options: Options, lang: str) -> ListPlan:
    """The events that this post may know of."""

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import audit

        (filters,) = asked(connection, viewer, as_of)
        return table_of(audit.EventRow, list(reversed(audit.listed(connection, viewer, filters))))

    def asked(connection: Connection, viewer: Viewer, as_of: date) -> tuple[Filters]:
        from store.queries.audit import Filters

        return (Filters(as_of, options.get("verb"), options.get("subject")),)

    return ListPlan("audit", ask, ("seq",), COLUMNS, pages=pages("audit", "EventRow", asked))


VIEW = View("audit", (Option("verb"), Option("subject")), plan, bare="subject")

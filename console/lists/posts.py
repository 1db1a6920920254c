"""The posts that this one may know of."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.places import Options
from console.plans import ListPlan, Shown, View
from store.models.posts import Viewer
from store.tables import Table, table_of

COLUMNS = (
    Shown("code", 8, 20, 0),
    Shown("name", 10, 30, 1),
    Shown("kind", 6, 16, 2),
    Shown("region_code", 6, 14, 2),
    Shown("department", 6, 16, 4),
    Shown("programmes", 8, 30, 5),
    Shown("logins", 6, 24, 6),
    Shown("everything", 4, 8, 6),
)


def plan(options: Options, lang: str) -> ListPlan:
    """Every post within the post's region."""

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import posts

        return table_of(posts.PostRow, posts.listed(connection, viewer))

    return ListPlan("posts", ask, ("code",), COLUMNS)


VIEW = View("posts", (), plan)

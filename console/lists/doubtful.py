"""Lines that landed though an ID or a card is wrong."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from console.lists._kept_lines import pages
from console.lists.rejects import COLUMNS, KEY
from console.places import Options
from console.plans import ListPlan, View
from store.models.posts import Viewer
from store.tables import Table, table_of


def plan(options: Options, lang: str) -> ListPlan:
    """Every doubtful line within the post's scope."""

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import intake

        return table_of(intake.KeptLine, intake.doubtfuls(connection, viewer, lang))

    return ListPlan("doubtful", ask, KEY, COLUMNS, worded=True, pages=pages("doubtful", lang))


VIEW = View("doubtful", (), plan)

"""`supervise show`: everything on a case, a payment, a batch or an item, on one timeline."""

from __future__ import annotations

from commands.desk import asking, open_desk
from commands.options import Shared, argument, command
from commands.output import emit
from store.queries.story import Story, told
from store.tables import table_of

READ_BY_PEOPLE = ("table", "markdown")


@command("show")
def show(shared: Shared, no: str = argument("no")) -> None:
    """Tell the story of a number."""
    desk = open_desk(shared)
    with asking(desk, ("story", no), {}) as (connection, viewer):
        found = told(connection, viewer, desk.as_of, no, desk.lang)
    table = table_of(Story, [found], single=True)
    if shared.format in READ_BY_PEOPLE and not shared.columns:
        # a record of one kind has none of the facts of another; a person need not see them empty
        table = table.only(
            [key for key, value in zip(table.keys(), table.rows[0], strict=True) if value is not None]
        )
    emit(table, desk, "show")

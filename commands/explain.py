"""`supervise explain`: the receipt of a deadline, day by day."""

from __future__ import annotations

from commands.desk import asking, open_desk
from commands.options import Shared, argument, command
from commands.output import emit
from store.queries.explain import explained
from store.tables import table_of


@command("explain")
def explain(shared: Shared, no: str = argument("no")) -> None:
    """Show why a case, a batch, a failure or an item is due when it is."""
    desk = open_desk(shared)
    with asking(desk, ("receipt", no), {}) as (connection, viewer):
        found = explained(connection, viewer, desk.as_of, no, desk.lang)
    emit(table_of(type(found), [found], single=True), desk, "explain")

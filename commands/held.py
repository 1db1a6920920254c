"""`supervise held`: the lines that wait for a parent."""

from __future__ import annotations

from commands.desk import asking, open_desk
from commands.options import Shared, command
from commands.output import emit
from store.queries import intake as question
from store.tables import table_of


@command("held", lists=True)
def list_held(shared: Shared) -> None:
    """List every held line."""
    desk = open_desk(shared)
    with asking(desk, ("view", "held"), {}) as (connection, viewer):
        rows = question.helds(connection, viewer)
    emit(table_of(question.HeldLine, rows), desk, "held")

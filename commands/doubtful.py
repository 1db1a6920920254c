"""`supervise doubtful`: the lines that landed though an ID or card is wrong."""

from __future__ import annotations

from commands.desk import asking, open_desk
from commands.options import Shared, command
from commands.output import emit
from store.queries import intake as question
from store.tables import table_of


@command("doubtful", lists=True)
def list_doubtful(shared: Shared) -> None:
    """List every doubtful line."""
    desk = open_desk(shared)
    with asking(desk, ("view", "doubtful"), {}) as (connection, viewer):
        rows = question.doubtfuls(connection, viewer, desk.lang)
    emit(table_of(question.KeptLine, rows), desk, "doubtful")

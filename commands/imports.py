"""`supervise imports`: the files that were taken in."""

from __future__ import annotations

from commands.desk import asking, day, open_desk
from commands.options import Shared, command, option
from commands.output import emit
from store.queries import intake as question
from store.tables import table_of


@command("imports", lists=True)
def list_imports(shared: Shared, since: str | None = option("since")) -> None:
    """List every file that was taken in, or with --since those that arrived from then on."""
    first = day(since) if since else None
    desk = open_desk(shared)
    with asking(desk, ("view", "imports"), {"since": first}) as (connection, viewer):
        rows = question.imports(connection, viewer, first, desk.as_of if first else None)
    emit(table_of(question.ImportedFile, rows), desk, "imports")

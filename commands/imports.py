"""`supervise imports`: the files that were taken in."""

from __future__ import annotations

from commands.desk import asking, open_desk
from commands.options import Shared, command
from commands.output import emit
from store.queries import intake as question
from store.tables import table_of


@command("imports")
def list_imports(shared: Shared) -> None:
    """List every file that was taken in."""
    desk = open_desk(shared)
    with asking(desk, ("view", "imports"), {}) as (connection, viewer):
        rows = question.imports(connection, viewer)
    emit(table_of(question.ImportedFile, rows), desk, "imports")

"""`supervise rejects`: the lines that were rejected, and trying them again."""

from __future__ import annotations

import typer

from commands.desk import asking, day, open_desk
from commands.options import Shared, command, option
from commands.output import SOMETHING_TO_LOOK_AT, emit
from store.database import writing
from store.queries import intake as question
from store.services import retrying
from store.services.imported import ImportRow
from store.tables import table_of


@command("rejects", lists=True)
def list_rejects(shared: Shared, since: str | None = option("since")) -> None:
    """List every rejected line, or with --since those that arrived from then on."""
    first = day(since) if since else None
    desk = open_desk(shared)
    with asking(desk, ("view", "rejects"), {"since": first}) as (connection, viewer):
        rows = question.rejects(connection, viewer, desk.lang, first, desk.as_of if first else None)
    emit(table_of(question.KeptLine, rows), desk, "rejects")


@command("rejects retry")
def retry(shared: Shared) -> None:
    """Try every rejected line again that a later import may have mended."""
    desk = open_desk(shared)
    rows = retrying.retry(lambda: writing(desk.store), desk.actor)
    emit(table_of(ImportRow, rows), desk, "rejects retry")
    if any(row.rejected for row in rows):
        raise typer.Exit(SOMETHING_TO_LOOK_AT)

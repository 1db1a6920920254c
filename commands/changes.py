"""`supervise changes`: what changed since the last look, and saying that it was looked at."""

from __future__ import annotations

from datetime import datetime, time

from commands.desk import acting, asking, day, open_desk
from commands.options import Shared, command, flag, option
from commands.output import emit, ready
from store.queries import changes as question
from store.services import looks
from store.tables import table_of


@command("changes", lists=True)
def list_changes(
    shared: Shared,
    since: str | None = option("since", help_key="changes_since"),
    followed: bool = flag("followed"),
) -> None:
    """List what changed since a day, or since the last look; with --followed what the post follows."""
    first = datetime.combine(day(since), time()) if since is not None else None
    desk = open_desk(shared)
    with asking(desk, ("view", "changes"), {"since": since, "followed": followed}) as (connection, viewer):
        if first is None:
            found = question.since_last_look(connection, viewer, desk.as_of)
        else:
            found = question.since(connection, viewer, desk.as_of, at=first)
    rows = found.of_followed if followed else found.rows
    emit(table_of(question.ChangeRow, rows), desk, "changes")


@command("changes looked")
def say_looked(shared: Shared, seq: int | None = option("seq", min=0)) -> None:
    """Say that all changes so far, or up to an event, were looked at."""
    desk = open_desk(shared)
    ready(desk, question.Look)
    with acting(desk) as (connection, actor):
        made = looks.looked(connection, actor.viewer, actor.now, seq)
    emit(table_of(question.Look, [made], single=True), desk, "changes looked")

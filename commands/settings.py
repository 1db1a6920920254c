"""`supervise settings`: the thresholds and limits that are the office's own."""

from __future__ import annotations

from commands.desk import acting, asking, open_desk
from commands.options import Shared, argument, command
from commands.output import emit, ready
from store.queries import settings as question
from store.services import settings as service
from store.tables import table_of


@command("settings", lists=True)
def list_settings(shared: Shared) -> None:
    """List every setting."""
    desk = open_desk(shared)
    with asking(desk, ("view", "settings"), {}) as (connection, _viewer):
        rows = question.listed(connection)
    emit(table_of(question.SettingRow, rows), desk, "settings")


@command("settings set")
def set_one(shared: Shared, key: str = argument("key"), value: int = argument("value")) -> None:
    """Change a setting."""
    desk = open_desk(shared)
    ready(desk, service.Changed)
    with acting(desk) as (connection, actor):
        made = service.put(connection, actor, key, value)
    emit(table_of(service.Changed, [made], single=True), desk, "settings")

"""`supervise calendar`: the years that are known, and loading one of the office's own."""

from __future__ import annotations

from pathlib import Path

from commands.desk import acting, asking, open_desk
from commands.options import Shared, argument, command, flag, option
from commands.output import emit, say_aside
from store.queries import calendar as question
from store.services import calendar as service
from store.tables import table_of
from store.words import say


class _Undone(Exception):
    pass


@command("calendar", lists=True)
def list_calendar(shared: Shared, year: int | None = option("year", min=1950, max=2200)) -> None:
    """List the known years, or with --year the days of one that are not as the week has them."""
    desk = open_desk(shared)
    with asking(desk, ("view", "calendar"), {"year": year}) as (connection, _viewer):
        if year is None:
            table = table_of(question.YearRow, question.years(connection))
        else:
            table = table_of(question.SpecialDay, question.special_days(connection, year))
    emit(table, desk, "calendar")


@command("calendar load")
def load(shared: Shared, file: Path = argument("file"), dry_run: bool = flag("dry-run")) -> None:
    """Load a year file, and list the cases whose due day it moves; with --dry-run only list them."""
    desk = open_desk(shared)
    loaded = service.read_year(file)
    moved: list[service.MovedDay] = []
    try:
        with acting(desk) as (connection, actor):
            moved = service.load_year(connection, actor, loaded)
            if dry_run:
                raise _Undone
    except _Undone:
        say_aside(say("import.dry", desk.lang))
    emit(table_of(service.MovedDay, moved), desk, "calendar load")

"""`supervise console`: the full-screen console."""

from __future__ import annotations

import typer

from commands.desk import day, now, open_desk
from commands.options import Shared, command


@command("console")
def open_console(shared: Shared) -> None:
    """Open the full-screen console on a store."""
    from console.start import start

    desk = open_desk(shared)
    as_of = day(shared.as_of) if shared.as_of else None
    raise typer.Exit(start(desk.store, desk.post, desk.login, desk.lang, as_of, now))

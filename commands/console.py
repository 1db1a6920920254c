"""`supervise console`: the full-screen console."""

from __future__ import annotations

import typer

from commands.desk import Desk, day, now, open_desk
from commands.options import Shared, command, flag


@command("console")
def console(shared: Shared, read_only: bool = flag("read-only")) -> None:
    """Open the full-screen console on a store."""
    open_console(open_desk(shared), read_only)


def open_console(desk: Desk, read_only: bool = False) -> None:
    """Run the console at a desk, and end the command as it ended."""
    from console.start import start

    as_of = day(desk.shared.as_of) if desk.shared.as_of else None
    raise typer.Exit(start(desk.store, desk.post, desk.login, desk.lang, as_of, now, read_only))

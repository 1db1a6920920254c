"""`supervise seed`: loads reference data that ships with the program, through the same import as any file."""

from __future__ import annotations

from collections.abc import Callable

import typer

from commands.desk import open_desk
from commands.import_ import progress, tell
from commands.options import Command, Shared, command
from commands.output import SOMETHING_TO_LOOK_AT, emit
from store.database import writing
from store.services import imports as service
from store.services.imported import ImportRow, Wanted
from store.tables import table_of


def _seed(shared: Shared, kind: str) -> None:
    from seeds.reference import reference_file

    desk = open_desk(shared, create=True)
    wanted = Wanted(feed=kind)
    paths = [str(reference_file(kind))]
    outcome = service.run(lambda: writing(desk.store), desk.actor, paths, wanted, progress(desk))
    tell(desk, outcome)
    emit(table_of(ImportRow, outcome.rows), desk, "seed")
    if outcome.rejected:
        raise typer.Exit(SOMETHING_TO_LOOK_AT)


def _command(kind: str) -> Command:
    def run(shared: Shared) -> None:
        _seed(shared, kind)

    made: Callable[[Callable[..., None]], Command] = command(f"seed {kind}")
    return made(run)


seed_regions = _command("regions")
seed_programmes = _command("programmes")
seed_deadlines = _command("deadlines")

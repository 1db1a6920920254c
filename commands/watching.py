"""`supervise import --watch`: takes what is dropped into a folder, and puts it away beside it."""

from __future__ import annotations

import time
from pathlib import Path

from commands.desk import Desk
from commands.import_ import progress, tell
from commands.output import emit, say_aside
from store.database import writing
from store.errors import NotDone
from store.services import imports as service
from store.services.imports import Outcome, Wanted
from store.tables import table_of
from store.words import say

POLL = 0.5  # seconds
SETTLED = 2.0  # seconds in which a file that is whole does not grow


def watch_folder(desk: Desk, folder: Path, wanted: Wanted) -> None:
    """Take files as they come, until Ctrl-C; one that grows is left alone until it has settled."""
    if not folder.is_dir():
        raise NotDone("watch_folder", path=str(folder))
    say_aside(say("import.watching", desk.lang, folder=str(folder)))
    sizes: dict[Path, tuple[int, float]] = {}
    try:
        while True:
            for path in _settled(folder, sizes):
                _take(desk, path, wanted)
                sizes.pop(path, None)
            time.sleep(POLL)
    except KeyboardInterrupt:
        return


def _settled(folder: Path, sizes: dict[Path, tuple[int, float]]) -> list[Path]:
    """The files whose size has not changed for a while; `sizes` remembers size and since when."""
    now, found = time.monotonic(), []
    for path in sorted(folder.iterdir()):
        try:
            if path.name.startswith(".") or not path.is_file():
                continue
            size = path.stat().st_size
        except OSError:
            continue  # it was taken away
        before, since = sizes.get(path, (-1, now))
        if size != before:
            sizes[path] = (size, now)
        elif now - since >= SETTLED:
            found.append(path)
    return found


def _take(desk: Desk, path: Path, wanted: Wanted) -> None:
    outcome = service.run(lambda: writing(desk.store), desk.actor, [str(path)], wanted, progress(desk))
    tell(desk, outcome)
    emit(table_of(service.ImportRow, outcome.rows), desk, "import")
    try:
        place = put_away(path, "failed" if _unusable(outcome) else "done")
    except OSError as error:
        raise NotDone("watch_move", path=str(path), reason=error.strerror or "") from error
    say_aside(say("import.moved", desk.lang, file=path.name, place=str(place)))


def _unusable(outcome: Outcome) -> bool:
    """Whether a file could not be read, or no part of it is a feed."""
    known = any(row.feed for row in outcome.rows)
    return outcome.unread or (not known and any(row.rows for row in outcome.rows))


def put_away(path: Path, name: str) -> Path:
    """Move a file into a folder beside it, under a name that no file there has; its new path."""
    folder = path.parent / name
    folder.mkdir(exist_ok=True)
    place, number = folder / path.name, 0
    while True:
        try:
            place.touch(exist_ok=False)  # the name is ours, or somebody else's
            return path.replace(place)
        except FileExistsError:
            number += 1
            place = folder / f"{path.stem}.{number}{path.suffix}"

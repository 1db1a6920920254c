"""`supervise import --watch`: takes what is dropped into a folder, and puts it beside when it is taken."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from commands import desk as desks
from commands.desk import Desk
from commands.import_ import progress, tell
from commands.output import emit, say_aside
from store.database import importing, writing
from store.errors import NotDone, SuperviseError
from store.services import imports
from store.services.imported import ImportRow, Outcome, Wanted
from store.tables import table_of
from store.words import say

ROUND = 0.5  # seconds between two looks at the folder
SETTLED = 2.0  # seconds for which the size of a file has to stay the same
DONE, FAILED = "done", "failed"


@dataclass
class _Sizes:
    """The files of a folder, with their sizes and since when these have not changed."""

    known: dict[Path, tuple[int, float]] = field(default_factory=dict)

    def settled(self, folder: Path, clock: float) -> list[Path]:
        """Look again; the files whose size has not changed for long enough."""
        now: dict[Path, tuple[int, float]] = {}
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~$")):  # hidden, or the mark of a workbook that is open
                continue
            try:
                size = path.stat().st_size
                plain = path.is_file()
            except OSError:
                continue
            if plain:
                before = self.known.get(path)
                now[path] = before if before is not None and before[0] == size else (size, clock)
        self.known = now
        return [path for path, (_, since) in now.items() if clock - since >= SETTLED]

    def later(self, paths: Sequence[Path], clock: float) -> None:
        """Let files wait as if they had just come."""
        for path in paths:
            self.known[path] = (self.known[path][0], clock)


def watch_folder(desk: Desk, folder: Path, wanted: Wanted) -> None:
    """Take every file that is dropped into `folder`, until Ctrl-C; NotDone where it is no folder."""
    if not folder.is_dir():
        raise NotDone("watch_folder", path=str(folder))
    try:
        for name in (DONE, FAILED):
            (folder / name).mkdir(exist_ok=True)
        say_aside(say("import.watching", desk.lang, folder=folder))
        sizes = _Sizes()
        while True:
            if ready := sizes.settled(folder, time.monotonic()):
                _take(desk, folder, wanted, ready, sizes)
            time.sleep(ROUND)
    except OSError as error:
        path = str(error.filename or folder)
        raise NotDone("output_unwritable", path=path, reason=error.strerror or "") from error
    except KeyboardInterrupt:
        return


def _take(desk: Desk, folder: Path, wanted: Wanted, ready: Sequence[Path], sizes: _Sizes) -> None:
    """One round: an import of the files that are ready, its report, and their place beside."""
    here = _today(desk)
    paths = [str(path) for path in ready]
    try:
        with importing(here.store, lambda: say_aside(say("import.waits", here.lang))):
            outcome = imports.run(lambda: writing(here.store), here.actor, paths, wanted, progress(here))
    except SuperviseError as error:  # the store is locked or full: the files wait where they are
        say_aside(error.sentence(here.lang))
        sizes.later(ready, time.monotonic())
        return
    tell(here, outcome)
    emit(table_of(ImportRow, outcome.rows), here, "import")
    for path in ready:
        place = _free_place(folder / (FAILED if failed(outcome, str(path)) else DONE), path)
        try:
            path.rename(place)
        except FileNotFoundError:
            continue
        say_aside(say("import.moved", here.lang, file=path.name, place=place))


def _today(desk: Desk) -> Desk:
    """The same desk by the clock of now, for reports that go on (--check would end them)."""
    clock = desks.now()
    as_of = desk.as_of if desk.shared.as_of else clock.date()
    return replace(desk, now=clock, as_of=as_of, shared=replace(desk.shared, check=False))


def failed(outcome: Outcome, path: str) -> bool:
    """Whether a file could not be read, or no feed fits any part of it."""
    if any(_within(each, path) for each in outcome.unread):
        return True
    rows = [row for row in outcome.rows if _within(row.file, path)]
    return bool(rows) and all(row.feed is None and row.rejected for row in rows)


def _within(name: str, path: str) -> bool:
    return name == path or name.startswith(f"{path}/")


def _free_place(folder: Path, path: Path) -> Path:
    """A place in `folder` that overwrites nothing: a.csv, a.1.csv, a.2.csv ..."""
    place, number = folder / path.name, 0
    while place.exists():
        number += 1
        place = folder / f"{path.stem}.{number}{path.suffix}"
    return place

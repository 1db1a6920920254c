"""Takes files in: recognises them, takes each chunk by chunk, and says what became of every line."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from store.database import lock_imports
from store.errors import SuperviseError
from store.intake.ahead import Ahead
from store.intake.freeing import Intake
from store.intake.keeping import Kept, forget, keep_rejects
from store.intake.lines import Fault
from store.intake.pace import Pace
from store.intake.retaking import retake
from store.intake.sheets import Recognised, Totals, chunks
from store.models.intake import COUNTS, reject, source_file
from store.models.posts import Actor
from store.models.recognise import number_places
from store.models.reference import unit
from store.services import trace
from store.services.chunks import add_counts, take_chunk
from store.services.entering import Run, enter, expanded, recognised
from store.services.imported import ImportRow, Outcome, Progress, Tell, Wanted, Writing

FIRST = ("regions", "units", "programmes")  # taken before all others, whatever the order of the files
# whether a code stands for a shorter one, or a unit above comes too, depends on all lines of the file
JUDGED_WHOLE = frozenset({"regions", "units"})
WHOLE = 1 << 30
SELDOM = 200_000  # objects made between two looks for circles: lines make none


def run(
    writing: Writing,
    actor: Actor,
    paths: Sequence[str],
    wanted: Wanted,
    tell: Tell = lambda _: None,
) -> Outcome:
    """Take files and folders in; `writing` is opened once a chunk, `tell` hears of progress."""
    going = Run(writing, actor, wanted, tell)
    with _few_rounds():
        return _run(going, paths)


def _run(going: Run, paths: Sequence[str]) -> Outcome:
    known = [found for shown in expanded(paths) for found in recognised(going, shown)]
    ids = enter(going, known)
    order = sorted(range(len(known)), key=lambda place: _rank(known[place]))
    for place in order:
        if place not in going.skipped:
            _take_sheet(going, known[place], ids[place])
    rows = _report(going, known, ids)
    return Outcome(rows, tuple(going.words), tuple(going.unread))


@contextmanager
def _few_rounds() -> Iterator[None]:
    """Objects in circles are looked for more seldom while lines are taken."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _rank(found: Recognised) -> int:
    return FIRST.index(found.feed) if found.feed in FIRST else len(FIRST)


def _take_sheet(going: Run, found: Recognised, file_id: int) -> None:
    started = time.monotonic()
    if found.heading is None:
        _close_unread(going, found, file_id)
        return
    totals = Totals(number_places(found.heading))
    pace = going.paces.setdefault(found.feed, Pace(going.wanted.chunk))
    size = (lambda: WHOLE) if found.feed in JUDGED_WHOLE else pace.lines
    coming = Ahead(chunks(found, file_id, size, totals, going.begun[file_id]))
    rows, done = 0, 0.0
    try:
        for chunk in coming:
            seconds = time.monotonic() - started
            with pace.held(chunk.count):
                take_chunk(going.writing, going.actor, found, file_id, chunk, seconds - done)
            rows, done = rows + chunk.count, seconds
            going.tell(Progress(found.sheet.file, rows, time.monotonic() - started))
    except SuperviseError as error:
        if not coming.failed:
            raise
        going.fails(found.sheet.file, error)
        return
    for name, said, summed in totals.differences():
        values = {"file": found.sheet.file, "field": name, "said": said, "summed": summed}
        going.words.append(("import.total_differs", values))
    _close(going, found, file_id, time.monotonic() - started - done)


def _close(going: Run, found: Recognised, file_id: int, seconds: float) -> None:
    with going.writing() as connection:
        lock_imports(connection)
        here = source_file.c.file_id == file_id
        row = connection.execute(select(source_file).where(here)).one()
        if row.state == "done":
            return  # another import took the same file at the same time
        if found.feed == "units":
            _take_units_again(going, connection, row.import_id)
        forget(connection, _judged_for_good(connection, row))
        add_counts(connection, file_id, Counter(), state="done", seconds=row.seconds + seconds)
        row = connection.execute(select(source_file).where(here)).one()
        detail = {name: getattr(row, name) for name in COUNTS}
        detail |= {"feed": found.feed, "sha256": found.sheet.sha256}
        trace.record(connection, going.actor, "import_done", ("file", found.sheet.file), detail)


def _judged_for_good(connection: Connection, row: Row[Any]) -> list[int]:
    """The files of which no line is judged again: units wait for the other files of units in the import."""
    if row.feed != "units":
        return [row.file_id]
    beside = (source_file.c.import_id == row.import_id, source_file.c.feed == "units")
    files = {each.file_id: each.state for each in connection.execute(select(source_file).where(*beside))}
    waits = any(state == "taking" for each, state in files.items() if each != row.file_id)
    return [] if waits else list(files)


def _take_units_again(going: Run, connection: Connection, import_id: int) -> None:
    """Units of this import that stand below one which came with a later file."""
    files = select(source_file.c.file_id).where(source_file.c.import_id == import_id)
    stored = reject.c.value.in_(select(unit.c.unit_code))
    while True:
        intake = Intake(connection, going.actor.at)
        found = retake(intake, reject.c.feed == "units", reject.c.file_id.in_(files), stored)
        for each in found:
            add_counts(connection, each.file_id, each.moved)
        if not found:
            return


def _close_unread(going: Run, found: Recognised, file_id: int) -> None:
    """A sheet that no feed fits, that nothing decodes, or that is empty."""
    counts = {"rows": 1, "rejected": 1} if found.fault else {}
    with going.writing() as connection:
        if found.fault:
            kept = Kept(file_id, 1, "", None, "[]", Fault(None, found.fault))
            keep_rejects(connection, [kept])
        here = source_file.c.file_id == file_id
        connection.execute(update(source_file).where(here).values(state="done", **counts))
        detail = {"fault": found.fault, "sha256": found.sheet.sha256}
        trace.record(connection, going.actor, "import_done", ("file", found.sheet.file), detail)


def _report(going: Run, known: Sequence[Recognised], ids: Sequence[int]) -> tuple[ImportRow, ...]:
    merged: dict[tuple[str, str | None], ImportRow] = {}
    with going.writing() as connection:
        for place, (found, file_id) in enumerate(zip(known, ids, strict=True)):
            stored = connection.execute(select(source_file).where(source_file.c.file_id == file_id)).one()
            counts = {name: getattr(stored, name) for name in COUNTS}
            seconds = round(stored.seconds, 3)
            if place in going.skipped:
                counts = dict.fromkeys(COUNTS, 0) | {"rows": stored.rows, "unchanged": stored.rows}
                seconds = 0.0
            row = ImportRow(found.sheet.file, stored.feed, seconds=seconds, **counts)
            key = (found.sheet.file, row.feed)
            merged[key] = _together(merged[key], row) if key in merged else row
    return tuple(merged.values())


def _together(one: ImportRow, other: ImportRow) -> ImportRow:
    names = (*COUNTS, "seconds")
    return replace(one, **{name: getattr(one, name) + getattr(other, name) for name in names})

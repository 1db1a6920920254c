"""Takes files in: recognises them, takes each chunk by chunk, and says what became of every line."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from store.database import lock_imports
from store.errors import NotDone, SuperviseError
from store.intake.freeing import Intake
from store.intake.keeping import Kept, forget, keep_rejects
from store.intake.lines import Fault
from store.intake.retaking import retake
from store.intake.sheets import Chunk, Recognised, Totals, chunks, recognise
from store.models.intake import COUNTS, reject, source_file
from store.models.posts import Actor
from store.models.recognise import number_places
from store.models.reference import unit
from store.readers import open_path
from store.services import trace
from store.tables import Number, Rate

CHUNK = 20_000
FIRST = ("regions", "units", "programmes")  # taken before all others, whatever the order of the files
JUDGED_WHOLE = frozenset(
    {"regions"}
)  # whether a code stands for a shorter one depends on all lines of its file
WHOLE = 1 << 30

Tell = Callable[["Progress"], None]
Writing = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What became of the lines of one file and feed."""

    file: str
    feed: str | None
    rows: Number
    landed: Number
    unchanged: Number
    updated: Number
    held: Number
    rejected: Number
    seconds: Rate
    doubtful: Number
    freed: Number


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is: its records taken, and the seconds since it was begun."""

    file: str
    rows: int
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """The answer of an import: a row a file and feed, words to the person, and what was not read."""

    rows: tuple[ImportRow, ...]
    words: tuple[tuple[str, Mapping[str, object]], ...]
    unread: tuple[str, ...]

    @property
    def rejected(self) -> bool:
        """Whether a line was rejected."""
        return any(row.rejected for row in self.rows)


@dataclass(frozen=True)
class Wanted:
    """How the files are to be read: as which feed, and with which columns renamed."""

    feed: str | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    chunk: int = CHUNK
    apart: Path | None = None  # the store's own file: to read it here would give up its locks


@dataclass
class _Run:
    writing: Writing
    actor: Actor
    wanted: Wanted
    tell: Tell
    words: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    skipped: set[int] = field(default_factory=set)  # places of those that were known before
    begun: dict[int, int] = field(default_factory=dict)  # the last line taken before, by file
    unread: list[str] = field(default_factory=list)

    def fails(self, file: str, error: SuperviseError) -> None:
        """A file cannot be read: it is said, and the others go in."""
        self.words.append((f"error.{error.key}", error.values))
        self.unread.append(file)


def run(
    writing: Writing,
    actor: Actor,
    paths: Sequence[str],
    wanted: Wanted,
    tell: Tell = lambda _: None,
) -> Outcome:
    """Take files and folders in; `writing` is opened once a chunk, `tell` hears of progress."""
    going = _Run(writing, actor, wanted, tell)
    known = [found for shown in _expanded(paths) for found in _recognised(going, shown)]
    ids = _enter(going, known)
    order = sorted(range(len(known)), key=lambda place: _rank(known[place]))
    for place in order:
        if place not in going.skipped:
            _take_sheet(going, known[place], ids[place])
    rows = _report(going, known, ids)
    return Outcome(rows, tuple(going.words), tuple(going.unread))


def _rank(found: Recognised) -> int:
    return FIRST.index(found.feed) if found.feed in FIRST else len(FIRST)


def _expanded(paths: Sequence[str]) -> list[str]:
    """The files that paths name; a folder stands for its files, sorted, and those of its folders."""
    shown: list[str] = []
    for given in paths:
        path = Path(given)
        if not path.is_dir():
            shown.append(given)
            continue
        inside = sorted(p.relative_to(path) for p in path.rglob("*") if p.is_file())
        base = given.rstrip("/") or "/"
        shown += [f"{base}/{p.as_posix()}" for p in inside if not any(n.startswith(".") for n in p.parts)]
    return shown


def _is_store(path: Path, own: Path | None) -> bool:
    beside = () if own is None else (own, own.with_name(f"{own.name}-wal"), own.with_name(f"{own.name}-shm"))
    return path.exists() and any(each.exists() and path.samefile(each) for each in beside)


def _recognised(going: _Run, shown: str) -> list[Recognised]:
    try:
        if _is_store(Path(shown), going.wanted.apart):
            raise NotDone("file_is_store", path=shown)
        sheets = open_path(Path(shown), shown)
        found = [recognise(sheet, going.wanted.feed, going.wanted.renames) for sheet in sheets]
    except SuperviseError as error:
        going.fails(shown, error)
        return []
    filled = [each for each in found if each.heading or each.fault]
    for each in filled:
        if each.heading and each.heading.ignored:
            columns = ", ".join(each.heading.ignored)
            going.words.append(("import.ignored", {"file": each.sheet.file, "columns": columns}))
        if each.fault:
            going.words.append((f"import.{each.fault}", {"file": each.sheet.file}))
    if not filled:
        going.words.append(("import.empty", {"file": shown}))
    return filled or found[:1]


def _enter(going: _Run, known: Sequence[Recognised]) -> list[int]:
    """Give every sheet its row, in the order given; one whose very bytes were taken in whole is skipped."""
    ids: list[int] = []
    with going.writing() as connection:
        lock_imports(connection)
        for place, found in enumerate(known):
            row = _known_file(connection, found)
            if row is None:
                ids.append(_new_file(going, connection, found))
                going.begun[ids[-1]] = 0
                continue
            ids.append(row.file_id)
            if found.heading and (row.state == "done" or row.file_id in going.begun):
                going.skipped.add(place)
                going.words.append(("import.known", {"file": found.sheet.file}))
            else:
                going.begun[row.file_id] = row.last_line
        _join(connection, list(going.begun))
    return ids


def _join(connection: Connection, file_ids: Sequence[int]) -> None:
    """Files of one import have one number, also where it was interrupted and begun again."""
    here = source_file.c.file_id.in_(file_ids)
    number = connection.scalar(
        select(func.min(source_file.c.import_id)).where(here, source_file.c.import_id > 0)
    )
    new = here & (source_file.c.import_id == 0)
    connection.execute(update(source_file).where(new).values(import_id=number or min(file_ids, default=0)))


def _known_file(connection: Connection, found: Recognised) -> Any:
    query = select(source_file).where(
        source_file.c.sha256 == found.sheet.sha256,
        source_file.c.sheet.is_not_distinct_from(found.sheet.sheet),
        source_file.c.feed.is_not_distinct_from(found.feed),
    )
    if not found.heading:
        query = query.where(source_file.c.path == found.sheet.file)
    return connection.execute(query.limit(1)).one_or_none()


def _new_file(going: _Run, connection: Connection, found: Recognised) -> int:
    actor = going.actor
    made = insert(source_file).values(
        path=found.sheet.file,
        sheet=found.sheet.sheet,
        sha256=found.sheet.sha256,
        feed=found.feed,
        state="taking",
        arrived_on=actor.as_of,
        started_at=actor.now,
        post=actor.post.code,
    )
    return int(connection.execute(made.returning(source_file.c.file_id)).scalar_one())


def _take_sheet(going: _Run, found: Recognised, file_id: int) -> None:
    started = time.monotonic()
    if found.heading is None:
        _close_unread(going, found, file_id)
        return
    totals = Totals(number_places(found.heading))
    size = WHOLE if found.feed in JUDGED_WHOLE else going.wanted.chunk
    coming = chunks(found, file_id, lambda: size, totals, going.begun[file_id])
    rows, done = 0, 0.0
    while True:
        try:
            chunk = next(coming, None)
        except SuperviseError as error:
            going.fails(found.sheet.file, error)
            return
        if chunk is None:
            break
        seconds = time.monotonic() - started
        _take_chunk(going, found, file_id, chunk, seconds - done)
        rows, done = rows + chunk.count, seconds
        going.tell(Progress(found.sheet.file, rows, time.monotonic() - started))
    for name, said, summed in totals.differences():
        values = {"file": found.sheet.file, "field": name, "said": said, "summed": summed}
        going.words.append(("import.total_differs", values))
    _close(going, found, file_id, time.monotonic() - started - done)


def _take_chunk(going: _Run, found: Recognised, file_id: int, chunk: Chunk, seconds: float) -> None:
    """One transaction: the lines, what they free and change, how far the file is, and the trace."""
    with going.writing() as connection:
        lock_imports(connection)
        here = source_file.c.file_id == file_id
        row = connection.execute(select(source_file).where(here)).one()
        if chunk.last_line <= row.last_line:
            return  # taken before the import was killed
        intake = Intake(connection, going.actor.at)
        intake.take(chunk.lines)
        keep_rejects(connection, chunk.broken)
        intake.finish()
        counts = Counter(intake.taken.counts.get(file_id, Counter()))
        counts["rejected"] += len(chunk.broken)
        counts["rows"] += chunk.count
        counts["freed"] += _earlier(connection, intake, row.import_id)
        add_freed(connection, intake)
        add_counts(connection, file_id, counts, last_line=chunk.last_line, seconds=row.seconds + seconds)
        detail = {"feed": found.feed, "to_line": chunk.last_line, "sha256": found.sheet.sha256, **counts}
        trace.record(connection, going.actor, "import", ("file", found.sheet.file), detail)


def _earlier(connection: Connection, intake: Intake, import_id: int) -> int:
    """How many lines of earlier imports were freed and landed."""
    query = select(source_file.c.file_id).where(source_file.c.import_id == import_id)
    here = set(connection.scalars(query)) if intake.freed.counts else set()
    freed = [counts for file_id, counts in intake.freed.counts.items() if file_id not in here]
    return sum(counts["landed"] + counts["updated"] for counts in freed)


def add_freed(connection: Connection, intake: Intake) -> None:
    """Put freed lines down where they came from."""
    for file_id, counts in intake.freed.counts.items():
        moved = Counter({name: counts[name] for name in COUNTS})
        moved["held"] -= counts["left"]
        add_counts(connection, file_id, moved)


def add_counts(connection: Connection, file_id: int, counts: Counter[str], **values: object) -> None:
    """Add to the counts of a file, and set other columns of it."""
    added = {name: source_file.c[name] + counts[name] for name in COUNTS if counts[name]}
    if added or values:
        here = source_file.c.file_id == file_id
        connection.execute(update(source_file).where(here).values(**added, **values))


def _close(going: _Run, found: Recognised, file_id: int, seconds: float) -> None:
    with going.writing() as connection:
        lock_imports(connection)
        here = source_file.c.file_id == file_id
        row = connection.execute(select(source_file).where(here)).one()
        if row.state == "done":
            return  # another import took the same file at the same time
        if found.feed == "units":
            _take_units_again(going, connection, row.import_id)
        forget(connection, file_id)
        add_counts(connection, file_id, Counter(), state="done", seconds=row.seconds + seconds)
        row = connection.execute(select(source_file).where(here)).one()
        detail = {name: getattr(row, name) for name in COUNTS}
        detail |= {"feed": found.feed, "sha256": found.sheet.sha256}
        trace.record(connection, going.actor, "import_done", ("file", found.sheet.file), detail)


def _take_units_again(going: _Run, connection: Connection, import_id: int) -> None:
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


def _close_unread(going: _Run, found: Recognised, file_id: int) -> None:
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


def _report(going: _Run, known: Sequence[Recognised], ids: Sequence[int]) -> tuple[ImportRow, ...]:
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

"""Enters files: expands folders, recognises every sheet, and gives each its row, so that it can go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from store.database import lock_imports
from store.errors import NotDone, SuperviseError
from store.intake.pace import Pace
from store.intake.sheets import Recognised, recognise
from store.models.intake import source_file
from store.models.posts import Actor
from store.readers import open_path
from store.services.imported import Tell, Wanted, Writing

ENDINGS = ("wal", "shm", "import")  # of the files that stand beside a store


@dataclass
class Run:
    """One import as it goes on."""

    writing: Writing
    actor: Actor
    wanted: Wanted
    tell: Tell
    words: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    skipped: set[int] = field(default_factory=set)  # places of those that were known before
    begun: dict[int, int] = field(default_factory=dict)  # the last line taken before, by file
    unread: list[str] = field(default_factory=list)
    paces: dict[str | None, Pace] = field(default_factory=dict)  # by feed

    def fails(self, file: str, error: SuperviseError) -> None:
        """A file cannot be read: it is said, and the others go in."""
        self.words.append((f"error.{error.key}", error.values))
        self.unread.append(file)


def expanded(paths: Sequence[str]) -> list[str]:
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
    beside = () if own is None else (own, *(own.with_name(f"{own.name}-{end}") for end in ENDINGS))
    return path.exists() and any(each.exists() and path.samefile(each) for each in beside)


def recognised(going: Run, shown: str) -> list[Recognised]:
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


def enter(going: Run, known: Sequence[Recognised]) -> list[int]:
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


def _new_file(going: Run, connection: Connection, found: Recognised) -> int:
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

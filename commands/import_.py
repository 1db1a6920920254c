"""`supervise import`: takes files and folders in, once or as they are dropped into a folder."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import typer
from sqlalchemy import Connection

from commands.desk import Desk, open_desk
from commands.options import Shared, argument, command, flag, option
from commands.output import SOMETHING_TO_LOOK_AT, emit, say_aside
from store import discovery
from store.database import importing, writing
from store.errors import NotDone, WrongUsage
from store.services import imports as service
from store.services.imported import ImportRow, Outcome, Progress, Tell, Wanted, Writing
from store.tables import table_of
from store.words import say


@command("import")
def import_files(
    shared: Shared,
    paths: list[str] = argument("paths", default=None),
    feed: str | None = option("feed"),
    map_: Path | None = option("map"),
    dry_run: bool = flag("dry-run"),
    watch: Path | None = option("watch"),
) -> None:
    """Take files in; exit 1 where a path could not be read, 3 where a line was rejected."""
    feeds = discovery.names("store.feeds")
    if feed is not None and feed not in feeds:
        raise WrongUsage("feed_unknown", feed=feed, feeds=", ".join(feeds))
    if not paths and watch is None:
        raise WrongUsage("import_paths")
    if watch is not None and (paths or dry_run):
        raise WrongUsage("watch_alone")
    desk = open_desk(shared, create=True)
    wanted = Wanted(feed, _renames(map_) if map_ else {}, apart=desk.store.path)
    if watch is not None:
        from commands.watching import watch_folder

        watch_folder(desk, watch, wanted)
        return
    with (
        importing(desk.store, lambda: say_aside(say("import.waits", desk.lang))),
        _writing(desk, dry_run) as door,
    ):
        outcome = service.run(door, desk.actor, paths, wanted, progress(desk))
    tell(desk, outcome)
    if dry_run:
        say_aside(say("import.dry", desk.lang))
    emit(table_of(ImportRow, outcome.rows), desk, "import")
    if outcome.unread:
        raise typer.Exit(1)
    if outcome.rejected:
        raise typer.Exit(SOMETHING_TO_LOOK_AT)


@contextmanager
def _writing(desk: Desk, dry_run: bool) -> Iterator[Writing]:
    """The door for chunks; a dry run goes through one transaction that is undone."""
    if not dry_run:
        yield lambda: writing(desk.store)
        return

    class Undone(Exception):
        pass

    def keep(connection: Connection) -> Writing:
        return lambda: nullcontext(connection)

    try:
        with writing(desk.store) as connection:
            yield keep(connection)
            raise Undone
    except Undone:
        pass


def tell(desk: Desk, outcome: Outcome) -> None:
    """What the import has to say beside its figures."""
    for key, values in outcome.words:
        say_aside(say(key, desk.lang, **values))


def progress(desk: Desk) -> Tell:
    """Rate and time left, on a terminal; nothing where the output is piped."""
    if not sys.stderr.isatty():
        return lambda _: None
    sizes: dict[str, int | None] = {}

    def show(now: Progress) -> None:
        if now.file not in sizes:
            sizes[now.file] = _lines_in(now.file)
        rate = now.rows / max(now.seconds, 0.001)
        total = sizes[now.file]
        left = ""
        if total:
            left = say("import.left", desk.lang, seconds=round(max(0, total - now.rows) / rate))
        text = say("import.progress", desk.lang, file=now.file, rows=now.rows, rate=round(rate), left=left)
        sys.stderr.write(f"\r\x1b[K{text}")
        if total is not None and now.rows >= total - 1:
            sys.stderr.write("\n")
        sys.stderr.flush()

    return show


def _lines_in(shown: str) -> int | None:
    """About how many lines a plain file has; None for what is packed or a spreadsheet."""
    path = Path(shown)
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        return None
    try:
        with path.open("rb") as raw:
            return sum(piece.count(b"\n") for piece in iter(lambda: raw.read(1 << 20), b""))
    except OSError:
        return None


def _renames(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text))
    except FileNotFoundError:
        raise NotDone("file_missing", path=str(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise NotDone("file_unreadable", path=str(path)) from error
    found = {}
    for line, row in enumerate(rows, start=1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != 2:
            raise NotDone("map_line", path=str(path), line=line)
        found[row[0].strip()] = row[1].strip()
    return found

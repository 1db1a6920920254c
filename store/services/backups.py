"""Copies a store into one file while others write, and makes a store from such a file again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from store.database import Store, making, reading, store_at, writing
from store.errors import NotDone
from store.files import put_in_place
from store.models.posts import Actor, Post
from store.models.schema import metadata
from store.queries.audit import head as head_of_trace
from store.queries.audit import verify
from store.services import trace
from store.services.exports import manifest_of
from store.services.opening import bring_schema_up, head, make_room, version
from store.tables import Code, Digits, Number, Text
from store.transfer import Copied, compare, copy

PAGES = 4096  # that are copied at a time
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup: its file and manifest, how it was copied, and what it holds."""

    file: Text
    manifest: Text
    method: Code  # pages: the file as it is; rows: table by table, into an SQLite file
    rows: Number
    bytes: Number
    sha256: Digits
    trace: Digits | None
    event: Number


def backup(store: Store, actor: Actor, path: Path) -> BackedUp:
    """Write the store as it stands in one moment into a new SQLite file, with a manifest beside it.

    Nobody who writes has to wait. The event is committed before the file has its name.
    """
    _whole(actor.post)
    if path.exists() or manifest_of(path).exists():
        raise NotDone("backup_taken", path=str(path))
    if not path.parent.is_dir():
        raise NotDone("store_folder", store=str(path))
    partial = path.with_name(f".{path.name}.{os.getpid()}.backup")
    try:
        method = _pages(store, partial) if store.is_sqlite else _by_rows(store, partial)
        partial.chmod(0o600)  # everybody's numbers are in it
        told = _described(partial, actor) | {"file": path.name, "store": store.shown, "method": method}
        with writing(store) as connection:
            detail = {"file": str(path), **{key: told[key] for key in ("sha256", "schema", "trace")}}
            event = trace.record(connection, actor, "store_backup", ("store", ""), detail)
        manifest = manifest_of(path)
        manifest.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        put_in_place(partial, path)
    except OSError as error:
        raise NotDone("output_unwritable", path=str(path), reason=error.strerror or "") from error
    finally:
        for left in (partial, Path(f"{partial}-wal"), Path(f"{partial}-shm"), Path(f"{partial}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    rows = sum(told["rows"].values())
    return BackedUp(
        str(path), str(manifest), method, rows, told["bytes"], told["sha256"], told["trace"], event
    )


def _pages(store: Store, path: Path) -> str:
    """SQLite copies its own pages; the transaction that is open keeps them as they are in this moment."""
    import sqlite3

    with reading(store) as connection:
        connection.exec_driver_sql("SELECT count(*) FROM setting").all()  # here the moment is
        source: Any = connection.connection.driver_connection
        with closing(sqlite3.connect(path)) as target:
            source.backup(target, pages=PAGES, sleep=0)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    return "pages"


def _by_rows(store: Store, path: Path) -> str:
    """Every table from one moment of a server, into an SQLite file."""
    with reading(store) as here, making(Store(store_at(path).url)) as there:
        bring_schema_up(there)
        copy(here, there, metadata.sorted_tables)
    return "rows"


def _described(path: Path, actor: Actor) -> dict[str, Any]:
    """What a manifest says of a backup that is whole."""
    kept = Store(store_at(path).url, kept=True)
    with reading(kept) as connection:
        rows = _counts(connection)
        mark = head_of_trace(connection)
    kept.engine.dispose()
    return {
        "schema": version(kept),
        "rows": rows,
        "trace": str(mark) if mark else None,
        "bytes": path.stat().st_size,
        "sha256": _sha256(path),
        "made_at": actor.now.replace(microsecond=0).isoformat(" "),
        "post": actor.post.code,
        "login": actor.login,
    }


def _counts(connection: Connection) -> dict[str, int]:
    count = {table: select(func.count()).select_from(table) for table in metadata.sorted_tables}
    return {table.name: int(connection.scalar(query) or 0) for table, query in count.items()}


def _sha256(path: Path) -> str:
    told = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            told.update(block)
    return told.hexdigest()


def restore(path: Path, target: Store, taken: Callable[[Connection], Actor]) -> list[Copied]:
    """Make a new store from a backup, compared with its manifest and table by table with itself.

    `taken` takes a post among those that the backup has; it has to see everything. NotDone where the place is
    taken, the file is not what its manifest says, or something differs; then nothing is there.
    """
    if not path.is_file():
        raise NotDone("file_missing", path=str(path))
    make_room(target)
    told = _manifest(path)
    source = Store(store_at(path).url, kept=True)
    if version(source) != head():
        raise NotDone("backup_schema", path=str(path), found=version(source) or "", known=head())
    with reading(source) as here, making(target) as there:
        actor = taken(here)
        _whole(actor.post)
        if verify(here):
            raise NotDone("backup_broken", path=str(path))
        bring_schema_up(there)
        copied = copy(here, there, metadata.sorted_tables)
        compare([replace(each, digest="") for each in copied], _told_rows(told, copied))
        detail = {"file": str(path), "sha256": told.get("sha256"), "trace": told.get("trace")}
        trace.record(there, actor, "store_restore", ("store", ""), detail)
        if verify(there):
            raise NotDone("backup_broken", path=str(path))
    return copied


def _manifest(path: Path) -> dict[str, Any]:
    """The manifest of a backup, where it has one; NotDone where the file is another than it says."""
    place = manifest_of(path)
    if not place.exists():
        return {}
    try:
        told: dict[str, Any] = json.loads(place.read_text("utf-8"))
        known, rows = str(told["sha256"]), dict(told["rows"])
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise NotDone("backup_manifest", path=str(place)) from error
    if known != _sha256(path):
        raise NotDone("backup_altered", path=str(path))
    return told | {"rows": rows}


def _told_rows(told: dict[str, Any], copied: list[Copied]) -> list[Copied]:
    rows = told.get("rows", {})
    return [Copied(each.table, rows.get(each.table, each.rows), "") for each in copied]


def _whole(post: Post) -> None:
    if not post.everything:
        raise NotDone("whole_store_only", post=post.code)

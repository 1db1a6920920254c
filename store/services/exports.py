"""Writes answers into files: whole or not at all, recorded first, with a manifest beside each."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from store.errors import NotDone
from store.models.posts import Actor
from store.services import trace
from store.tables import Digits, Number, Table, together
from store.writers import writer

Writing = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be written: a view's name, and what it was narrowed by, as it was asked for."""

    view: str
    format: str
    lang: str
    filters: Mapping[str, object] = field(default_factory=dict)
    bom: bool = False
    revealed: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """A file as it was written, its manifest, and the event of it."""

    file: str
    manifest: str
    rows: Number
    sha256: Digits
    seq: Number


def write(tables: Sequence[Table], asked: Asked, out: Any) -> None:
    """Write answers as one into a stream that is open for the format (see store.writers)."""
    module = writer(asked.format)
    if asked.format == "json" and len(tables) > 1:
        module.write_all(tables, out)
        return
    more = {"bom": asked.bom} if asked.format == "csv" else {}
    table = tables[0] if len(tables) == 1 else together(tables)
    module.write(table, out, asked.lang, title=asked.view, **more)


def manifest_of(path: Path) -> Path:
    """Where the manifest of a file stands: beside it."""
    return path.with_name(f"{path.name}.manifest.json")


def export(writing: Writing, actor: Actor, tables: Sequence[Table], asked: Asked, path: Path) -> Exported:
    """Write answers to a file with its manifest; what stood there before is replaced.

    `writing` is opened once, for the event, which is committed before the file is in its place. NotDone where
    it cannot be written.
    """
    told = _manifest(tables, asked, actor, path.name)
    return _put(writing, actor, asked, told, lambda partial: _write_file(tables, asked, partial), path)


def export_text(writing: Writing, actor: Actor, text: str, asked: Asked, path: Path) -> Exported:
    """Write a printed page to a file with its manifest, as `export` does answers."""
    told = _manifest([], asked, actor, path.name) | {"rows": text.count("\n")}
    return _put(writing, actor, asked, told, lambda partial: _write_text(text, partial), path)


def _put(
    writing: Writing,
    actor: Actor,
    asked: Asked,
    told: dict[str, object],
    write_file: Callable[[Path], None],
    path: Path,
) -> Exported:
    if path.exists() and not path.is_file():
        raise NotDone("output_no_file", path=str(path))
    place, rows = manifest_of(path), int(str(told["rows"]))
    partial, partial_manifest = (each.with_name(f".{each.name}.{os.getpid()}.part") for each in (path, place))
    try:
        write_file(partial)
        content = partial.read_bytes()
        digest = sha256(content).hexdigest()
        with writing() as connection:
            detail = {"rows": rows, "sha256": digest, "format": asked.format, "file": str(path)}
            detail |= {"filters": asked.filters} if asked.filters else {}
            seq = trace.record(connection, actor, "export", ("view", asked.view), detail)
        told |= {"sha256": digest, "bytes": len(content), "event": seq}
        text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
        partial_manifest.write_text(text + "\n", "utf-8")
        partial_manifest.replace(place)  # first: the file never stands without it
        partial.replace(path)
    except OSError as error:
        raise NotDone("output_unwritable", path=str(path), reason=error.strerror or "") from error
    finally:
        for left in (partial, partial_manifest):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return Exported(str(path), str(place), rows, digest, seq)


def _write_file(tables: Sequence[Table], asked: Asked, path: Path) -> None:
    if writer(asked.format).BINARY:
        with path.open("wb") as raw:
            write(tables, asked, raw)
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            write(tables, asked, out)


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _manifest(tables: Sequence[Table], asked: Asked, actor: Actor, name: str) -> dict[str, object]:
    """What a manifest says beside the file's hash: what was asked, by whom, when, and what came of it."""
    return {
        "file": name,
        "view": asked.view,
        "filters": dict(asked.filters),
        "as_of": actor.as_of.isoformat(),
        "post": actor.post.code,
        "login": actor.login,
        "made_at": actor.now.replace(microsecond=0).isoformat(" "),
        "format": asked.format,
        "revealed": asked.revealed,
        "rows": sum(len(table.rows) for table in tables),
        "columns": list(dict.fromkeys(key for table in tables for key in table.keys())),  # noqa: SIM118
    }

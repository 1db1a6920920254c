"""The only writer to standard output: one answer, in the format and to the place that were asked for."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from contextlib import suppress
from pathlib import Path

import typer

from commands.desk import Desk
from store.database import writing
from store.errors import NotDone, WrongUsage
from store.tables import Table, table_of
from store.writers import formats, writer

SOMETHING_TO_LOOK_AT = 3


def emit(table: Table, desk: Desk, name: str) -> None:
    """Write an answer; `name` is the view's name, for its title and for the trace of an export.

    With --check a row that was printed makes the exit code 3.
    """
    shared = desk.shared
    _check_format(shared.format)
    shaped = _shaped(table, desk)
    module = writer(shared.format)
    if shared.output is not None:
        _export(shaped, desk, name, shared.output)
    elif module.BINARY:
        if sys.stdout.isatty():
            raise WrongUsage("binary_to_terminal", format=shared.format)
        module.write(shaped, sys.stdout.buffer, desk.lang, title=name)
    else:
        _to_stdout(shaped, desk, name)
    if shared.check and shaped.rows:
        raise typer.Exit(SOMETHING_TO_LOOK_AT)


def ready(desk: Desk, row_class: type) -> None:
    """Whether the one answer of an act can be shown as asked: found out before the act, not after it."""
    _check_format(desk.shared.format)
    _shaped(table_of(row_class, [], single=True), desk)
    if desk.shared.output is None and writer(desk.shared.format).BINARY and sys.stdout.isatty():
        raise WrongUsage("binary_to_terminal", format=desk.shared.format)


def say_aside(sentence: str) -> None:
    """A word to the person, on standard error."""
    from store.safe import safe

    sys.stderr.write(safe(sentence) + "\n")


def _check_format(name: str) -> None:
    if name not in formats():
        raise WrongUsage("bad_format", format=name, formats=", ".join(formats()))


def _shaped(table: Table, desk: Desk) -> Table:
    shared, keys = desk.shared, table.keys()
    if shared.sort and not table.single:
        key = shared.sort.removeprefix("-")
        if key not in keys:
            raise WrongUsage("bad_column", column=key, columns=", ".join(keys))
        table = table.sorted_by(key, descending=shared.sort.startswith("-"))
    if shared.limit is not None and not table.single:
        table = table.first(shared.limit)
    if shared.columns:
        chosen = [key.strip() for key in shared.columns.split(",") if key.strip()]
        for key in chosen:
            if key not in keys:
                raise WrongUsage("bad_column", column=key, columns=", ".join(keys))
        table = table.only(chosen)
    return table


def _to_stdout(table: Table, desk: Desk, name: str) -> None:
    if desk.shared.format in ("json", "csv"):
        # these two are read by programs: always UTF-8, whatever the terminal's charset is
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
        try:
            _write(table, desk, name, out)
            out.flush()
        finally:
            with suppress(ValueError):
                out.detach()
    else:
        _write(table, desk, name, sys.stdout)
    sys.stdout.flush()


def _write(table: Table, desk: Desk, name: str, out: object) -> None:
    module = writer(desk.shared.format)
    more = {"bom": desk.shared.bom} if desk.shared.format == "csv" else {}
    module.write(table, out, desk.lang, title=name, **more)


def _export(table: Table, desk: Desk, name: str, path: Path) -> None:
    """Write a file beside its place, record the export, and only then put it there."""
    from store.services import trace

    module = writer(desk.shared.format)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if module.BINARY:
            with partial.open("wb") as raw:
                module.write(table, raw, desk.lang, title=name)
        else:
            with partial.open("w", encoding="utf-8", newline="") as out:
                _write(table, desk, name, out)
        digest = hashlib.sha256(partial.read_bytes()).hexdigest()
        detail = {"rows": len(table.rows), "sha256": digest, "format": desk.shared.format, "file": str(path)}
        with writing(desk.store) as connection:
            trace.record(connection, desk.actor, "export", ("view", name), detail)
        partial.replace(path)
    except OSError as error:
        raise NotDone("output_unwritable", path=str(path), reason=error.strerror or "") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)

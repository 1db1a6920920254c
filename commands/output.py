"""The only writer to standard output: one answer, in the format and to the place that were asked for."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

from commands.desk import Desk
from store.database import writing
from store.errors import NotDone, WrongUsage
from store.tables import Table, merged, table_of, together
from store.writers import writer

SOMETHING_TO_LOOK_AT = 3


def emit(table: Table, desk: Desk, name: str) -> None:
    """Write an answer; `name` is the view's name, for its title and for the trace of an export.

    With --check a row that was printed makes the exit code 3.
    """
    emit_all([table], desk, name)


def emit_all(tables: Sequence[Table], desk: Desk, name: str) -> None:
    """Write several answers as one; in JSON each row has the keys of its own answer, else all have all."""
    shared = desk.shared
    shaped = _shaped(tables, desk)
    if shared.output is not None:
        _export(shaped, desk, name, shared.output)
    elif writer(shared.format).BINARY:
        if sys.stdout.isatty():
            raise WrongUsage("binary_to_terminal", format=shared.format)
        _write(shaped, desk, name, sys.stdout.buffer)
    else:
        _to_stdout(shaped, desk, name)
    if shared.check and any(table.rows for table in shaped):
        raise typer.Exit(SOMETHING_TO_LOOK_AT)


def emit_text(text: str, desk: Desk, name: str) -> None:
    """Write a page of text, to the place that was asked for."""
    if desk.shared.output is not None:
        _put(lambda out: out.write(text), False, text.count("\n"), desk, name, desk.shared.output)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def ready(desk: Desk, row_class: type) -> None:
    """Whether the one answer of an act can be shown as asked: found out before the act, not after it."""
    _shaped([table_of(row_class, [], single=True)], desk)
    if desk.shared.output is None and writer(desk.shared.format).BINARY and sys.stdout.isatty():
        raise WrongUsage("binary_to_terminal", format=desk.shared.format)


def say_aside(sentence: str) -> None:
    """A word to the person, on standard error."""
    from store.safe import safe

    sys.stderr.write(safe(sentence) + "\n")


def _shaped(tables: Sequence[Table], desk: Desk) -> list[Table]:
    """Answers sorted, cut and narrowed to columns as asked; a column has to be in one of them."""
    shared = desk.shared
    known = tuple(dict.fromkeys(column.key for table in tables for column in table.columns))
    shaped = list(tables)
    if shared.sort and not tables[0].single:
        key = shared.sort.removeprefix("-")
        _check_column(key, known)
        shaped = merged(tables, key, descending=shared.sort.startswith("-"))
    if shared.limit is not None and not tables[0].single:
        left = shared.limit
        for place, table in enumerate(shaped):
            shaped[place] = table.first(left)
            left -= len(shaped[place].rows)
    if shared.columns:
        chosen = [key.strip() for key in shared.columns.split(",")]
        for key in chosen:
            _check_column(key, known)
        shaped = [table.only([key for key in chosen if key in table.keys()]) for table in shaped]  # noqa: SIM118
    return shaped


def _check_column(key: str, known: tuple[str, ...]) -> None:
    if key not in known:
        raise WrongUsage("bad_column", column=key, columns=", ".join(known))


def _to_stdout(tables: Sequence[Table], desk: Desk, name: str) -> None:
    if writer(desk.shared.format).ENCODING:
        # these are read by programs: always UTF-8, whatever the terminal's charset is
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
        try:
            _write(tables, desk, name, out)
            out.flush()
        finally:
            with suppress(ValueError):
                out.detach()
    else:
        _write(tables, desk, name, sys.stdout)
    sys.stdout.flush()


def _write(tables: Sequence[Table], desk: Desk, name: str, out: Any) -> None:
    module = writer(desk.shared.format)
    if desk.shared.format == "json" and len(tables) > 1:
        module.write_all(tables, out)
        return
    more = {"bom": desk.shared.bom} if desk.shared.format == "csv" else {}
    table = tables[0] if len(tables) == 1 else together(tables)
    module.write(table, out, desk.lang, title=name, **more)


def _export(tables: Sequence[Table], desk: Desk, name: str, path: Path) -> None:
    rows, binary = sum(len(table.rows) for table in tables), writer(desk.shared.format).BINARY
    _put(lambda out: _write(tables, desk, name, out), binary, rows, desk, name, path)


def _put(write: Callable[[Any], object], binary: bool, rows: int, desk: Desk, name: str, path: Path) -> None:
    """Write a file beside its place, record the export, and only then put it there."""
    from store.services import trace

    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if binary:
            with partial.open("wb") as raw:
                write(raw)
        else:
            with partial.open("w", encoding="utf-8", newline="") as out:
                write(out)
        digest = hashlib.sha256(partial.read_bytes()).hexdigest()
        detail = {"rows": rows, "sha256": digest, "format": desk.shared.format, "file": str(path)}
        with writing(desk.store) as connection:
            trace.record(connection, desk.actor, "export", ("view", name), detail)
        partial.replace(path)
    except OSError as error:
        raise NotDone("output_unwritable", path=str(path), reason=error.strerror or "") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)

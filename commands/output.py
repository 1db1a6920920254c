"""The only writer to standard output: one answer, in the format and to the place that were asked for."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from contextlib import suppress

import typer

from commands.desk import Desk
from store.database import is_store_file, writing
from store.errors import NotDone, WrongUsage
from store.services import exports
from store.tables import Table, merged, table_of
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
        if is_store_file(desk.store, shared.output):
            raise NotDone("output_store", path=str(shared.output))
        exports.export(lambda: writing(desk.store), desk.actor, shaped, _asked(desk, name), shared.output)
    elif writer(shared.format).BINARY:
        if sys.stdout.isatty():
            raise WrongUsage("binary_to_terminal", format=shared.format)
        exports.write(shaped, _asked(desk, name), sys.stdout.buffer)
    else:
        _to_stdout(shaped, desk, name)
    if shared.check and any(table.rows for table in shaped):
        raise typer.Exit(SOMETHING_TO_LOOK_AT)


def emit_text(text: str, desk: Desk, name: str) -> None:
    """Write a page of text, to the place that was asked for."""
    if desk.shared.output is not None:
        asked = _asked(desk, name)
        exports.export_text(lambda: writing(desk.store), desk.actor, text, asked, desk.shared.output)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def ready(desk: Desk, row_class: type) -> None:
    """Whether the one answer of an act can be shown as asked: found out before the act, not after it."""
    _shaped([table_of(row_class, [], single=True)], desk)
    if desk.shared.output is None and writer(desk.shared.format).BINARY and sys.stdout.isatty():
        raise WrongUsage("binary_to_terminal", format=desk.shared.format)


def print_text(lines: Sequence[str], encoding: str) -> None:
    """Write lines that are about this terminal, in its charset, and no answer of a store."""
    from store.safe import safe

    if sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding=encoding)  # also where this machine does not have the locale
    sys.stdout.write("".join(f"{safe(line)}\n" for line in lines))
    sys.stdout.flush()


def say_aside(sentence: str) -> None:
    """A word to the person, on standard error."""
    from store.safe import safe

    sys.stderr.write(safe(sentence) + "\n")


def _shaped(tables: Sequence[Table], desk: Desk) -> list[Table]:
    """Answers filtered, sorted, cut and narrowed to columns as asked; a column has to be in one of them."""
    shared = desk.shared
    known = tuple(dict.fromkeys(column.key for table in tables for column in table.columns))
    shaped = list(tables)
    if shared.where is not None:
        from store.conditions import filtered

        shaped = filtered(shaped, shared.where)
    if shared.sort and not tables[0].single:
        key = shared.sort.removeprefix("-")
        _check_column(key, known)
        shaped = merged(shaped, key, descending=shared.sort.startswith("-"))
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
            exports.write(tables, _asked(desk, name), out)
            out.flush()
        finally:
            with suppress(ValueError):
                out.detach()
    else:
        exports.write(tables, _asked(desk, name), sys.stdout)
    sys.stdout.flush()


def _asked(desk: Desk, name: str) -> exports.Asked:
    """The answer as it was asked for: the command's own options, and those that sort, cut and narrow it."""
    shared = desk.shared
    shaping = {"where": shared.where, "sort": shared.sort, "limit": shared.limit, "columns": shared.columns}
    filters = {**shared.asked, **{key: value for key, value in shaping.items() if value is not None}}
    return exports.Asked(name, shared.format, desk.lang, filters, shared.bom, shared.reveal)

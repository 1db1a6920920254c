"""The columnar copy beside the store, and who answers what is asked of the whole store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from sqlalchemy import Connection

from commands.desk import Desk, open_desk
from commands.options import Shared, command, flag, option
from commands.output import emit, ready, say_aside
from store.columnar.asking import Answers, answering
from store.errors import NotDone, WrongUsage
from store.tables import table_of
from store.words import say

DIFFERS = 1
AT = "SUPERVISE_COLUMNS"


@command("store columns")
def keep_columns(
    shared: Shared,
    rebuild: bool = flag("rebuild"),
    verify: bool = flag("verify"),
    at: Path | None = option("at", envvar=AT),
) -> None:
    """Make the columnar copy or bring it up to date; with --verify exit 1 where it differs from the store."""
    from store.columnar.making import Brought, bring

    if rebuild and verify:
        raise WrongUsage("columns_either")
    desk = open_desk(shared)
    if not desk.post.everything:
        raise NotDone("check_whole_store", post=desk.post.code)
    if verify:
        _verify(desk, at)
        return
    ready(desk, Brought)
    terminal = sys.stderr.isatty()

    def tell(rows: int) -> None:
        if terminal:
            sys.stderr.write(f"\r\x1b[K{say('columns.progress', desk.lang, rows=rows)}")

    made = bring(desk.store, at, rebuild, tell)
    if terminal and made.written:
        sys.stderr.write("\n")
    emit(table_of(Brought, [made], single=True), desk, "store columns")


def _verify(desk: Desk, at: Path | None) -> None:
    from store.columnar.making import prove
    from store.columnar.steps import Step
    from store.columnar.verifying import Proved, Uneven

    step, proved, uneven = prove(desk.store, at)
    emit(table_of(Uneven, uneven) if uneven else table_of(Proved, proved), desk, "store columns")
    if uneven:
        word = "columns.behind" if step is Step.BEHIND else "columns.differs"
        say_aside(say(word, desk.lang, count=len(uneven)))
        raise typer.Exit(DIFFERS)
    say_aside(say("columns.same", desk.lang))


@contextmanager
def whole_store(desk: Desk, connection: Connection, at: Path | None) -> Iterator[Answers]:
    """Who answers for the whole store, having said aloud what there is to say of it."""
    with answering(desk.store, connection, at) as asked:
        if asked.word is not None:
            say_aside(say(asked.word, desk.lang))
        yield asked.answers

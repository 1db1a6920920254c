"""Makes the copy of a store at its place, brings it up to date, or proves it: what `store columns` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from store.columnar import file, filling, steps, verifying
from store.columnar.file import Copy
from store.columnar.filling import Tell
from store.columnar.kept import PAYMENTS, RETURNS
from store.columnar.steps import Step
from store.database import Store, is_store_file, reading
from store.errors import NotDone
from store.tables import Digits, Flag, Number


@dataclass(frozen=True, slots=True)
class Brought:
    """A copy as it now is: its file, rows and bytes, and what had to be written for it."""

    file: Digits
    payments: Number
    return_rows: Number
    bytes: Number
    written: Number
    anew: Flag


def bring(store: Store, named: Path | None, anew: bool, tell: Tell) -> Brought:
    """Make the copy of a store, or bring it up to date; with `anew` from nothing."""
    path = _room(store, named)
    if anew and path.exists() and path.stat().st_size and _ours(path):
        file.drop(path)
    with _opened(path, file.mode_of(store)) as copy:
        if steps.noted(copy) is None and not _is_empty(copy):
            raise NotDone("columns_alien", path=str(path))
        with reading(store) as connection:
            done = filling.fill(connection, copy, anew, tell)
        copy.raw.execute("CHECKPOINT")
        payments, returns = (
            sum(each.rows for each in filling.noted(copy, kept).values()) for kept in (PAYMENTS, RETURNS)
        )
    return Brought(str(path), payments, returns, path.stat().st_size, done.rows, done.anew)


def prove(store: Store, named: Path | None) -> tuple[Step, list[verifying.Proved], list[verifying.Uneven]]:
    """How the copy stands to the store, and every block of it compared with the store's own rows."""
    path = file.place(store, named)
    _installed()
    if not path.exists():
        raise NotDone("columns_absent", path=str(path))
    with _opened(path) as copy, reading(store) as connection:
        if steps.noted(copy) is None:
            raise NotDone("columns_alien", path=str(path))
        return steps.step(connection, copy), *verifying.verify(connection, copy)


def _room(store: Store, named: Path | None) -> Path:
    _installed()
    path = file.place(store, named)
    if is_store_file(store, path):
        raise NotDone("columns_alien", path=str(path))
    if named is None and store.path is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.is_dir():
        raise NotDone("columns_folder", path=str(path))
    return path


def _installed() -> None:
    if not file.is_installed():
        raise NotDone("columns_package")


def _ours(path: Path) -> bool:
    """That a file may be taken away: a copy, or a file of DuckDB's that this one cannot read any more."""
    if not path.is_file() or not file.is_duckdb(path):
        raise NotDone("columns_alien", path=str(path))
    try:
        with file.opened(path) as copy:
            if steps.noted(copy) is None and not _is_empty(copy):
                raise NotDone("columns_alien", path=str(path))
    except file.Locked:
        raise NotDone("columns_locked", path=str(path)) from None
    except file.Unreadable:
        return True
    return True


def _is_empty(copy: Copy) -> bool:
    return copy.raw.execute("SELECT 1 FROM duckdb_tables()").fetchone() is None


@contextmanager
def _opened(path: Path, mode: int | None = None) -> Iterator[Copy]:
    try:
        with file.opened(path, mode) as copy:
            yield copy
    except file.Locked:
        raise NotDone("columns_locked", path=str(path)) from None
    except file.Unreadable:
        raise NotDone("columns_unreadable", path=str(path)) from None

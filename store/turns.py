"""Turns of processes on one machine: whoever locks a file has it, and gives it back when it ends, however."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: writers of SQLite take turns anyway, only nothing is said
    fcntl = None  # type: ignore[assignment]


@contextmanager
def turn_of_file(path: Path, waits: Callable[[], None]) -> Iterator[None]:
    """The turn that the file at `path` stands for; `waits` is told where another has it.

    The file is made and removed again here. Where it cannot be made there are no turns.
    """
    handle = _locked(path, waits)
    try:
        yield
    finally:
        if handle is not None:
            path.unlink(missing_ok=True)
            os.close(handle)


def _locked(path: Path, waits: Callable[[], None]) -> int | None:
    if fcntl is None:
        return None
    said = False
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if not said:
                waits()
                said = True
            fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_at(path, handle):
            return handle
        os.close(handle)  # whoever had it before removed the file


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False

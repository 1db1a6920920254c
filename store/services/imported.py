"""What an import is asked for, and what it answers: a row a file and feed, and words to the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from store.tables import Number, Rate

Tell = Callable[["Progress"], None]
Writing = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What became of the lines of one file and feed."""

    file: str
    feed: str | None
    rows: Number
    landed: Number
    unchanged: Number
    updated: Number
    held: Number
    rejected: Number
    seconds: Rate
    doubtful: Number
    freed: Number


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is: its records taken, and the seconds since it was begun."""

    file: str
    rows: int
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """The answer of an import: a row a file and feed, words to the person, and what was not read."""

    rows: tuple[ImportRow, ...]
    words: tuple[tuple[str, Mapping[str, object]], ...]
    unread: tuple[str, ...]

    @property
    def rejected(self) -> bool:
        """Whether a line was rejected."""
        return any(row.rejected for row in self.rows)


@dataclass(frozen=True)
class Wanted:
    """How the files are to be read: as which feed, and with which columns renamed."""

    feed: str | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    chunk: int | None = None  # lines taken at a time; None for as many as keep no writer waiting
    apart: Path | None = None  # the store's own file: to read it here would give up its locks

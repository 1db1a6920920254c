"""Fields of a form as data, and how what was typed into one is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from console.subjects import Subject
from store import money
from store.errors import SuperviseError, WrongUsage
from store.models.posts import Actor
from store.models.values import parse_date
from store.plain import plain
from store.services.evidence import EvidenceFile
from store.words import Word
from store.workdays import Calendar

_AHEAD = re.compile(r"\+ ?(\d{1,3})")
_QUOTES = "\"'“”"
MOST_AHEAD = 366


class FieldKind(StrEnum):
    """What is typed into a field."""

    TEXT = "text"
    LINES = "lines"  # a text of several lines
    DAY = "day"
    MONEY = "money"
    CHOICE = "choice"
    FILES = "files"  # a path a line


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: its code, and what a person calls it."""

    code: str
    word: str


Options = Callable[[Connection, Actor, Subject, str], Sequence[Option]]


@dataclass(frozen=True)
class Field:
    """One field: `field.<name>` is its label, `default` what stands there from the row.

    `options` finds what can be chosen (the last argument is the language). `shared` is whether rows that are
    acted on together have the same default.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    default: Callable[[Subject], Option | str | None] | None = None
    options: Options | None = None
    shared: bool = False

    def first(self, subject: Subject) -> Option:
        """What stands in the field at first."""
        found = self.default(subject) if self.default is not None else None
        return found if isinstance(found, Option) else Option(found or "", found or "")


@dataclass(frozen=True)
class Given:
    """A form as it was read: values by field, evidence as it was read, versions of the items as seen."""

    values: Mapping[str, Any]
    files: tuple[EvidenceFile, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)

    def version(self, no: str) -> int | None:
        """The version of an item that its form was opened on."""
        return self.versions.get(no)


class NotFilled(Exception):
    """Fields that cannot be read, each with its sentence."""

    def __init__(self, errors: Mapping[str, SuperviseError]) -> None:
        super().__init__(dict(errors))
        self.errors = errors


def day_of(text: str, today: date, calendar: Calendar) -> date:
    """A day as it is typed: a date, or +10 for the tenth working day after today; WrongUsage for no day."""
    said = plain(text)
    if (match := _AHEAD.fullmatch(said)) and 0 < int(match[1]) <= MOST_AHEAD:
        return calendar.add(today, int(match[1]))
    try:
        return parse_date(said)
    except ValueError:
        raise WrongUsage("form_day", text=text) from None


def fen_of(text: str) -> int:
    """An amount as it is typed, in fen; WrongUsage for none, or one below zero."""
    try:
        fen = money.parse(plain(text))
    except ValueError:
        raise WrongUsage("bad_yuan", text=text) from None
    if fen < 0:
        raise WrongUsage("bad_yuan", text=text)
    return fen


def paths_of(text: str) -> tuple[Path, ...]:
    """Paths, one a line, as they are typed or dropped onto a terminal: in quotes, or with escaped spaces."""
    found = []
    for line in text.splitlines():
        said = line.strip()
        if len(said) > 1 and said[0] in _QUOTES and said[-1] in _QUOTES:
            said = said[1:-1]
        elif "\\ " in said:
            said = said.replace("\\ ", " ")
        if said:
            found.append(Path(said.removeprefix("file://")).expanduser())
    return tuple(found)


def read(field: Field, text: str, today: date, calendar: Calendar) -> Any:
    """The value of what was typed, None for nothing; SuperviseError where it cannot be read."""
    said = text.strip()
    if not said:
        if field.required:
            raise WrongUsage("form_needs", field=Word(f"field.{field.name}"))
        return () if field.kind is FieldKind.FILES else None
    match field.kind:
        case FieldKind.DAY:
            return day_of(said, today, calendar)
        case FieldKind.MONEY:
            return fen_of(said)
        case FieldKind.FILES:
            return paths_of(said)
        case _:
            return said

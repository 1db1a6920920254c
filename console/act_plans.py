"""What an act is, as data: its key, what it is for, its fields, what forbids it, and how it is done.

An act has no second description of itself: what it will record is found by doing it where nothing stays
(`doing.plan`), so that the page that asks can never differ from what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from console.forms import Field, Given
from console.subjects import Subject
from store.errors import SuperviseError
from store.models.posts import Actor
from store.tables import Kind

if TYPE_CHECKING:
    from store.services.bulk import Many as Together


@dataclass(frozen=True, slots=True)
class Change:
    """A value that an act changes: the column's key and kind, what stood there, and what will."""

    key: str
    before: Any
    after: Any
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Done:
    """What was recorded: the number of the item or payment, and what changed of it.

    `new` is whether the number was given by the act, so that a rehearsal cannot know it.
    """

    no: str
    changes: tuple[Change, ...] = ()
    new: bool = False


@dataclass(frozen=True)
class Look:
    """How subjects stood when they were looked at: what forbids the act, and the versions of items."""

    refused: Mapping[str, SuperviseError] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)


def nothing_forbids(connection: Connection, actor: Actor, subjects: Sequence[Subject]) -> Look:
    """The look of an act that is lawful for every subject of its kinds."""
    return Look()


@dataclass(frozen=True)
class ActPlan:
    """One act; `order` is its place in the list of acts, `many` whether it takes more rows than one.

    `together` makes of a form what the store does to many rows as one act; without it each is its own.
    """

    name: str
    key: str
    order: int
    kinds: frozenset[str]
    fields: tuple[Field, ...]
    do: Callable[[Connection, Actor, Subject, Given], Done]
    look: Callable[[Connection, Actor, Sequence[Subject]], Look] = nothing_forbids
    many: bool = True
    together: Callable[[str, Given], Together] | None = None

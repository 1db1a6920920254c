"""What a feed is: its fields, its keys, and what a line of it may refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Table


class FieldKind(StrEnum):
    """How the text of a field is read."""

    TEXT = "text"
    REGION = "region"
    ENUM = "enum"
    CODES = "codes"
    MONEY = "money"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    PERIOD = "period"
    CITIZEN_ID = "citizen_id"
    CARD_NO = "card_no"


class Rule(StrEnum):
    """What a later line with a stored key and other values does."""

    UPDATES = "updates"  # it replaces, and what it replaced stays in the history
    CONFLICTS = "conflicts"  # the stored line stays, the new one is rejected
    FILLS = "fills"  # it may fill what was empty; anything else is a conflict


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a feed: its name, Chinese header, kind, and other headers it is known by."""

    name: str
    header: str
    kind: FieldKind
    required: bool = False
    key: bool = False
    words: Mapping[str, str] = made(default_factory=dict)  # code -> Chinese word
    aliases: tuple[str, ...] = ()
    zero: bool = False  # money that may be zero
    negative: bool = False  # money that may be negative


class Missing(StrEnum):
    """What becomes of a line that names a row which is not stored."""

    HELD = "held"
    UNKNOWN_PROGRAMME = "unknown_programme"
    UNKNOWN_UNIT = "unknown_unit"
    MADE = "made"  # the row is made


@dataclass(frozen=True)
class Link:
    """A field that names a row of another table, and the column that keeps that row's id."""

    field: str
    column: str
    number: Column[Any]  # what the field says
    row_id: Column[Any]  # what is kept
    missing: Missing
    feed: str = ""  # the feed that brings such rows
    brings: Mapping[str, str] = made(default_factory=dict)  # column here -> column of the named row
    besides: frozenset[str] = frozenset()  # texts that name no row and are kept as they are


@dataclass(frozen=True)
class Target:
    """Where the lines of a feed land: the table, its key, its links, and codes kept as numbers."""

    table: Table
    keys: tuple[str, ...]  # columns
    links: tuple[Link, ...] = ()
    coded: Mapping[str, Sequence[str]] = made(default_factory=dict)
    renamed: Mapping[str, str] = made(default_factory=dict)  # field -> column
    empty: Mapping[str, Any] = made(default_factory=dict)  # what an empty part of the key is kept as
    home: bool = False  # the county at first landing is kept beside the row


@dataclass(frozen=True)
class Feed:
    """A feed: its name, its fields in the order of the contract, and how stored lines meet new ones."""

    name: str
    fields: tuple[Field, ...]
    rule: Rule
    target: Target
    fillable: frozenset[str] = frozenset()
    repeats_update: bool = False  # a key that stands twice in one file updates, instead of duplicate_line
    lands_doubtful: bool = False  # a wrong ID or card alone does not keep a line out
    personal: Mapping[str, str] = made(default_factory=dict)  # field -> how it is masked

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {each.name: each for each in self.fields}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names of the key fields, in order."""
        return tuple(each.name for each in self.fields if each.key)

    @cached_property
    def required(self) -> frozenset[str]:
        """The names of the fields without which a file is not this feed."""
        return frozenset(each.name for each in self.fields if each.required)

    def column(self, name: str) -> str:
        """The column in which a field is kept."""
        for link in self.target.links:
            if link.field == name:
                return link.column
        return self.target.renamed.get(name, name)

    @cached_property
    def headers(self) -> dict[str, str]:
        """Every header by which a field is known, and the field's name."""
        known: dict[str, str] = {}
        for each in self.fields:
            for header in (each.name, each.header, *each.aliases):
                known.setdefault(header, each.name)
        return known

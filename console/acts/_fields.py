"""Fields that several acts have, and what can be chosen in them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from console.forms import Field, FieldKind, Option, Options
from console.subjects import Subject
from store.labels import word
from store.models.posts import Actor

WATCHED = frozenset({"case", "batch", "failure", "payment", "item"})
EVIDENCE = Field("evidence", FieldKind.FILES)
WHY = Field("why", FieldKind.LINES)
WHY_NEEDED = Field("why", FieldKind.LINES, required=True)


def codes(field: str, known: Sequence[str]) -> Options:
    """The choice among the codes of a column."""

    def options(connection: Connection, actor: Actor, subject: Subject, lang: str) -> list[Option]:
        return [Option(code, word(field, code, lang)) for code in known]

    return options


def units(connection: Connection, actor: Actor, subject: Subject, lang: str) -> list[Option]:
    """The units of the post's places."""
    from store.queries.units import listed

    return [Option(row.unit_code, row.name) for row in listed(connection, actor.viewer)]


def unit_of(subject: Subject) -> Option | None:
    """The unit that the row names."""
    code = subject.fact("unit_code")
    return Option(code, f"{code} {subject.fact('unit') or ''}".strip()) if code else None


def text_of(key: str) -> Field:
    """A text field whose default is the row's own value."""
    return Field(key, default=lambda subject: subject.fact(key))

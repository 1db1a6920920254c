"""Map a bank's wording to a standard reason, from the wording itself or from a payment that failed by it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from console.act_plans import ActPlan, Change, Done, Look
from console.forms import Field, FieldKind, Given, Option
from console.subjects import Subject
from store.errors import NotDone
from store.models.posts import Actor
from store.tables import Kind


def _wording(subject: Subject) -> str | None:
    text = subject.no if subject.kind == "wording" else subject.fact("reason_text")
    return str(text) if text else None


def _reasons(connection: Connection, actor: Actor, subject: Subject, lang: str) -> list[Option]:
    from store.models.reference import reason

    rows = connection.execute(select(reason.c.reason, reason.c.name).order_by(reason.c.reason))
    return [Option(row.reason, row.name) for row in rows]


def look(connection: Connection, actor: Actor, subjects: Sequence[Subject]) -> Look:
    """A failure without words has nothing to map."""
    return Look({s.no: NotDone("no_wording", no=s.no) for s in subjects if _wording(s) is None})


def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
    """Map the wording."""
    from store.services import reasons

    made = reasons.map_wording(connection, actor, _wording(subject) or "", given.values["reason"])
    return Done(made.text, (Change("reason", made.before, made.reason, Kind.CODE),))


ACT = ActPlan(
    "map_reason",
    "E",
    150,
    frozenset({"wording", "failure"}),
    (
        Field(
            "reason",
            FieldKind.CHOICE,
            required=True,
            default=lambda subject: subject.fact("reason"),
            options=_reasons,
        ),
    ),
    do,
    look,
)

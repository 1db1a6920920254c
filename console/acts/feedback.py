"""Record what a unit says of a failed payment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from console.act_plans import ActPlan, Change, Done
from console.acts._fields import unit_of, units
from console.forms import Field, FieldKind, Given
from console.subjects import Subject
from store.models.posts import Actor
from store.tables import Kind


def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
    """Record the feedback."""
    from store.services import failures

    made = failures.feedback(connection, actor, subject.no, together(subject.kind, given))
    told = (
        Change("given_at", None, made.given_at, Kind.MOMENT),
        Change("unit_code", None, made.unit_code),
        Change("content", None, made.content),
        Change("expected_on", None, made.expected_on, Kind.DAY),
    )
    return Done(made.payment_no, tuple(change for change in told if change.after is not None))


def together(kind: str, given: Given) -> Any:
    """The same feedback on many."""
    from store.services.failures import Feedback

    return Feedback(given.values["content"], given.values["unit"], given.values["expected_on"])


ACT = ActPlan(
    "feedback",
    "F",
    120,
    frozenset({"failure"}),
    (
        Field("content", FieldKind.LINES, required=True),
        Field("unit", FieldKind.CHOICE, default=unit_of, options=units),
        Field("expected_on", FieldKind.DAY),
    ),
    do,
    together=together,
)

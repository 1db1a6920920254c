"""Leave a note of attention on anything."""

from __future__ import annotations

from sqlalchemy import Connection

from console.act_plans import ActPlan, Change, Done
from console.acts._fields import WATCHED
from console.forms import Field, FieldKind, Given
from console.subjects import Subject
from store.models.posts import Actor


def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
    """Leave the note."""
    from store.services import attention

    made = attention.mark(connection, actor, subject.no, given.values["note"], subject.kind)
    return Done(made.subject, (Change("note", None, made.note),))


ACT = ActPlan("mark", "K", 160, WATCHED, (Field("note", FieldKind.LINES, required=True),), do)

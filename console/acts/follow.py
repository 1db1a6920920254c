"""Follow anything: what changes of it comes first on the morning's page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from console.act_plans import ActPlan, Change, Done, Look
from console.acts._fields import WATCHED
from console.forms import Field, FieldKind, Given
from console.subjects import Subject
from store.errors import NotDone
from store.models.posts import Actor
from store.tables import Kind


def look(connection: Connection, actor: Actor, subjects: Sequence[Subject]) -> Look:
    """What the post follows already it need not follow again."""
    from store.queries.attention import followed

    known = followed(connection, actor.viewer, actor.as_of)
    return Look({s.no: NotDone("attention_followed", no=s.no) for s in subjects if (s.kind, s.no) in known})


def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
    """Begin to follow."""
    from store.services import attention

    made = attention.follow(connection, actor, subject.no, given.values["note"], subject.kind)
    return Done(made.subject, (Change("follows", False, made.follows, Kind.FLAG),))


ACT = ActPlan("follow", "J", 170, WATCHED, (Field("note", FieldKind.LINES),), do, look)

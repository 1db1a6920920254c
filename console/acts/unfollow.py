"""Follow something no longer."""

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
    """What the post does not follow it cannot let go of."""
    from store.queries.attention import followed

    known = followed(connection, actor.viewer, actor.as_of)
    others = [subject.no for subject in subjects if (subject.kind, subject.no) not in known]
    return Look({no: NotDone("attention_not_followed", no=no) for no in others})


def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
    """Let go of it."""
    from store.services import attention

    made = attention.unfollow(connection, actor, subject.no, given.values["note"], subject.kind)
    return Done(made.subject, (Change("follows", True, made.follows, Kind.FLAG),))


ACT = ActPlan("unfollow", "D", 180, WATCHED, (Field("note", FieldKind.LINES),), do, look)

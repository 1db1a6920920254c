"""Leaves the trace of a post's attention: marks anything with a note, follows it, and lets go of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from store.choices import clean
from store.database import lock_trace
from store.errors import NotDone, WrongUsage
from store.models.attention import attention
from store.models.posts import Actor
from store.queries.subjects import Subject, subject
from store.services import trace
from store.services.ledger import check_day
from store.tables import Code, Digits, Flag, Moment


@dataclass(frozen=True, slots=True)
class Given:
    """Attention as it was recorded; `follows` is whether the post follows the subject now."""

    subject_kind: Code
    subject: Digits
    at: Moment
    post: str
    login: str
    note: str | None
    follows: Flag


def mark(connection: Connection, actor: Actor, no: str, note: str | None, kind: str | None = None) -> Given:
    """Note that a post looked at something, and what it thought of it."""
    said = clean(note)
    if said is None:
        raise WrongUsage("attention_note")
    lock_trace(connection)
    about = subject(connection, actor.viewer, no, kind)
    check_day(actor, actor.as_of)
    _put(connection, actor, about, said, follows=False)
    return _told(connection, actor, about, "attention.mark", said)


def follow(
    connection: Connection, actor: Actor, no: str, note: str | None = None, kind: str | None = None
) -> Given:
    """Follow something: what changes of it comes first; NotDone where the post follows it already."""
    said = clean(note)
    lock_trace(connection)
    about = subject(connection, actor.viewer, no, kind)
    check_day(actor, actor.as_of)
    if _following(connection, actor, about) is not None:
        raise NotDone("attention_followed", no=about.no)
    _put(connection, actor, about, said, follows=True)
    return _told(connection, actor, about, "attention.follow", said)


def unfollow(
    connection: Connection, actor: Actor, no: str, note: str | None = None, kind: str | None = None
) -> Given:
    """Follow something no longer; NotDone where the post does not follow it."""
    said = clean(note)
    lock_trace(connection)
    about = subject(connection, actor.viewer, no, kind)
    standing = _following(connection, actor, about)
    if standing is None:
        raise NotDone("attention_not_followed", no=about.no)
    here = attention.c.attention_id == standing
    check_day(actor, connection.execute(select(attention.c.at).where(here)).scalar_one().date())
    connection.execute(update(attention).where(here).values(unfollowed_at=actor.at))
    return _told(connection, actor, about, "attention.unfollow", said)


def _following(connection: Connection, actor: Actor, about: Subject) -> int | None:
    """The follow of this post that lasts."""
    a = attention.c
    this = (a.subject_kind == about.kind) & (a.subject == about.no) & (a.post == actor.post.code)
    return connection.scalar(select(a.attention_id).where(this, a.follows, a.unfollowed_at.is_(None)))


def _put(connection: Connection, actor: Actor, about: Subject, note: str | None, follows: bool) -> None:
    connection.execute(
        insert(attention).values(
            subject_kind=about.kind,
            subject=about.no,
            region_code=about.region,
            programme_code=about.programme,
            post=actor.post.code,
            login=actor.login,
            at=actor.at,
            note=note,
            follows=follows,
        )
    )


def _told(connection: Connection, actor: Actor, about: Subject, verb: str, note: str | None) -> Given:
    follows = _following(connection, actor, about) is not None
    trace.record(connection, actor, verb, (about.kind, about.no), {"note": note}, about.region)
    return Given(about.kind, about.no, actor.at, actor.post.code, actor.login, note, follows)

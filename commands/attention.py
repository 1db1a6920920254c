"""`supervise attention`: what the post follows, and leaving a note on anything, or following it."""

from __future__ import annotations

from collections.abc import Callable

from commands.desk import acting, asking, open_desk
from commands.options import Shared, argument, command, option
from commands.output import emit, ready
from store.queries import attention as question
from store.queries.subjects import subject
from store.services import attention as service
from store.tables import table_of


@command("attention", lists=True)
def list_attention(
    shared: Shared, everything: bool = option("all", False, help_key="every_attention")
) -> None:
    """List what the post follows."""
    desk = open_desk(shared)
    with asking(desk, ("view", "attention"), {"all": everything}) as (connection, viewer):
        rows = question.listed(connection, viewer, desk.as_of, everything)
    emit(table_of(question.AttentionRow, rows), desk, "attention")


@command("attention of", lists=True)
def list_given(
    shared: Shared,
    no: str = argument("no"),
    kind: str | None = option("kind", help_key="subject_kind"),
) -> None:
    """List all attention that something was given."""
    desk = open_desk(shared)
    with asking(desk, ("attention", no), {}) as (connection, viewer):
        about = subject(connection, viewer, no, kind)
        rows = question.given(connection, viewer, desk.as_of, about.kind, about.no)
    emit(table_of(question.AttentionRow, rows), desk, "attention of")


@command("attention mark")
def mark(
    shared: Shared,
    no: str = argument("no"),
    note: str | None = option("note"),
    kind: str | None = option("kind", help_key="subject_kind"),
) -> None:
    """Leave a note of attention."""
    _give(shared, "mark", service.mark, no, note, kind)


@command("attention follow")
def follow(
    shared: Shared,
    no: str = argument("no"),
    note: str | None = option("note"),
    kind: str | None = option("kind", help_key="subject_kind"),
) -> None:
    """Follow something."""
    _give(shared, "follow", service.follow, no, note, kind)


@command("attention unfollow")
def unfollow(
    shared: Shared,
    no: str = argument("no"),
    note: str | None = option("note"),
    kind: str | None = option("kind", help_key="subject_kind"),
) -> None:
    """Follow something no longer."""
    _give(shared, "unfollow", service.unfollow, no, note, kind)


def _give(
    shared: Shared,
    name: str,
    act: Callable[..., service.Given],
    no: str,
    note: str | None,
    kind: str | None,
) -> None:
    desk = open_desk(shared)
    ready(desk, service.Given)
    with acting(desk) as (connection, actor):
        made = act(connection, actor, no, note, kind)
    emit(table_of(service.Given, [made], single=True), desk, f"attention {name}")

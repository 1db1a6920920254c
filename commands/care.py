"""Care of the store as a whole: how it is, its backups, packing it, and taking it to another database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from commands.desk import Desk, asking, day, login, now, open_desk
from commands.options import Shared, argument, command, flag
from commands.output import emit, ready, say_aside
from store.database import store_at
from store.errors import NotDone, WrongUsage
from store.models.posts import Actor
from store.queries.posts import take
from store.services.opening import head
from store.tables import table_of
from store.transfer import Copied
from store.words import say


def _whole_desk(shared: Shared) -> Desk:
    """A desk whose post sees everything; NotDone for any other."""
    desk = open_desk(shared)
    if not desk.post.everything:
        raise NotDone("whole_store_only", post=desk.post.code)
    return desk


@command("store info")
def show_info(shared: Shared) -> None:
    """Show how the store is: sizes, rows, and what makes it slow."""
    from store.queries.condition import Condition, condition

    desk = _whole_desk(shared)
    with asking(desk, ("view", "store"), {}) as (connection, _viewer):
        found = condition(connection, desk.store, head())
    emit(table_of(Condition, [found], single=True), desk, "store info")
    for each in found.concerns:
        say_aside(say(f"concern.{each.concern}", desk.lang, about=each.about))


@command("store backup")
def make_backup(shared: Shared, file: Path = argument("file")) -> None:
    """Copy the whole store into one file, while others write."""
    from store.services.backups import BackedUp, backup

    desk = _whole_desk(shared)
    ready(desk, BackedUp)
    made = backup(desk.store, desk.actor, file)
    emit(table_of(BackedUp, [made], single=True), desk, "store backup")


@command("store restore")
def restore_backup(shared: Shared, file: Path = argument("file")) -> None:
    """Make a new store at --store from a backup, and compare it table by table."""
    from store.services.backups import restore

    target = store_at(shared.store)
    clock, user = now(), login()
    as_of = day(shared.as_of) if shared.as_of else clock.date()

    def taken(connection: Connection) -> Actor:
        return Actor(take(connection, shared.post, user), user, clock, as_of)

    copied = restore(file, target, taken)
    desk = open_desk(shared)
    emit(table_of(Copied, copied), desk, "store restore")
    say_aside(say("store.restored", desk.lang, store=target.shown, rows=sum(each.rows for each in copied)))


@command("store compact")
def pack(shared: Shared) -> None:
    """Pack the store, and tell what was won."""
    from store.services.compacting import Packed, compact

    desk = _whole_desk(shared)
    ready(desk, Packed)
    emit(
        table_of(Packed, [compact(desk.store, desk.actor)], single=True),
        desk,
        "store compact",
    )


@command("store move")
def move_store(shared: Shared, to: str = argument("to")) -> None:
    """Take the whole store to another database, compared table by table."""
    from store.services.moving import move

    desk = _whole_desk(shared)
    target = store_at(to)
    if target.url == desk.store.url:
        raise WrongUsage("move_same", store=target.shown)
    copied = move(desk.store, target, desk.actor)
    emit(table_of(Copied, copied), replace(desk, store=target), "store move")
    say_aside(say("store.moved", desk.lang, store=target.shown, rows=sum(each.rows for each in copied)))


@command("store distribute")
def distribute_store(shared: Shared, dry_run: bool = flag("dry-run")) -> None:
    """Spread the big tables over a Citus cluster by home; a dry run only lists the statements."""
    from store.services.distributing import Statement, distribute

    desk = _whole_desk(shared)
    statements = distribute(desk.store, desk.actor, dry_run)
    emit(table_of(Statement, statements), desk, "store distribute")
    if not dry_run:
        say_aside(say("store.distributed", desk.lang, store=desk.store.shown))

"""Where a command sits: its store, its post, its day; how it asks and how it acts."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import Connection

from commands.options import Shared
from store.database import Store, reading, writing
from store.errors import WrongUsage
from store.models.posts import Actor, Post, Viewer
from store.queries.posts import take
from store.services.opening import open_store
from store.writers import formats

CHINA = timezone(timedelta(hours=8))
YEARS = range(1900, 9000)  # days are counted on and back from the one that is asked for


def now() -> datetime:
    """The clock, in China Standard Time."""
    return datetime.now(CHINA).replace(tzinfo=None, microsecond=0)


def login() -> str:
    """The operating-system user, by the process and not by its environment where the system can tell."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return getpass.getuser()


def day(text: str) -> date:
    """A day as it is typed on the command line; WrongUsage where it is none."""
    from store.models.values import parse_date

    try:
        found = parse_date(text)
        if found.year not in YEARS:
            raise ValueError(text)
    except ValueError:
        raise WrongUsage("bad_day", text=text) from None
    return found


def fen_typed(text: str | None) -> int | None:
    """An amount as it is typed, in fen; None for none, WrongUsage where it is no amount or below zero."""
    from store import money

    if text is None:
        return None
    try:
        fen = money.parse(text)
    except ValueError:
        raise WrongUsage("bad_yuan", text=text) from None
    if fen < 0:
        raise WrongUsage("bad_yuan", text=text)
    return fen


@dataclass(frozen=True, slots=True)
class Desk:
    """A store, the post taken at it, and the day that is asked for."""

    store: Store
    post: Post
    login: str
    now: datetime
    as_of: date
    shared: Shared

    @property
    def actor(self) -> Actor:
        """Who acts here, and when."""
        return Actor(self.post, self.login, self.now, self.as_of)

    @property
    def lang(self) -> str:
        """The language of answers."""
        return self.shared.language


def open_desk(shared: Shared, create: bool = False) -> Desk:
    """Open the store and take the post; a missing store is made only where `create` allows it."""
    if shared.lang not in (None, "zh", "en"):
        raise WrongUsage("bad_lang", lang=shared.lang)
    if shared.reveal and not (shared.why or "").strip():
        raise WrongUsage("reveal_why")
    if shared.format not in formats():
        raise WrongUsage("bad_format", format=shared.format, formats=", ".join(formats()))
    clock, user = now(), login()
    as_of = day(shared.as_of) if shared.as_of else clock.date()
    store = open_store(shared.store, create, user, clock)
    if store.read_only:
        from commands.output import say_aside
        from store.words import say

        say_aside(say("store.read_only", shared.language, store=store.shown))
    with reading(store) as connection:
        post = take(connection, shared.post, user)
    return Desk(store, post, user, clock, as_of, shared)


@contextmanager
def asking(
    desk: Desk, subject: tuple[str, str], asked: Mapping[str, object]
) -> Iterator[tuple[Connection, Viewer]]:
    """A connection to ask with; where personal data is to be shown, that is recorded first.

    `subject` is what is looked at (a view or a kind, and a number), `asked` the filters, for the trace.
    """
    reveal = desk.shared.reveal
    if reveal:
        from store.services import trace

        told = {**asked, "where": desk.shared.where}
        detail = {"why": desk.shared.why, **{k: v for k, v in told.items() if v not in (None, False)}}
        with writing(desk.store) as connection:
            trace.record(connection, desk.actor, "reveal", subject, detail)
    with reading(desk.store) as connection:
        yield connection, Viewer(desk.post, desk.login, reveal)


@contextmanager
def acting(desk: Desk) -> Iterator[tuple[Connection, Actor]]:
    """A connection to act with; everything done in it is committed at its end, or nothing."""
    with writing(desk.store) as connection:
        yield connection, desk.actor

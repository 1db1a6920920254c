"""Recomputes what is derived from the raw rows, names what differs, and mends it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection

from store import discovery
from store.database import lock_imports
from store.models.derived import Difference
from store.models.posts import Actor
from store.services import trace
from store.services.imported import Writing

CHECKS = "store.services.checks"
MOST = 1_000  # differences that are named of one derived thing: where all is wrong, one need not see all


def check(connection: Connection, only: Sequence[str] | None = None) -> list[Difference]:
    """Every difference between what is stored and what the raw rows give, by derived thing and key.

    Of one derived thing the first thousand are named.
    """
    return [each for what in only or in_order() for each in _named(connection, what)]


def _named(connection: Connection, what: str) -> Iterator[Difference]:
    yield from islice(discovery.load(CHECKS, what).differences(connection), MOST)


def mendable(what: str) -> bool:
    """Whether a derived thing can be made again from the raw rows."""
    return discovery.load(CHECKS, what).mend is not None


def repair(writing: Writing, actor: Actor, found: Sequence[Difference]) -> tuple[str, ...]:
    """Make anew each derived thing that differs, in one writing and with one event each.

    Says which agree with the raw rows now: one may come right when what it stands on is mended.
    """
    mended: list[str] = []
    differing = {each.derived for each in found}
    for what in in_order():
        if not mendable(what) or not (what in differing or set(_stands_on(what)) & set(mended)):
            continue
        with writing() as connection:
            lock_imports(connection)
            wrong = list(_named(connection, what))  # it may have come right, or gone wrong, meanwhile
            if wrong:
                discovery.load(CHECKS, what).mend(connection)
                detail = {"differences": len(wrong), "first": wrong[0].key}
                trace.record(connection, actor, "store_repair", ("derived", what), detail)
        mended.append(what)
    return tuple(mended)


def derive(connection: Connection, only: Collection[str] | None) -> None:
    """Make what is derived anew (None: all of it): a store of an earlier version did not have it."""
    for what in in_order():
        if mendable(what) and (only is None or what in only):
            discovery.load(CHECKS, what).mend(connection)


def in_order() -> list[str]:
    """The derived things, each behind those that it is made from."""
    placed: list[str] = []
    left = list(discovery.names(CHECKS))
    while left:
        ready = next(what for what in left if set(_stands_on(what)) <= set(placed))
        placed.append(ready)
        left.remove(ready)
    return placed


def _stands_on(what: str) -> Sequence[str]:
    named: Sequence[str] = getattr(discovery.load(CHECKS, what), "AFTER", ())
    return named

"""Recomputes what is derived from the raw rows, names what differs, and mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection

from store import discovery
from store.database import lock_imports
from store.models.derived import Difference
from store.models.posts import Actor
from store.services import trace
from store.services.imports import Writing

CHECKS = "store.services.checks"
MOST = 1_000  # differences that are named of one derived thing: where all is wrong, one need not see all


def check(connection: Connection, only: Sequence[str] | None = None) -> list[Difference]:
    """Every difference between what is stored and what the raw rows give, by derived thing and key.

    Of one derived thing the first thousand are named.
    """
    return [each for what in only or discovery.names(CHECKS) for each in _named(connection, what)]


def _named(connection: Connection, what: str) -> Iterator[Difference]:
    yield from islice(discovery.load(CHECKS, what).differences(connection), MOST)


def mendable(what: str) -> bool:
    """Whether a derived thing can be made again from the raw rows."""
    return discovery.load(CHECKS, what).mend is not None


def repair(writing: Writing, actor: Actor, found: Sequence[Difference]) -> tuple[str, ...]:
    """Make anew each derived thing that differs, in one writing and with one event each; says which."""
    mended = []
    for what in dict.fromkeys(each.derived for each in found):
        if not mendable(what):
            continue
        with writing() as connection:
            lock_imports(connection)
            discovery.load(CHECKS, what).mend(connection)
            keys = [each.key for each in found if each.derived == what]
            detail = {"differences": len(keys), "first": keys[0]}
            trace.record(connection, actor, "store_repair", ("derived", what), detail)
        mended.append(what)
    return tuple(mended)

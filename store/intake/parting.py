"""Parts lines where taking them together would not give what taking one after the other gives.

Held lines that have the same key, but wait for different parents, land in the order in which these come; and
a line with the key of a held one is judged by whether the held one landed before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, exists, select

from store.arrays import listed
from store.intake.lines import Lines
from store.lookup import rows_where
from store.models.intake import held

# what a held line may wait for: the feed, and the field by which it names a line of it
NUMBERS = {
    "cases": "case_no",
    "programmes": "programme_code",
    "batches": "batch_no",
    "payments": "payment_no",
}


def parts(connection: Connection, lines: Lines) -> Iterator[Lines]:
    """The lines in as few parts as keep rivals for one key apart, mostly one."""
    rivals = _rivals(connection, lines)
    if not rivals:
        yield lines
        return
    start, met = 0, set[Any]()
    for place, number in enumerate(listed(lines.values[NUMBERS[lines.feed.name]])):
        here = rivals.get(number, set())
        if met & here:
            yield lines.part(start, place)
            start, met = place, set()
        met |= here
    yield lines.part(start, len(lines.numbers))


def _rivals(connection: Connection, lines: Lines) -> dict[str, set[tuple[str, str]]]:
    """By the number of a line the keys (feed, key) for which it competes, or held lines that it frees."""
    feed = lines.feed.name
    if feed not in NUMBERS or not connection.scalar(select(exists().where(held.c.waits_for == feed))):
        return {}
    numbers = set(listed(lines.values[NUMBERS[feed]])) - {None}
    roots: dict[tuple[str, str], set[str]] = {}  # key of a line -> the numbers whose landing frees it
    waits = {(feed, number): {number} for number in numbers}
    query = select(held.c.feed, held.c.own_key, held.c.key)
    parents: dict[tuple[str, str], set[tuple[str, str]]] = {}
    while waits:
        found: dict[tuple[str, str], set[str]] = {}
        for parent in {name for name, _ in waits}:
            keys = [key for name, key in waits if name == parent]
            for row in rows_where(connection, query.where(held.c.waits_for == parent), held.c.key, keys):
                own = (row.feed, row.own_key)
                parents.setdefault(own, set()).add((parent, row.key))
                if new := waits[parent, row.key] - roots.get(own, set()):
                    found.setdefault(own, set()).update(new)
        for own, more in found.items():
            roots.setdefault(own, set()).update(more)
        waits = {own: more for own, more in found.items() if own[0] in NUMBERS}
    rivals: dict[str, set[tuple[str, str]]] = {}
    for own, freeing in roots.items():
        itself = {own[1]} if own[0] == feed and own[1] in numbers else set()
        if len(parents[own]) + len(itself) > 1:
            for number in freeing | itself:
                rivals.setdefault(number, set()).add(own)
    return rivals

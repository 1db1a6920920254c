"""The receipt of a deadline, and the whole story of a number, as parts of a detail."""

from __future__ import annotations

from collections.abc import Hashable

from console.answers import Receipt
from console.seat import Seat
from console.wording import parts_of_row, without
from store.database import reading
from store.errors import NotFound
from store.pulse import still_there
from store.words import say


def receipt(seat: Seat, key: Hashable, no: str) -> Receipt:
    """How the deadline of `no` was reckoned; without parts where there is none."""
    try:
        return explained(seat, key, no)
    except NotFound:
        return Receipt(key, ())


def explained(seat: Seat, key: Hashable, no: str) -> Receipt:
    """How the deadline of `no` was reckoned; NotFound where there is none."""
    from store.queries.explain import explained as question

    still_there(seat.store)
    with reading(seat.store) as connection:
        found = question(connection, seat.viewer, seat.as_of, no, seat.lang)
    return Receipt(key, tuple(parts_of_row(found, seat.lang, say("console.receipt", seat.lang))))


def everything(seat: Seat, key: Hashable, no: str) -> Receipt:
    """All that is known of `no`, the last event first, then its receipt; NotFound where there is nothing."""
    from dataclasses import replace

    from store.queries.story import told

    still_there(seat.store)
    with reading(seat.store) as connection:
        story = told(connection, seat.viewer, seat.as_of, no, seat.lang)
    story = replace(story, timeline=tuple(reversed(story.timeline)))
    parts = parts_of_row(story, seat.lang)
    known = replace(parts[0], pairs=tuple(pair for pair in parts[0].pairs if pair[1]))
    more = without(known.pairs, receipt(seat, key, no).parts)
    return Receipt(key, (known, *parts[1:], *more))

"""The receipt of one row's deadline, for the detail beside a list."""

from __future__ import annotations

from collections.abc import Hashable

from console.answers import Receipt
from console.seat import Seat
from console.wording import parts_of_row
from store.database import reading
from store.errors import NotFound
from store.pulse import still_there
from store.words import say


def receipt(seat: Seat, key: Hashable, no: str) -> Receipt:
    """How the deadline of `no` was reckoned; without parts where there is none."""
    from store.queries.explain import explained

    still_there(seat.store)
    try:
        with reading(seat.store) as connection:
            found = explained(connection, seat.viewer, seat.as_of, no, seat.lang)
    except NotFound:
        return Receipt(key, ())
    return Receipt(key, tuple(parts_of_row(found, seat.lang, say("console.receipt", seat.lang))))

"""Failed payments as derived from payments, returns, links and refunds; always in the same commit as those.

A failure is named by its first payment. Its events are all that ever changed it, in order, so that the answer
of any day is a prefix of them.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, SmallInteger, Table

from store.models.codes import RESULTS
from store.models.columns import Big, Coded, Day, Region, Text, metadata

failure = Table(
    "failure",
    metadata,
    Column("failure_id", Big, primary_key=True, autoincrement=False),  # the first payment's payment_id
    Column("payment_no", Text, nullable=False),
    Column("batch_id", Integer, nullable=False),
    Column("programme_id", Integer, nullable=False),
    Column("unit_id", Integer, nullable=False),
    Column("region_code", Region, nullable=False),
    Column("county", Integer, nullable=False),  # six digits, 0 for none
    Column("amount", Big, nullable=False),
    Column("opened_on", Day, nullable=False),
    # as the latest event leaves it, which happened on `moved_on`; `wording_id` is the latest failed return's
    Column("cleared_on", Day),
    Column("outstanding", Big, nullable=False),
    Column("moved_on", Day, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("wording_id", Integer),
    Column("span", SmallInteger, nullable=False),
)
_listed = (failure.c.county, failure.c.span, failure.c.opened_on)
Index("failure_span", *_listed, failure.c.cleared_on, failure.c.moved_on, failure.c.outstanding)
Index("failure_listed", failure.c.opened_on, failure.c.payment_no)  # the order of the list, by the page
_open = failure.c.cleared_on.is_(None)
Index("failure_open", failure.c.county, sqlite_where=_open)
Index("failure_open_listed", failure.c.opened_on, failure.c.payment_no, sqlite_where=_open)

OPEN = 0
LONGEST_SPAN = 14  # eleven years and more


def span_of(opened_on: int, cleared_on: int | None) -> int:
    """A class of failures by how long they lasted: those open on a day are found among few of any class.

    OPEN, or n for fewer than 2 ** (n - 1) days, and more than half of that.
    """
    if cleared_on is None:
        return OPEN
    return min(1 + (cleared_on - opened_on).bit_length(), LONGEST_SPAN)


# `result` is NULL for a refund. opened: +1 became outstanding, -1 cleared, 0 neither.
failure_event = Table(
    "failure_event",
    metadata,
    Column("failure_id", Big, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("day", Day, nullable=False),
    Column("payment_id", Big, nullable=False),
    Column("result", Coded(RESULTS)),
    Column("wording_id", Integer),
    Column("change", Big, nullable=False),  # of what is outstanding, fen
    Column("outstanding", Big, nullable=False),  # after the event, fen
    Column("opened", SmallInteger, nullable=False),
    Column("attempt", SmallInteger, nullable=False),
    Column("reissued", Big, nullable=False),  # fen of the chain whose state is success, after the event
    Column("refunded", Big, nullable=False),
    Column(
        "late", SmallInteger, nullable=False
    ),  # how many of the day's returns or refunds arrived on a later day
    sqlite_with_rowid=False,
)
Index("failure_event_day", failure_event.c.day)
_said = failure_event.c.wording_id.isnot(None)
Index(
    "failure_event_wording",
    failure_event.c.wording_id,
    failure_event.c.day,
    sqlite_where=_said,
)

failure_payment = Table(
    "failure_payment",
    metadata,
    Column("payment_id", Big, primary_key=True, autoincrement=False),
    Column("failure_id", Big, nullable=False, index=True),
    Column("since", Day, nullable=False),  # a payment above joins the chain on the day that it fails itself
)

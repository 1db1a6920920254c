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
    Column("cleared_on", Day),  # as the latest event leaves it
)
Index("failure_opened", failure.c.county, failure.c.opened_on)
_open = failure.c.cleared_on.is_(None)
Index("failure_open", failure.c.county, sqlite_where=_open)

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

failure_payment = Table(
    "failure_payment",
    metadata,
    Column("payment_id", Big, primary_key=True, autoincrement=False),
    Column("failure_id", Big, nullable=False, index=True),
    Column("since", Day, nullable=False),  # a payment above joins the chain on the day that it fails itself
)

"""Figures kept in the same commit as the rows they are summed up from, so that no view reads those again.

Each is a sum of what happened on a day, so that the answer of any day is a sum over the days up to it; the
check of the store recomputes them from the raw rows.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, SmallInteger, Table

from store.models.codes import CASE_STANDINGS, STAGES, STANDINGS
from store.models.columns import Big, Coded, Day, Text, metadata

# What became of a batch's payments, by town (a packed region, cut at nine digits): how many, and their fen,
# came to stand so on a day, less those that no longer did. What stands so before all days is on NO_DAY.
batch_day = Table(
    "batch_day",
    metadata,
    Column("batch_id", Integer, primary_key=True, autoincrement=False),
    Column("standing", Coded(STANDINGS), primary_key=True, autoincrement=False),
    Column("place", Big, primary_key=True, autoincrement=False),
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("amount", Big, nullable=False),
    sqlite_with_rowid=False,
)

# The same of a batch as its last day left it: what is not settled, with and without a failed return.
batch_now = Table(
    "batch_now",
    metadata,
    Column("batch_id", Integer, primary_key=True, autoincrement=False),
    Column("waiting_count", Integer, nullable=False),
    Column("waiting_amount", Big, nullable=False),
    Column("failed_count", Integer, nullable=False),
    Column("failed_amount", Big, nullable=False),
    Column("moved_on", Day, nullable=False, index=True),
)
_unsettled = (batch_now.c.waiting_count + batch_now.c.failed_count) > 0
Index("batch_now_unsettled", batch_now.c.batch_id, sqlite_where=_unsettled)

# The same by standing and county (a packed region, cut at six digits); what comes to zero is left out.
batch_county = Table(
    "batch_county",
    metadata,
    Column("batch_id", Integer, primary_key=True, autoincrement=False),
    Column("place", Big, primary_key=True, autoincrement=False),
    Column("standing", Coded(STANDINGS), primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("amount", Big, nullable=False),
    sqlite_with_rowid=False,
)

# What a failure adds to batch_day beyond the returns of its payments: kept to be taken away when it is
# derived anew.
failure_step = Table(
    "failure_step",
    metadata,
    Column("failure_id", Big, primary_key=True, autoincrement=False),
    Column("batch_id", Integer, primary_key=True, autoincrement=False),
    Column("standing", Coded(STANDINGS), primary_key=True, autoincrement=False),
    Column("place", Big, primary_key=True, autoincrement=False),
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("amount", Big, nullable=False),
    sqlite_with_rowid=False,
)

DAYS, MONTHS = 1, 2

# What the failures of a county (a packed region, cut at six digits) did on a day, or in the month that begins
# on it; of all programmes or units where these are 0. `soon` are the opened that were cleared within a week.
failure_sum = Table(
    "failure_sum",
    metadata,
    Column("programme_id", Integer, primary_key=True, autoincrement=False),
    Column("unit_id", Integer, primary_key=True, autoincrement=False),
    Column("span", SmallInteger, primary_key=True, autoincrement=False),
    Column("place", Big, primary_key=True, autoincrement=False),
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("new_count", Integer, nullable=False),
    Column("new_amount", Big, nullable=False),
    Column("cleared_count", Integer, nullable=False),
    Column("cleared_amount", Big, nullable=False),
    Column("same_day_count", Integer, nullable=False),
    Column("late_count", Integer, nullable=False),
    Column("opened_count", Integer, nullable=False),
    Column("soon_count", Integer, nullable=False),
    Column("refund_count", Integer, nullable=False),
    Column("both_count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

WEEKDAYS = tuple(f"open_{number}" for number in range(1, 8))

# The failures that were given feedback in a week, by the day from which that counted: how many of them were
# open at the end of each day of that week.
feedback_sum = Table(
    "feedback_sum",
    metadata,
    Column("programme_id", Integer, primary_key=True, autoincrement=False),
    Column("unit_id", Integer, primary_key=True, autoincrement=False),
    Column("monday", Day, primary_key=True, autoincrement=False),
    Column("place", Big, primary_key=True, autoincrement=False),
    Column("seen_on", Day, primary_key=True, autoincrement=False),
    *(Column(name, Integer, nullable=False) for name in WEEKDAYS),
    sqlite_with_rowid=False,
)

# The days on which returns or stages arrived, by the county they came from at first: of each programme by
# town, and of all (programme 0) by county. What arrived has arrived: a row stays, whatever its lines become.
arrival = Table(
    "arrival",
    metadata,
    Column("programme_id", Integer, primary_key=True, autoincrement=False),
    Column("place", Big, primary_key=True, autoincrement=False),
    Column("home", Integer, primary_key=True, autoincrement=False),
    Column("day", Day, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

COUNTY, TOWN = 6, 9
SPANS = (1, 16, 256)  # days; each a multiple of the one before

# How many cases of a round, and their fen, came to stand so in the `span` of days that begins on `day`, less
# those that no longer did; by county and by town (`digits`: a packed region, cut at as many).
claim_sum = Table(
    "claim_sum",
    metadata,
    Column("digits", SmallInteger, primary_key=True, autoincrement=False),
    Column("span", SmallInteger, primary_key=True, autoincrement=False),
    Column("place", Big, primary_key=True, autoincrement=False),
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("programme_id", Integer, primary_key=True, autoincrement=False),
    Column("period", Text, primary_key=True),
    Column("standing", Coded(CASE_STANDINGS), primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("amount", Big, nullable=False),
    sqlite_with_rowid=False,
)
# Sums that came to zero, on their way out: where they are is all that this index says.
_nothing = (claim_sum.c["count"] == 0) & (claim_sum.c.amount == 0)
Index("claim_sum_nothing", claim_sum.c.digits, sqlite_where=_nothing)

# How many stays nobody has ended, of cases whose clock never paused, by county and by the day they were
# entered on; of all programmes where that is 0.
stay_sum = Table(
    "stay_sum",
    metadata,
    Column("place", Big, primary_key=True, autoincrement=False),
    Column("programme_id", Integer, primary_key=True, autoincrement=False),
    Column("stage", Coded(STAGES), primary_key=True, autoincrement=False),
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

"""Approvals: claims, their stays in the stages, and the pauses of their clocks."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, TextClause, text

from store.models.codes import OUTCOMES, STAGES
from store.models.columns import Big, Coded, Day, Moment, Region, Text, metadata
from store.models.intake import origin

claim = Table(
    "claim",
    metadata,
    Column("claim_id", Big, primary_key=True),
    Column("case_no", Text, nullable=False, unique=True),
    Column("home", Integer, nullable=False),
    Column("programme_id", Integer, nullable=False),
    Column("period", Text, nullable=False),
    Column("person_id", Big, nullable=False),
    Column("region_code", Region, nullable=False),
    Column("amount", Big),
    Column("quantity", Text),
    Column("applied_on", Day, nullable=False),
    origin(),
)
Index("claim_person", claim.c.person_id)
Index("claim_region", claim.c.region_code)

# region_code and programme_id are the claim's, kept beside each stay: a county's open stays are a span.
stage_visit = Table(
    "stage_visit",
    metadata,
    Column("visit_id", Big, primary_key=True),
    Column("claim_id", Big, nullable=False),
    Column("stage", Coded(STAGES), nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("left_at", Moment),
    Column("unit_id", Integer, nullable=False),
    Column("operator", Text),
    Column("operator_id", Text),
    Column("outcome", Coded(OUTCOMES)),
    Column("opinion", Text),
    Column("home", Integer, nullable=False),
    Column("region_code", Region, nullable=False),
    Column("programme_id", Integer, nullable=False),
    origin(),
)
Index("stage_visit_key", stage_visit.c.claim_id, stage_visit.c.stage, stage_visit.c.entered_at, unique=True)
_open = stage_visit.c.left_at.is_(None)
Index(
    "stage_visit_open",
    stage_visit.c.region_code,
    stage_visit.c.stage,
    stage_visit.c.entered_at,
    sqlite_where=_open,
)
Index("stage_visit_left", stage_visit.c.left_at, stage_visit.c.region_code)

# Who was where on a past day: stays that are over, in classes by how long they lasted, so that those open on
# a day were entered within a few days of it. (least days, below how many)
LASTED = ((1, 4), (4, 16), (16, 64), (64, 256), (256, None))
LONG = 4  # days; most limits are not shorter, and what was finished within one was not late


def lasted(least: int, below: int | None = None) -> TextClause:
    """That a stay is over and lasted so many days; as a plain text, or no index is found by it."""
    seconds = "left_at - entered_at"
    most = "" if below is None else f" AND {seconds} < {below * 86_400}"
    return text(f"{seconds} >= {least * 86_400}{most}")


for _least, _below in LASTED:
    Index(
        f"stage_visit_lasted_{_least}",
        stage_visit.c.entered_at,
        stage_visit.c.region_code,
        stage_visit.c.stage,
        sqlite_where=lasted(_least, _below),
    )
Index(
    "stage_visit_long",
    stage_visit.c.left_at,
    stage_visit.c.region_code,
    stage_visit.c.stage,
    sqlite_where=lasted(LONG),
)

pause = Table(
    "pause",
    metadata,
    Column("claim_id", Big, primary_key=True, autoincrement=False),
    Column("paused_at", Moment, primary_key=True, autoincrement=False),
    Column("resumed_at", Moment),
    Column("reason", Text),
    Column("home", Integer, nullable=False),
    origin(),
)

notice = Table(
    "notice",
    metadata,
    Column("programme_code", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("region_code", Region, primary_key=True, autoincrement=False),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("posted_on", Day, nullable=False),
    Column("ended_on", Day),
    Column("place", Text),
    Column("objections", Integer),
    Column("people_count", Integer),
    Column("photos", Integer),
    origin(),
)

complaint = Table(
    "complaint",
    metadata,
    Column("complaint_no", Text, primary_key=True),
    Column("received_at", Moment, nullable=False),
    Column("channel", Text),
    Column("region_code", Region, nullable=False),
    Column("programme_code", Text),
    Column("person_id", Big),
    Column("content", Text, nullable=False),
    Column("replied_at", Moment),
    Column("kind", Text),
    Column("unit_code", Text),
    Column("due_on", Day),
    Column("reply", Text),
    Column("satisfied", Text),
    origin(),
)

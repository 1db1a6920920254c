"""Warning rules at work: versions of their parameters, screenings, hits, and what became of each hit."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, UniqueConstraint

from store.models.columns import Big, Day, Moment, Region, Text, metadata

# What a post set of a rule: one parameter, or whether it is enabled; for a programme, a place, from a day.
# Versions of a rule are numbered from 2: the first is the rule as it ships. Nothing is ever taken back.
rule_version = Table(
    "rule_version",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("parameter", Text, nullable=False),  # enabled, or a parameter's name
    Column("value", Integer, nullable=False),
    Column("programme_code", Text),
    Column("region_code", Region),
    Column("from_on", Day),  # None: always
    Column("at", Moment, nullable=False),
    Column("post", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("why", Text, nullable=False),
)

# One rule, run once. `file_id` and `payment_id` are the last that were there: the next one goes on from them.
screening = Table(
    "screening",
    metadata,
    Column("screening_id", Big, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("as_of", Day, nullable=False),
    Column("file_id", Integer, nullable=False),
    Column("payment_id", Big, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("found", Integer, nullable=False),
    Column("appeared", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("fault", Text),  # what a rule that is broken said
)
Index("screening_rule", screening.c.rule, screening.c.screening_id)

# One rule and subject, for good: what is seen again or comes back keeps its number. Amounts are fen.
# `facts` is a JSON object of both sides, personal values as they are; severity and action are the version's.
hit = Table(
    "hit",
    metadata,
    Column("hit_id", Integer, primary_key=True),
    Column("hit_no", Text, nullable=False, unique=True),
    Column("rule", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("severity", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_no", Text, nullable=False),
    Column("programme_code", Text),
    Column("period", Text),
    Column("region_code", Region),
    Column("person_id", Big),
    Column("amount", Big),
    Column("at_risk", Big),
    Column("facts", Text, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("gone_at", Moment),  # the first screening that missed it, None while it is seen
    Column("status", Text, nullable=False),
    Column("verdict", Text),
    Column("class", Text),
    Column("held", Boolean, nullable=False, server_default="0"),
    Column("steps", Integer, nullable=False),
    UniqueConstraint("rule", "subject_kind", "subject_no"),
)
Index("hit_region", hit.c.region_code)
Index("hit_person", hit.c.person_id)

# What happened to a hit, with its state as the step left it: any past day is told from these.
hit_event = Table(
    "hit_event",
    metadata,
    Column("hit_id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("step", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("post", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("why", Text),
    Column("status", Text, nullable=False),
    Column("verdict", Text),
    Column("class", Text),
)

"""What a post keeps an eye on: the trace of its attention, and how far it has looked."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from store.models.columns import Big, Moment, Region, Text, metadata

# A mark is a row; a follow is one that lasts until it is unfollowed. Region and programme are the subject's.
attention = Table(
    "attention",
    metadata,
    Column("attention_id", Integer, primary_key=True),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("region_code", Region),
    Column("programme_code", Text),
    Column("post", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text),
    Column("follows", Boolean, nullable=False),
    Column("unfollowed_at", Moment),
)
Index("attention_subject", attention.c.subject_kind, attention.c.subject)
Index("attention_post", attention.c.post)

# The last event that was there when somebody at a post last looked at what had changed.
last_look = Table(
    "last_look",
    metadata,
    Column("post", Text, primary_key=True),
    Column("login", Text, primary_key=True),
    Column("seq", Big, nullable=False),
    Column("at", Moment, nullable=False),
)

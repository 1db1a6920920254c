"""Intake: every file that came in, how far it was taken, and every line that did not land."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, Table, UniqueConstraint

from store.models.columns import Big, Day, Moment, Region, Text, metadata

COUNTS = ("rows", "landed", "unchanged", "updated", "held", "rejected", "doubtful", "freed")


def origin() -> Column[int]:
    """The file a row came in with (or was last changed by); 0 for what was made here."""
    return Column("file_id", Integer, nullable=False, server_default="0")


# One row a file and sheet; a file is known by its bytes, and by the feed it was taken as.
source_file = Table(
    "source_file",
    metadata,
    Column("file_id", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column("sheet", Text),
    Column("sha256", Text, nullable=False),
    Column("feed", Text),
    Column("state", Text, nullable=False),  # taking, done
    Column("arrived_on", Day, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("post", Text, nullable=False),
    Column("import_id", Integer, nullable=False, server_default="0"),  # the first file of the same import
    Column("seconds", Float, nullable=False, server_default="0"),
    Column("last_line", Integer, nullable=False, server_default="0"),
    *(Column(name, Integer, nullable=False, server_default="0") for name in COUNTS),
)
Index("source_file_sha256", source_file.c.sha256)

# Keys of lines that changed nothing, while their file is being taken: a later line of it may contradict them.
file_seen = Table(
    "file_seen",
    metadata,
    Column("file_id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
)

# Lines that did not land (or landed doubtful), whole. `raw` is a JSON object from field to text.
reject = Table(
    "reject",
    metadata,
    Column("reject_id", Integer, primary_key=True),
    Column("file_id", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("feed", Text),
    Column("field", Text),
    Column("code", Text, nullable=False),
    Column("value", Text),
    Column("region_code", Region),
    Column("raw", Text),
    UniqueConstraint("file_id", "line"),
)

doubtful = Table(
    "doubtful",
    metadata,
    Column("doubtful_id", Integer, primary_key=True),
    Column("file_id", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("feed", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("value", Text),
    Column("region_code", Region),
    Column("key", Text, nullable=False),
    UniqueConstraint("file_id", "line", "field"),
)

held = Table(
    "held",
    metadata,
    Column("held_id", Integer, primary_key=True),
    Column("file_id", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("feed", Text, nullable=False),
    Column("waits_for", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("own_key", Text, nullable=False),
    Column("region_code", Region),
    Column("raw", Text, nullable=False),
    UniqueConstraint("file_id", "line"),
)
Index("held_waits", held.c.waits_for, held.c.key)
Index("held_own", held.c.feed, held.c.own_key)

history = Table(
    "history",
    metadata,
    Column("history_id", Big, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("file_id", Integer, nullable=False),
    Column("before", Text, nullable=False),
)
Index("history_key", history.c.feed, history.c.key)

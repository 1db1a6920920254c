"""Whether a copy is in step with the store: each notes the end of the trace it was made from.

Whatever changes a store leaves an event in the same commit, and each event carries the hash of the one
before. So a store whose trace ends where the copy noted it holds the very rows that the copy was made from.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, not_, or_, select, text

from store.columnar.file import Copy
from store.columnar.kept import SHAPE
from store.models.payments import payment
from store.models.trace import event, trace_head

# Acts that change no row that a copy keeps; after any other the copy is brought up to date.
ELSEWHERE = (
    *("export", "reveal", "post_add", "settings.set", "reasons.map", "reasons.add", "calendar.load"),
    *("failed.feedback", "store_backup", "store_compact"),
)
ELSEWHERE_ALL = ("ledger.", "attention.")  # beginnings


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a trace ended, the last payment then, the schema of the store, and the shape of the copy."""

    seq: int
    hash: str
    last: int
    schema: str
    shape: int = SHAPE


class Step(StrEnum):
    """How a copy stands to a store."""

    IN_STEP = "in_step"
    BEHIND = "behind"
    AHEAD = "ahead"  # made from a later state than the one that is read
    OTHER = "other"  # of another store, or of another shape: to be made anew


def mark_of(connection: Connection) -> Mark:
    """The mark of the store as it is."""
    head = connection.execute(select(trace_head.c.seq, trace_head.c.hash)).one()
    last = connection.scalar(select(func.max(payment.c.payment_id))) or 0
    schema = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    return Mark(head.seq, head.hash, last, schema)


def noted(copy: Copy) -> tuple[Mark, bool] | None:
    """The mark that a copy has, and whether it was reached; None where nothing was begun."""
    there = copy.raw.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'mark'").fetchone()
    found = copy.raw.execute("SELECT * FROM mark").fetchone() if there else None
    return (Mark(*found[:5]), bool(found[5])) if found else None


def note(copy: Copy, mark: Mark, reached: bool) -> None:
    """Write down the mark that the copy is made for, and whether all of it is there."""
    copy.raw.execute(
        "CREATE OR REPLACE TABLE mark "
        "(seq BIGINT, hash VARCHAR, last BIGINT, schema VARCHAR, shape INTEGER, reached BOOLEAN)"
    )
    copy.raw.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?)", [*astuple(mark), reached])


def step(connection: Connection, copy: Copy) -> Step:
    """How the copy stands to the store that `connection` reads."""
    found = noted(copy)
    if found is None:
        return Step.OTHER
    mark, reached = found
    now = mark_of(connection)
    if (mark.schema, mark.shape) != (now.schema, now.shape):
        return Step.OTHER
    if mark.seq > now.seq:
        return Step.AHEAD
    if connection.scalar(select(event.c.hash).where(event.c.seq == mark.seq)) != mark.hash:
        return Step.OTHER
    if not reached or mark.last != now.last or (mark.seq != now.seq and _moved(connection, mark)):
        return Step.BEHIND
    return Step.IN_STEP


def _moved(connection: Connection, since: Mark) -> bool:
    """Whether any event after a mark may have changed what a copy keeps."""
    verb = event.c.verb
    elsewhere = or_(verb.in_(ELSEWHERE), *(verb.startswith(each) for each in ELSEWHERE_ALL))
    query = select(event.c.seq).where(event.c.seq > since.seq, not_(elsewhere)).limit(1)
    return connection.scalar(query) is not None

"""Figures that are kept in step with the rows, and stays by how long they lasted."""

import sqlalchemy as sa
from alembic import op

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "v0003_figures"
down_revision = "v0002_attention"

DERIVED_ANEW = True  # what is derived is made from the raw rows once the store is at the newest version

SECONDS = "left_at - entered_at"
LASTED = ((1, 4), (4, 16), (16, 64), (64, 256), (256, None))


def upgrade() -> None:
    """Bring a store of the version before to this one."""
    _failures()
    _batches()
    _sums()
    for least, below in LASTED:
        most = "" if below is None else f" AND {SECONDS} < {below * 86_400}"
        where = sa.text(f"{SECONDS} >= {least * 86_400}{most}")
        op.create_index(
            f"stage_visit_lasted_{least}",
            "stage_visit",
            ["entered_at", "region_code", "stage"],
            unique=False,
            sqlite_where=where,
            postgresql_where=where,
        )
    where = sa.text(f"{SECONDS} >= {4 * 86_400}")
    op.create_index(
        "stage_visit_long",
        "stage_visit",
        ["left_at", "region_code", "stage"],
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )


def _failures() -> None:
    op.drop_table("failure")
    op.create_table(
        "failure",
        sa.Column("failure_id", BIG, autoincrement=False, nullable=False),
        sa.Column("payment_no", TEXT, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.BigInteger(), nullable=False),
        sa.Column("county", sa.Integer(), nullable=False),
        sa.Column("amount", BIG, nullable=False),
        sa.Column("opened_on", sa.Integer(), nullable=False),
        sa.Column("cleared_on", sa.Integer(), nullable=True),
        sa.Column("outstanding", BIG, nullable=False),
        sa.Column("moved_on", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("span", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("failure_id"),
    )
    listed = ["county", "span", "opened_on", "cleared_on", "moved_on", "outstanding"]
    op.create_index("failure_span", "failure", listed, unique=False)
    op.create_index("failure_listed", "failure", ["opened_on", "payment_no"], unique=False)
    where = sa.text("wording_id IS NOT NULL")
    op.create_index(
        "failure_event_wording",
        "failure_event",
        ["wording_id", "day"],
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )
    where = sa.text("cleared_on IS NULL")
    op.create_index(
        "failure_open", "failure", ["county"], unique=False, sqlite_where=where, postgresql_where=where
    )


def _batches() -> None:
    for name, first in (("batch_day", ()), ("failure_step", ("failure_id",))):
        keys = (*first, "batch_id", "standing", "place", "day")
        op.create_table(
            name,
            *(sa.Column(key, BIG, autoincrement=False, nullable=False) for key in first),
            sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("standing", sa.SmallInteger(), autoincrement=False, nullable=False),
            sa.Column("place", BIG, autoincrement=False, nullable=False),
            sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("count", sa.Integer(), nullable=False),
            sa.Column("amount", BIG, nullable=False),
            sa.PrimaryKeyConstraint(*keys),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "batch_now",
        sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("waiting_count", sa.Integer(), nullable=False),
        sa.Column("waiting_amount", BIG, nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("failed_amount", BIG, nullable=False),
        sa.Column("moved_on", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id"),
    )
    op.create_index("batch_submitted", "batch", ["submitted_on"], unique=False)
    op.create_index("ix_batch_now_moved_on", "batch_now", ["moved_on"], unique=False)
    where = sa.text("waiting_count + failed_count > 0")
    op.create_index(
        "batch_now_unsettled",
        "batch_now",
        ["batch_id"],
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )


def _sums() -> None:
    counts = ("new", "cleared")
    op.create_table(
        "failure_sum",
        sa.Column("programme_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("span", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("place", BIG, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        *(
            column
            for name in counts
            for column in (
                sa.Column(f"{name}_count", sa.Integer(), nullable=False),
                sa.Column(f"{name}_amount", BIG, nullable=False),
            )
        ),
        *(
            sa.Column(f"{name}_count", sa.Integer(), nullable=False)
            for name in ("same_day", "late", "opened", "soon", "refund", "both")
        ),
        sa.PrimaryKeyConstraint("programme_id", "unit_id", "span", "place", "day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feedback_sum",
        sa.Column("programme_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("monday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", BIG, autoincrement=False, nullable=False),
        sa.Column("seen_on", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(f"open_{number}", sa.Integer(), nullable=False) for number in range(1, 8)),
        sa.PrimaryKeyConstraint("programme_id", "unit_id", "monday", "place", "seen_on"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "arrival",
        sa.Column("programme_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", BIG, autoincrement=False, nullable=False),
        sa.Column("home", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "place", "home", "day"),
        sqlite_with_rowid=False,
    )

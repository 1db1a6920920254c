"""Where cases stood, by places and spans of days; stays that nobody has ended; batches by county."""

import sqlalchemy as sa
from alembic import op

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "v0005_case_sums"
down_revision = "v0004_spans"

DERIVED_ANEW = (
    "batch_county",
    "claim_sum",
    "stay_sum",
)  # made from the raw rows once the store is at the newest version


def upgrade() -> None:
    """Bring a store of the version before to this one."""
    op.create_table(
        "claim_sum",
        sa.Column("digits", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("span", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("place", BIG, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("standing", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("amount", BIG, nullable=False),
        sa.PrimaryKeyConstraint("digits", "span", "place", "day", "programme_id", "period", "standing"),
        sqlite_with_rowid=False,
    )
    nothing = sa.text("count = 0 AND amount = 0")
    op.create_index(
        "claim_sum_nothing",
        "claim_sum",
        ["digits"],
        unique=False,
        sqlite_where=nothing,
        postgresql_where=nothing,
    )
    op.create_table(
        "batch_county",
        sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", BIG, autoincrement=False, nullable=False),
        sa.Column("standing", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("amount", BIG, nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "place", "standing"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stay_sum",
        sa.Column("place", BIG, autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place", "programme_id", "stage", "day"),
        sqlite_with_rowid=False,
    )
    where = sa.text("cleared_on IS NULL")
    op.create_index(
        "failure_open_listed",
        "failure",
        ["opened_on", "payment_no"],
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_index("claim_region", "claim", ["region_code"], unique=False)
    where = sa.text("case_no IS NOT NULL")
    op.create_index(
        "payment_case", "payment", ["case_no"], unique=False, sqlite_where=where, postgresql_where=where
    )

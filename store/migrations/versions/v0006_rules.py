"""Warning rules: versions of their parameters, screenings, hits and their events."""

import sqlalchemy as sa
from alembic import op

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "v0006_rules"
down_revision = "v0005_case_sums"


def upgrade() -> None:
    """Bring a store of the version before to this one."""
    op.create_table(
        "rule_version",
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parameter", TEXT, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("programme_code", TEXT, nullable=True),
        sa.Column("region_code", sa.BigInteger(), nullable=True),
        sa.Column("from_on", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("post", TEXT, nullable=False),
        sa.Column("login", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("rule", "version"),
    )
    counts = ("found", "appeared", "returned", "gone")
    op.create_table(
        "screening",
        sa.Column("screening_id", BIG, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", BIG, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("fault", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("screening_id"),
    )
    op.create_index("screening_rule", "screening", ["rule", "screening_id"], unique=False)
    _hits()


def _hits() -> None:
    op.create_table(
        "hit",
        sa.Column("hit_id", sa.Integer(), nullable=False),
        sa.Column("hit_no", TEXT, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("severity", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_no", TEXT, nullable=False),
        sa.Column("programme_code", TEXT, nullable=True),
        sa.Column("period", TEXT, nullable=True),
        sa.Column("region_code", sa.BigInteger(), nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("amount", BIG, nullable=True),
        sa.Column("at_risk", BIG, nullable=True),
        sa.Column("facts", TEXT, nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=True),
        sa.Column("class", TEXT, nullable=True),
        sa.Column("held", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hit_id"),
        sa.UniqueConstraint("hit_no"),
        sa.UniqueConstraint("rule", "subject_kind", "subject_no"),
    )
    op.create_index("hit_region", "hit", ["region_code"], unique=False)
    op.create_index("hit_person", "hit", ["person_id"], unique=False)
    op.create_table(
        "hit_event",
        sa.Column("hit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("post", TEXT, nullable=False),
        sa.Column("login", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=True),
        sa.Column("class", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("hit_id", "seq"),
    )

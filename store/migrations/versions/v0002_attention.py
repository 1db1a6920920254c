"""Attention, last looks, and whom an act on many concerned."""

import sqlalchemy as sa
from alembic import op

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "v0002_attention"
down_revision = "v0001_first_schema"


def upgrade() -> None:
    """Bring a store of the version before to this one."""
    op.create_table(
        "act_subject",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("region_code", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq", "subject"),
    )
    op.create_index("act_subject_subject", "act_subject", ["subject"], unique=False)
    op.create_table(
        "attention",
        sa.Column("attention_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("region_code", sa.BigInteger(), nullable=True),
        sa.Column("programme_code", TEXT, nullable=True),
        sa.Column("post", TEXT, nullable=False),
        sa.Column("login", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("unfollowed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("attention_id"),
    )
    op.create_index("attention_post", "attention", ["post"], unique=False)
    op.create_index("attention_subject", "attention", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "last_look",
        sa.Column("post", TEXT, nullable=False),
        sa.Column("login", TEXT, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("post", "login"),
    )

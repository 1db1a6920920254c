"""The payments of a person by spans of payments, so that what lands together stands together."""

import sqlalchemy as sa
from alembic import op

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SPAN = 1 << 20

revision = "v0004_spans"
down_revision = "v0003_figures"


def upgrade() -> None:
    """Bring a store of the version before to this one."""
    op.rename_table("person_payment", "person_payment_before")
    op.create_table(
        "person_payment",
        sa.Column("span", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", BIG, autoincrement=False, nullable=False),
        sa.Column("payment_id", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("span", "person_id", "payment_id", name="person_payment_spans"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO person_payment (span, person_id, payment_id) "
        f"SELECT payment_id / {SPAN}, person_id, payment_id FROM person_payment_before "
        f"ORDER BY payment_id / {SPAN}, person_id, payment_id"
    )
    op.drop_table("person_payment_before")

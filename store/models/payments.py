"""Payments: batches, payments, what the bank answered, links, feedback, funds and lists."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, SmallInteger, Table

from store.models.codes import NATURES, RESULTS
from store.models.columns import Big, Coded, Day, Moment, Region, Text, metadata
from store.models.intake import origin

batch = Table(
    "batch",
    metadata,
    Column("batch_id", Integer, primary_key=True),
    Column("batch_no", Text, nullable=False, unique=True),
    Column("programme_id", Integer, nullable=False),
    Column("period", Text, nullable=False),
    Column("region_code", Region, nullable=False),
    Column("unit_id", Integer, nullable=False),
    Column("bank_code", Text),
    Column("pay_by", Day),
    Column("submitted_on", Day),
    Column("count", Integer),
    Column("amount", Big),
    Column("voucher_no", Text),
    Column("account_no", Text),
    Column("created_on", Day),
    Column("approved_on", Day),
    origin(),
)

Index("batch_submitted", batch.c.submitted_on)

# `home` is the county at first landing, 0 if none; it never changes, though a region may.
payment = Table(
    "payment",
    metadata,
    Column("payment_id", Big, primary_key=True, autoincrement=False),
    Column("home", Integer, nullable=False),
    Column("payment_no", Text, nullable=False, unique=True),
    Column("batch_id", Integer, nullable=False),
    Column("person_id", Big, nullable=False),
    Column("name", Text, nullable=False),
    Column("card_no", Text, nullable=False),
    Column("amount", Big, nullable=False),
    Column("region_code", Region, nullable=False),
    Column("reissue_of", Big),
    Column("case_no", Text),
    Column("payee_id", Big),
    Column("payee_name", Text),
    Column("payee_relation", Text),
    Column("nature", Coded(NATURES)),
    origin(),
)
Index("payment_batch", payment.c.batch_id)
_reissue = payment.c.reissue_of.isnot(None)
Index("payment_reissue", payment.c.reissue_of, sqlite_where=_reissue)
_of_case = payment.c.case_no.isnot(None)
Index("payment_case", payment.c.case_no, sqlite_where=_of_case)

SPAN = 1 << 20  # payments: what is landed together stands on few pages of the link, however many there are

# The payments of a person, span by span of the payments' own ids.
person_payment = Table(
    "person_payment",
    metadata,
    Column("span", SmallInteger, primary_key=True, autoincrement=False),
    Column("person_id", Big, primary_key=True, autoincrement=False),
    Column("payment_id", Big, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

payment_return = Table(
    "payment_return",
    metadata,
    Column("payment_id", Big, primary_key=True, autoincrement=False),
    Column("settled_at", Moment, primary_key=True, autoincrement=False),
    Column("result", Coded(RESULTS), primary_key=True, autoincrement=False),
    Column("wording_id", Integer),
    Column("bank_serial", Text),
    Column("home", Integer, nullable=False),
    origin(),
    sqlite_with_rowid=False,
)

# A post's word that one payment reissues another (`failed link`); the payment itself stays as it came.
payment_link = Table(
    "payment_link",
    metadata,
    Column("payment_id", Big, primary_key=True, autoincrement=False),
    Column("reissue_of", Big, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("post", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("why", Text, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("payment_id", Big, primary_key=True, autoincrement=False),
    Column("given_at", Moment, primary_key=True, autoincrement=False),
    Column("unit_code", Text),
    Column("content", Text, nullable=False),
    Column("expected_on", Day),
    Column("post", Text),
    origin(),
)

message = Table(
    "message",
    metadata,
    Column("payment_id", Big, primary_key=True, autoincrement=False),
    Column("sent_at", Moment, primary_key=True, autoincrement=False),
    Column("phone", Text),
    Column("status", Text),
    origin(),
)

fund_entry = Table(
    "fund_entry",
    metadata,
    Column("entry_no", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("programme_code", Text, nullable=False),
    Column("region_code", Region, nullable=False),
    Column("amount", Big, nullable=False),
    Column("on_date", Day, nullable=False),
    Column("account_no", Text),
    Column("parent_no", Text),
    Column("doc_no", Text),
    Column("budget_year", Integer),
    Column("batch_no", Text),
    Column("payment_no", Text),
    origin(),
)
_refund = fund_entry.c.payment_no.isnot(None)
Index("fund_entry_payment", fund_entry.c.payment_no, sqlite_where=_refund)

# A refund recorded by a post; it yields to the treasury's own line of the same voucher.
recorded_refund = Table(
    "recorded_refund",
    metadata,
    Column("refund_id", Integer, primary_key=True),
    Column("payment_id", Big, nullable=False, index=True),
    Column("voucher", Text, nullable=False, unique=True),
    Column("amount", Big, nullable=False),
    Column("on_date", Day, nullable=False),
    Column("at", Moment, nullable=False),
    Column("post", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("why", Text, nullable=False),
)

balance = Table(
    "balance",
    metadata,
    Column("account_no", Text, primary_key=True),
    Column("on_date", Day, primary_key=True, autoincrement=False),
    Column("balance", Big, nullable=False),
    Column("bank_code", Text),
    Column("region_code", Region, nullable=False),
    origin(),
)

list_entry = Table(
    "list_entry",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("person_id", Big, primary_key=True, autoincrement=False),
    Column("effective_on", Day, primary_key=True, autoincrement=False),
    Column("ref_no", Text, primary_key=True),
    Column("name", Text),
    Column("ended_on", Day),
    Column("detail", Text),
    Column("related_id", Big),
    Column("relation", Text),
    Column("data_as_of", Day),
    Column("source", Text),
    Column("value", Big),
    origin(),
)

"""Reference tables: places, units, programmes, standards, limits, people, cards, reasons, settings."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from store.models.codes import STAGES
from store.models.columns import Big, Coded, Day, Region, Text, metadata
from store.models.intake import origin

region = Table(
    "region",
    metadata,
    Column("region_code", Region, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    origin(),
)

unit = Table(
    "unit",
    metadata,
    Column("unit_id", Integer, primary_key=True),
    Column("unit_code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("region_code", Region, nullable=False),
    Column("parent_code", Text),
    Column("leader", Text),
    Column("contact", Text),
    Column("phone", Text),
    origin(),
)

programme = Table(
    "programme",
    metadata,
    Column("programme_id", Integer, primary_key=True),
    Column("programme_code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("unit_kind", Text, nullable=False),
    Column("level", Text),
    Column("standard", Big),
    Column("measure", Text),
    Column("cycle", Text, nullable=False),
    Column("pay_by", Text),
    Column("notice_days", Integer),
    Column("notice_unit", Text),
    Column("exclusive_with", Text),
    Column("age_min", Integer),
    Column("age_max", Integer),
    Column("identities", Text),
    Column("valid_from", Day),
    Column("valid_to", Day),
    Column("basis", Text),
    Column("pay_to", Text),
    Column("policy_no", Text),
    Column("inclusion", Text),
    Column("inclusion_note", Text),
    Column("not_published", Text),
    Column("excludes", Text),
    origin(),
)

standard = Table(
    "standard",
    metadata,
    Column("programme_code", Text, primary_key=True),
    Column("region_code", Region, primary_key=True, autoincrement=False),
    Column("valid_from", Day, primary_key=True, autoincrement=False),
    Column("valid_to", Day),
    Column("amount", Big, nullable=False),
    Column("measure", Text),
    Column("policy_no", Text),
    origin(),
)

# An empty region is 0, an empty valid_from the first day there is: parts of a key are never NULL.
deadline = Table(
    "deadline",
    metadata,
    Column("programme_code", Text, primary_key=True),
    Column("stage", Coded(STAGES), primary_key=True, autoincrement=False),
    Column("region_code", Region, primary_key=True, autoincrement=False),
    Column("valid_from", Day, primary_key=True, autoincrement=False),
    Column("limit", Integer, nullable=False),
    Column("limit_unit", Text, nullable=False),
    Column("basis", Text),
    origin(),
)

person = Table(
    "person",
    metadata,
    Column("person_id", Big, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("household_no", Text),
    Column("is_head", Text),
    Column("relation", Text),
    Column("region_code", Region, nullable=False),
    Column("group_name", Text),
    Column("phone", Text),
    Column("status", Text),
    Column("status_on", Day),
    Column("identities", Text),
    Column("guardian_id", Big),
    origin(),
)
_in_household = person.c.household_no.isnot(None)
Index("person_household", person.c.household_no, info={"postgresql_where": _in_household})

# IDs and cards that came wrong keep their text here; rows name them by a negative number.
odd_identity = Table(
    "odd_identity",
    metadata,
    Column("odd_id", Integer, primary_key=True),
    Column("text", Text, nullable=False, unique=True),
)

card = Table(
    "card",
    metadata,
    Column("card_no", Text, primary_key=True),
    Column("person_id", Big, nullable=False),
    Column("bank_code", Text),
    Column("status", Text, nullable=False),
    Column("issued_on", Day),
    Column("keeper_id", Big),
    Column("keeper_relation", Text),
    Column("keeper_agreed_on", Day),
    Column("keeper_valid_to", Day),
    Column("keeper_file_no", Text),
    origin(),
)
Index("card_person", card.c.person_id)

reason = Table(
    "reason",
    metadata,
    Column("reason", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("cure", Text),
    Column("due_days", Integer),
)

# The bank's own words; a reason of NULL is work still to be done.
wording = Table(
    "wording",
    metadata,
    Column("wording_id", Integer, primary_key=True),
    Column("text", Text, nullable=False, unique=True),
    Column("reason", Text),
)

calendar_day = Table(
    "calendar_day",
    metadata,
    Column("day", Day, primary_key=True, autoincrement=False),
    Column("working", Boolean, nullable=False),
    Column("name", Text),
)

calendar_year = Table(
    "calendar_year",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

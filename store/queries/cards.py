"""Cards that somebody keeps for their owners."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, cast, null, select

from store.models.columns import Big, Text
from store.models.intake import source_file
from store.models.reference import card, person


def kept() -> Select[Any]:
    """The cards with a keeper as findings: the owner at the left, keeper and agreement at the right."""
    texts = [cast(null(), Text).label(name) for name in ("programme_code", "period")]
    fen = [cast(null(), Big).label(name) for name in ("amount", "at_risk")]
    right = (
        card.c.keeper_id.label("right_keeper_id"),
        card.c.keeper_relation.label("right_relation"),
        card.c.keeper_agreed_on.label("right_keeper_agreed_on"),
        card.c.keeper_valid_to.label("right_keeper_valid_to"),
    )
    return (
        select(
            card.c.card_no.label("subject_no"),
            *texts,
            person.c.region_code,
            card.c.person_id,
            *fen,
            card.c.person_id.label("left_owner_id"),
            *right,
            source_file.c.arrived_on.label("data_as_of"),
        )
        .select_from(card)
        .outerjoin(person, person.c.person_id == card.c.person_id)
        .outerjoin(source_file, source_file.c.file_id == card.c.file_id)
        .where(card.c.keeper_id.isnot(None))
    )

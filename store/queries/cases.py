"""Cases as findings of rules."""

from __future__ import annotations

from typing import Any

from store.models.claims import claim
from store.models.reference import programme


def of_case(plain: bool = False) -> tuple[Any, ...]:
    """What every finding on a case has; `plain` without names, as a grouping wants them."""
    own = (
        claim.c.case_no,
        programme.c.programme_code,
        claim.c.period,
        claim.c.region_code,
        claim.c.person_id,
        claim.c.amount,
    )
    return own if plain else (own[0].label("subject_no"), *own[1:], claim.c.amount.label("at_risk"))

"""Links that several feeds share: to a programme, a unit, a case and a payment."""

from __future__ import annotations

from collections.abc import Mapping

from store.models.claims import claim
from store.models.feed import Link, Missing
from store.models.payments import payment
from store.models.reference import programme, unit


def programme_code(besides: frozenset[str] = frozenset()) -> Link:
    """A programme that has to be known, kept by its code."""
    column = programme.c.programme_code
    return Link(
        "programme_code", "programme_code", column, column, Missing.UNKNOWN_PROGRAMME, besides=besides
    )


def programme_id(missing: Missing) -> Link:
    """A programme, kept by its id."""
    number = programme.c.programme_code
    return Link("programme_code", "programme_id", number, programme.c.programme_id, missing, "programmes")


def unit_code() -> Link:
    """A unit that has to be known, kept by its code."""
    return Link("unit_code", "unit_code", unit.c.unit_code, unit.c.unit_code, Missing.UNKNOWN_UNIT)


def unit_id() -> Link:
    """A unit that has to be known, kept by its id."""
    return Link("unit_code", "unit_id", unit.c.unit_code, unit.c.unit_id, Missing.UNKNOWN_UNIT)


def claim_id(brings: Mapping[str, str]) -> Link:
    """A case that the line waits for."""
    return Link("case_no", "claim_id", claim.c.case_no, claim.c.claim_id, Missing.HELD, "cases", brings)


# what the figures of returns need to know of the payments, beside the staged lines alone
OF_PAYMENT = {
    "of_batch": "batch_id",
    "of_region": "region_code",
    "of_amount": "amount",
    "of_reissue": "reissue_of",
}


def payment_id(brings: Mapping[str, str] | None = None) -> Link:
    """A payment that the line waits for."""
    number, row_id = payment.c.payment_no, payment.c.payment_id
    return Link("payment_no", "payment_id", number, row_id, Missing.HELD, "payments", brings or {})

"""Failed payments as findings of rules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from store.models.failures import failure
from store.models.payments import batch, payment
from store.models.reference import programme
from store.queries.finding import Asked


def failures(asked: Asked, *sides: Any, at_risk: Any = None) -> Select[Any]:
    """The failures that had opened by the day; at risk is what is outstanding, unless it is said."""
    return (
        select(
            failure.c.payment_no.label("subject_no"),
            programme.c.programme_code,
            batch.c.period,
            failure.c.region_code,
            payment.c.person_id,
            failure.c.amount,
            (failure.c.outstanding if at_risk is None else at_risk).label("at_risk"),
            *sides,
        )
        .select_from(failure)
        .join(payment, payment.c.payment_id == failure.c.failure_id)
        .join(batch, batch.c.batch_id == failure.c.batch_id)
        .join(programme, programme.c.programme_id == failure.c.programme_id)
        .where(failure.c.opened_on <= asked.as_of)
    )

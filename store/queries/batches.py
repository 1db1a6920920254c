"""Batches beside what is stored of their payments: how many there are, and their sum."""

from __future__ import annotations

from typing import Any

from sqlalchemy import FromClause, Select, cast, func, null, select

from store.models.columns import Big
from store.models.figures import batch_day
from store.models.payments import batch
from store.models.reference import programme
from store.queries.finding import Asked
from store.queries.payment_states import made_by, total

# by their own returns: each payment stands in one of these
OWN = ("none", "pending", "success", "failing")


def batches(asked: Asked, *left: Any, at_risk: Any = None) -> tuple[Select[Any], FromClause]:
    """Batches as findings, with count and sum of their payments at the right; the second is these two."""
    d = batch_day.c
    paid = (
        select(d.batch_id, total(d.count).label("count"), total(d.amount).label("amount"))
        .where(d.standing.in_(OWN))
        .group_by(d.batch_id)
        .subquery("paid")
    )
    risk = func.coalesce(paid.c.amount, batch.c.amount) if at_risk is None else at_risk
    query = (
        select(
            batch.c.batch_no.label("subject_no"),
            programme.c.programme_code,
            batch.c.period,
            batch.c.region_code,
            cast(null(), Big).label("person_id"),
            func.coalesce(batch.c.amount, paid.c.amount).label("amount"),
            risk.label("at_risk"),
            *left,
            paid.c.count.label("right_count"),
            paid.c.amount.label("right_amount"),
        )
        .select_from(batch)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(asked.periods, asked.periods.c.period == batch.c.period)
        .join(paid, paid.c.batch_id == batch.c.batch_id)
        .where(made_by(asked.as_of))
    )
    return query, paid

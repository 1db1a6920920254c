"""The link from people to their payments: one row for every payment, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, tuple_

from store.models.derived import Difference
from store.models.payments import SPAN, payment, person_payment

FETCH = 5_000


def _missing() -> Any:
    linked = person_payment.c
    span = payment.c.payment_id // SPAN
    own = and_(
        linked.span == span,
        linked.person_id == payment.c.person_id,
        linked.payment_id == payment.c.payment_id,
    )
    query = select(span.label("span"), payment.c.person_id, payment.c.payment_id).outerjoin_from(
        payment, person_payment, own
    )
    return query.where(linked.payment_id.is_(None))


def _stray() -> Any:
    linked = person_payment.c
    own = and_(
        payment.c.payment_id == linked.payment_id,
        payment.c.person_id == linked.person_id,
        linked.span == linked.payment_id // SPAN,
    )
    query = select(*linked).outerjoin_from(person_payment, payment, own)
    return query.where(payment.c.payment_id.is_(None))


def differences(connection: Connection) -> Iterator[Difference]:
    """Payments that their person does not lead to, and links that lead to no payment of that person."""
    whole = {"yield_per": FETCH}
    for row in connection.execute(_missing().order_by(payment.c.payment_id), execution_options=whole):
        yield Difference("person_payment", str(row.payment_id), None, "linked")
    for row in connection.execute(_stray(), execution_options=whole):
        yield Difference("person_payment", str(row.payment_id), "linked", None)


def mend(connection: Connection) -> None:
    """Take stray links away, and make those that are missing."""
    connection.execute(delete(person_payment).where(tuple_(*person_payment.c).in_(_stray())))
    missing = _missing().order_by("span", payment.c.person_id, payment.c.payment_id)
    connection.execute(insert(person_payment).from_select(list(person_payment.c.keys()), missing))

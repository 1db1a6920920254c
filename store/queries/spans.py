"""Where the payments of a person are looked for: in every span of payments that there is."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, select

from store.models.payments import SPAN, payment, person_payment


def in_spans(connection: Connection) -> ColumnElement[bool]:
    """The condition on person_payment that lets a person's links be found: a seek for every span."""
    return person_payment.c.span.in_(every(connection))


def every(connection: Connection) -> range:
    """The spans that there are."""
    newest: int = connection.scalar(select(func.max(payment.c.payment_id))) or 0
    return range(newest // SPAN + 1)

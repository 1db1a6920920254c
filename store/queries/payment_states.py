"""What payments are as of a day, for statements over all of them: sent, and what the bank said last."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Subquery, and_, case, cast, func, or_, select, type_coerce

from store.models.codes import RESULTS
from store.models.columns import Big, day_number
from store.models.payments import batch, payment_return

KINDS = len(RESULTS)  # a moment and a result in one number: the latest, and of one moment the later word
STATES = (*RESULTS, "no_return", "not_sent")
SECONDS = 86400


def answers(as_of: date, *where: Any) -> Subquery:
    """What the bank said last of each payment that it spoke of by the day: payment_id, said.

    `said` is the second and the result in one number, `said % KINDS` the place in RESULTS.
    """
    r = payment_return.c
    moment, result = type_coerce(r.settled_at, Big), type_coerce(r.result, Big)
    last = (day_number(as_of) + 1) * SECONDS
    said = func.max(moment * KINDS + result).label("said")
    return select(r.payment_id, said).where(moment < last, *where).group_by(r.payment_id).subquery("answer")


def made_by(as_of: date) -> Any:
    """That a payment's batch was there on a day; one that has no day of its own was there from the start."""
    made = func.coalesce(batch.c.created_on, batch.c.approved_on, batch.c.submitted_on)
    return or_(made.is_(None), made <= as_of)


def state(answer: Any, submitted_on: Any, as_of: date) -> Any:
    """The place in STATES of a payment whose answer is joined to it."""
    sent = and_(submitted_on.isnot(None), submitted_on <= as_of)
    silent = case((sent, STATES.index("no_return")), else_=STATES.index("not_sent"))
    return case((answer.c.said.isnot(None), answer.c.said % KINDS), else_=silent)


def is_state(answer: Any, name: str) -> Any:
    """That what the bank said last of a payment is a result."""
    return and_(answer.c.said.isnot(None), answer.c.said % KINDS == RESULTS.index(name))


def paid_day(answer: Any, of: Any, as_of: date) -> Any:
    """The number of the day that counts for a payment: of the bank's last word, else of its batch."""
    answered = answer.c.said // (KINDS * SECONDS)
    sent = case((of.c.submitted_on <= as_of, of.c.submitted_on))
    days = (type_coerce(day, Big) for day in (sent, of.c.created_on, of.c.approved_on))
    return func.coalesce(answered, *days)


def total(column: Any) -> Any:
    """A sum as a whole number on every database, 0 of nothing."""
    return cast(func.coalesce(func.sum(column), 0), Big)

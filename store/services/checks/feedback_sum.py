"""The weeks in which failures were given feedback, from the feedback and the events of the failures."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, delete, select

from store.intake.figuring import Figures
from store.models.derived import Difference
from store.models.failures import failure_payment
from store.models.figures import feedback_sum
from store.models.payments import feedback
from store.services.comparing import compared, raw_rows, streamed

DERIVED = "feedback_sum"
AFTER = ("failures",)
SLICE = 2_000


def differences(connection: Connection) -> Iterator[Difference]:
    """Sums that are not those of the feedback."""
    found = _recomputed(connection).feedback
    recomputed = ((*key, *sums) for key, sums in sorted(found.items()) if any(sums))
    yield from compared(DERIVED, 5, streamed(connection, raw_rows(feedback_sum)), recomputed)


def mend(connection: Connection) -> None:
    """Sum all of it up anew."""
    connection.execute(delete(feedback_sum))
    _recomputed(connection).write()


def _recomputed(connection: Connection) -> Figures:
    figures = Figures(connection)
    last = 0
    while True:
        query = (
            select(failure_payment.c.failure_id)
            .join_from(feedback, failure_payment, failure_payment.c.payment_id == feedback.c.payment_id)
            .where(failure_payment.c.failure_id > last)
            .order_by(failure_payment.c.failure_id)
            .distinct()
            .limit(SLICE)
        )
        ids = list(connection.scalars(query))
        if not ids:
            return figures
        figures.take_feedback(ids)
        last = ids[-1]

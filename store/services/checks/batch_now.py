"""What batches stand at after their last day, from the sums of their days."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert

from store.models.derived import Difference
from store.models.figures import batch_day, batch_now
from store.models.folding import batch_figures
from store.services.comparing import compared, raw_rows, streamed

DERIVED = "batch_now"
AFTER = ("batch_day",)


def differences(connection: Connection) -> Iterator[Difference]:
    """Batches whose last figures are not the sums of their days."""
    recomputed = streamed(connection, batch_figures(raw=True).order_by(batch_day.c.batch_id))
    yield from compared(DERIVED, 1, streamed(connection, raw_rows(batch_now)), recomputed)


def mend(connection: Connection) -> None:
    """Sum all of it up anew."""
    connection.execute(delete(batch_now))
    connection.execute(insert(batch_now).from_select(list(batch_now.c.keys()), batch_figures()))

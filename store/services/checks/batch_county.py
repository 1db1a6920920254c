"""What batches stand at after their last day, by county, from the sums of their days."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert

from store.models.derived import Difference
from store.models.figures import batch_county
from store.models.folding import batch_counties
from store.services.comparing import compared, raw_rows, streamed

DERIVED = "batch_county"
AFTER = ("batch_day",)


def differences(connection: Connection) -> Iterator[Difference]:
    """Batches whose last figures of a county are not the sums of their days."""
    stored = streamed(connection, raw_rows(batch_county))
    yield from compared(DERIVED, 3, stored, streamed(connection, batch_counties()))


def mend(connection: Connection) -> None:
    """Sum all of it up anew."""
    connection.execute(delete(batch_county))
    connection.execute(insert(batch_county).from_select(list(batch_county.c.keys()), batch_counties()))

"""The stays that nobody has ended, by county, programme, stage and day, from the stays themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, delete

from store.intake.standings import Unended, add_stays, unended
from store.models.derived import Difference
from store.models.figures import stay_sum
from store.services.comparing import compared, raw_rows, streamed

DERIVED = "stay_sum"


def differences(connection: Connection) -> Iterator[Difference]:
    """Sums that are not those of the stays."""
    found: Unended = Counter()
    for (county, programme_id, stage, day), count in unended(connection).items():
        found[county, programme_id, stage, day] += count
        found[county, 0, stage, day] += count
    recomputed = ((*key, count) for key, count in sorted(found.items()))
    yield from compared(DERIVED, 4, streamed(connection, raw_rows(stay_sum)), recomputed)


def mend(connection: Connection) -> None:
    """Count all of them anew."""
    connection.execute(delete(stay_sum))
    add_stays(connection, unended(connection))

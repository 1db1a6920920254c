"""What files say of their lines: that all are accounted for, and that what was kept or landed is there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, select

from store.models.derived import Difference
from store.models.intake import COUNTS, doubtful, held, reject, source_file
from store.models.payments import payment, payment_return

DERIVED = "file_counts"
LANDS = {"payments": payment, "returns": payment_return}  # lines that nothing changes any more


def differences(connection: Connection) -> Iterator[Difference]:
    """Files whose figures do not add up, or are not those of the rows that are kept."""
    kept = {
        "rejected": _by_file(connection, reject),
        "held": _by_file(connection, held),
        "doubtful": _by_file(connection, doubtful),
    }
    landed = {feed: _by_file(connection, table) for feed, table in LANDS.items()}
    for row in connection.execute(select(source_file).order_by(source_file.c.file_id)):
        told = {name: getattr(row, name) for name in COUNTS}
        parts = sum(told[name] for name in ("landed", "unchanged", "updated", "held", "rejected"))
        found = {name: counts.get(row.file_id, 0) for name, counts in kept.items()} | {"rows": parts}
        if row.feed in landed:
            found["landed"] = landed[row.feed].get(row.file_id, 0)
        for name, count in found.items():
            if told[name] != count:
                yield Difference(DERIVED, f"{row.path}/{row.feed}/{name}", str(told[name]), str(count))


def _by_file(connection: Connection, table: Table) -> dict[int, int]:
    query = select(table.c.file_id, func.count()).group_by(table.c.file_id)
    return {row[0]: row[1] for row in connection.execute(query)}


mend = None

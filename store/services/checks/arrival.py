"""The days on which data of each place arrived: all that the stored rows tell, and no day without a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, select

from store.dialects import insert_new
from store.models.claims import stage_visit
from store.models.columns import day_of, raw_column
from store.models.derived import Difference
from store.models.figures import arrival
from store.models.folding import cut
from store.models.intake import source_file
from store.models.payments import batch, payment, payment_return
from store.services.comparing import shown, streamed

DERIVED = "arrival"


def differences(connection: Connection) -> Iterator[Difference]:
    """Arrivals of stored rows that are not noted, and noted ones of a day on which no file came."""
    a = arrival.c
    noted = {tuple(row) for row in connection.execute(select(*map(raw_column, a)))}
    for row in sorted(_told(connection) - noted):
        yield Difference(DERIVED, shown(row), None, "arrived")
    for row in streamed(connection, select(*map(raw_column, a)).where(_without_file())):
        yield Difference(DERIVED, shown(row), "arrived", None)


def mend(connection: Connection) -> None:
    """Note what is missing, and take away what no file can have brought."""
    connection.execute(delete(arrival).where(_without_file()))
    rows = sorted(_told(connection))
    names = arrival.c.keys()
    insert_new(
        connection, arrival, [dict(zip(names, (*row[:3], day_of(row[3])), strict=True)) for row in rows]
    )


def _without_file() -> Any:
    return ~exists().where(
        source_file.c.arrived_on == arrival.c.day, source_file.c.feed.in_(("returns", "stages"))
    )


def _told(connection: Connection) -> set[tuple[int, ...]]:
    found: set[tuple[int, ...]] = set()
    for query in (_returns(), _stages()):
        for programme_id, place, home, day in streamed(connection, query):
            county = place if place % 100 <= 6 else place // 10**8 * 10**8 + 6
            found |= {(programme_id, place, home, day), (0, county, home, day)}
    return found


def _returns() -> Select[Any]:
    p, r = payment.c, payment_return.c
    day = raw_column(source_file.c.arrived_on)
    return (
        select(batch.c.programme_id, cut(raw_column(p.region_code), 9), r.home, day)
        .join_from(payment_return, payment, p.payment_id == r.payment_id)
        .join(batch, batch.c.batch_id == p.batch_id)
        .join(source_file, source_file.c.file_id == r.file_id)
        .distinct()
    )


def _stages() -> Select[Any]:
    v = stage_visit.c
    day = raw_column(source_file.c.arrived_on)
    return (
        select(v.programme_id, cut(raw_column(v.region_code), 9), v.home, day)
        .join_from(stage_visit, source_file, source_file.c.file_id == v.file_id)
        .distinct()
    )

"""How many cases came to stand where, day by day, from their stays and from the batches that pay them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, literal, select

from store.arrays import listed
from store.intake.standings import AT_ONCE, FIRST, Periods, add, spread, standing
from store.models.approvals import Sums, nothing
from store.models.claims import claim
from store.models.columns import raw_column
from store.models.derived import Difference
from store.models.figures import COUNTY, TOWN, claim_sum
from store.models.folding import cut
from store.models.standing import cut_place
from store.services.comparing import compared, raw_rows, streamed

DERIVED = "claim_sum"
KEYS = [column.name for column in claim_sum.columns if column.primary_key]


def differences(connection: Connection) -> Iterator[Difference]:
    """Sums that are not those of the cases; those of a county behind those of all its towns."""
    t, periods = claim_sum.c, Periods()
    stored: dict[int, set[int]] = defaultdict(set)
    for digits, place in connection.execute(select(t.digits, t.place).distinct()):
        stored[digits].add(place)
    for digits in stored.keys() - {COUNTY, TOWN}:
        yield from _compared(connection, t.digits == digits, [])
    towns: dict[int, set[int]] = {county: set() for county in stored[COUNTY]}
    for town in {*stored[TOWN], *_towns(connection)}:
        towns.setdefault(cut_place(town, COUNTY), set()).add(town)
    for county in sorted(towns):
        sums = nothing()
        for town in sorted(towns[county]):
            found = _of(connection, town, periods)
            sums = sums.and_those(found)
            yield from _compared(connection, _here(TOWN, town), _rows(found, periods, TOWN))
        yield from _compared(connection, _here(COUNTY, county), _rows(sums, periods, COUNTY))


def _here(digits: int, place: int) -> Any:
    return (claim_sum.c.digits == digits) & (claim_sum.c.place == place)


def _compared(connection: Connection, here: Any, recomputed: list[tuple[Any, ...]]) -> Iterator[Difference]:
    stored = streamed(connection, raw_rows(claim_sum).where(here))
    yield from compared(DERIVED, len(KEYS), stored, recomputed)


def _rows(sums: Sums, periods: Periods, digits: int) -> list[tuple[Any, ...]]:
    columns = spread(sums, periods, digits)
    return sorted(zip(*(listed(columns[name]) for name in (*KEYS, "count", "amount")), strict=True))


def mend(connection: Connection) -> None:
    """Sum all of it up anew."""
    connection.execute(delete(claim_sum))
    periods = Periods()
    for town in _towns(connection):
        add(connection, _of(connection, town, periods), periods)


def _towns(connection: Connection) -> list[int]:
    """The places of cases, cut at nine digits, in order."""
    town = cut(raw_column(claim.c.region_code), TOWN)
    return sorted(connection.scalars(select(town).distinct()))


def _of(connection: Connection, town: int, periods: Periods) -> Sums:
    """The sums of a town's cases, not too many of which are looked at together."""
    region, sums = raw_column(claim.c.region_code), nothing()
    unit = 10 ** (12 - TOWN) * 100
    here = region == town if town % 100 < TOWN else (region >= town) & (region < town // unit * unit + unit)
    last = -1
    while True:
        more = select(claim.c.claim_id).where(here, claim.c.claim_id > last)
        ids = list(connection.scalars(more.order_by(claim.c.claim_id).limit(AT_ONCE)))
        if not ids:
            return sums
        some = claim.c.claim_id.between(ids[0], ids[-1])
        concerned = select(claim.c.claim_id, literal(FIRST).label("since")).where(here, some).subquery()
        sums = sums.and_those(standing(connection, concerned, periods))
        last = ids[-1]

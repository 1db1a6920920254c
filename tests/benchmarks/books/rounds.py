"""The batches of the books: a programme, a county and a month each, with the people it pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tests.benchmarks.books.city import City, bank_of, unit_of
from tests.benchmarks.books.people import Ints, People

HEADER = (
    "batch_no,programme_code,period,region_code,unit_code,bank_code,pay_by,submitted_on,count,amount,"
    "voucher_no,account_no,created_on,approved_on"
)
SIZE = 8_000  # 5,000 batches in 40 million payments
MONTHS = 24
LATE = 50  # one batch in so many goes to the bank late, or, of the last month, not at all


@dataclass(frozen=True)
class Batch:
    """One batch: its number, what it pays to whom, and when."""

    number: str
    programme: str
    fen: int
    county: int
    period: str
    pay_by: date
    submitted: date | None
    members: Ints  # places of people, ascending


def make_batch(
    rng: np.random.Generator, city: City, people: People, first: int, size: int, payments: int, last: date
) -> Batch:
    """The batch of so many payments from the `first` on, of the month that these fall into."""
    at, batches = first // SIZE, max(1, payments // SIZE)
    counties = len(city.counties)
    county = at % counties
    programme, fen = city.programmes[at // counties % len(city.programmes)]
    month = last.year * 12 + last.month - 1 - (MONTHS - 1 - min(at, batches - 1) * MONTHS // batches)
    year, place = divmod(month, 12)
    pay_by = date(year, place + 1, 10 + at % 15)
    submitted = pay_by - timedelta(days=4)
    late = at % LATE == LATE - 1
    if late:
        submitted += timedelta(days=int(rng.integers(6, 25)))
    low, high = int(people.start[county]), int(people.start[county + 1])
    members = np.sort(rng.integers(low, high, size))
    return Batch(
        f"PC{year}{place + 1:02d}{first:09d}",
        programme,
        fen,
        county,
        f"{year}-{place + 1:02d}",
        pay_by,
        None if late and submitted > last else submitted,
        members,
    )


def batch_line(batch: Batch, city: City, count: int, fen: int) -> str:
    """The line of a batch; `count` and `fen` are its control totals."""
    county = city.counties[batch.county]
    submitted = batch.submitted or ""
    made = batch.pay_by - timedelta(days=12)
    return (
        f"{batch.number},{batch.programme},{batch.period},{county},{unit_of(county)},{bank_of(0)},"
        f"{batch.pay_by},{submitted},{count},{fen / 100:.2f},PZ{batch.number[2:]},62299900{county},"
        f"{made},{made + timedelta(days=4)}"
    )

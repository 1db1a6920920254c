"""The payments of a file of the books, what the bank answered to each, and the reissues of what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from seeds.world.reasons import WORDINGS
from tests.benchmarks.books.city import City
from tests.benchmarks.books.people import Ints, People
from tests.benchmarks.books.rounds import Batch

PAYMENTS = (
    "payment_no,batch_no,person_id,name,card_no,amount,region_code,reissue_of,case_no,payee_id,payee_name,"
    "payee_relation,nature"
)
RETURNS = "payment_no,result,reason,settled_at,bank_serial"
FAILING = 0.0075
BOUNCING = 0.0006
LINGERING = 0.0002
REISSUED = 0.8  # of what failed
CLAIMED = 20  # one payment in so many names its case
PAYEE = 37  # one payment in so many goes to another's account
SPREAD = 10**12
STEP = 387_420_489_413  # shares no factor with SPREAD: each number is met once
CLOCK = 60


@dataclass(frozen=True)
class Numbers:
    """How payments are numbered: in the order of the files, or scattered over all numbers there are."""

    scattered: bool

    def of(self, places: Ints) -> list[str]:
        """The numbers of the payments at some places among all."""
        if self.scattered:
            return [f"ZF{place * STEP % SPREAD:012d}" for place in places.tolist()]
        return [f"ZF{place:012d}" for place in places.tolist()]


@dataclass
class Lines:
    """The lines of one file of payments and of the file of their returns."""

    payments: list[str]
    returns: list[str]
    cases: list[tuple[str, Batch, int]]  # the case, its batch and its person


def amounts(rng: np.random.Generator, batch: Batch, at: int, count: int) -> Ints:
    """What each is paid, in fen: one sum for all, or as many units as each has."""
    if at % 2:
        return np.full(count, batch.fen, dtype=np.int64)
    return np.maximum(1, batch.fen * rng.integers(30, 900, count) // 100)


def regular(
    lines: Lines, city: City, people: People, batch: Batch, first: int, fen: Ints, numbers: Numbers
) -> list[str]:
    """Write the lines of a batch; returns their numbers."""
    count = len(batch.members)
    places = np.arange(first, first + count)
    own = numbers.of(places)
    case = [f"SB{place // CLAIMED:010d}" if place % CLAIMED == 0 else "" for place in places.tolist()]
    who = batch.members.tolist()
    lines.cases += [(no, batch, person) for no, person in zip(case, who, strict=True) if no]
    cells, villages = people.cells, city.villages
    homes = people.village[batch.members].tolist()
    lines.payments += [
        f"{no},{batch.number},{cells[person]},{sum_ // 100}.{sum_ % 100:02d},{villages[home]},,{claim}"
        f"{_payee(people, person) if place % PAYEE == 0 else ',,,,'}"
        for place, no, person, sum_, home, claim in zip(
            range(first, first + count), own, who, fen.tolist(), homes, case, strict=True
        )
    ]
    return own


def _payee(people: People, person: int) -> str:
    other = person - 1 if person else 1
    return f",{people.ids[other]},{people.names[other]},父母,normal"


def answers(
    lines: Lines, rng: np.random.Generator, batch: Batch, own: Sequence[str], last: date
) -> list[int]:
    """Write what the bank answered to a batch; returns which of its payments failed."""
    if batch.submitted is None or batch.submitted + timedelta(days=2) > last:
        return []
    settled = batch.submitted + timedelta(days=2)
    clock = [
        f"{datetime(settled.year, settled.month, settled.day, 9 + n // 12, n % 60, n)}" for n in range(CLOCK)
    ]
    serial = f"{batch.number[2:]}"
    found = [f"{no},success,,{clock[n % CLOCK]},{serial}{n:06d}" for n, no in enumerate(own)]
    chance = rng.random(len(own))
    failed = np.flatnonzero(chance < FAILING).tolist()
    for n, word in zip(failed, _words(rng, len(failed)), strict=True):
        found[n] = f"{own[n]},failure,{word},{clock[n % CLOCK]},{serial}{n:06d}"
    for n in np.flatnonzero(chance > 1 - LINGERING).tolist():
        found[n] = f"{own[n]},pending,,{clock[n % CLOCK]},"
    bounced = np.flatnonzero((chance > 0.5) & (chance < 0.5 + BOUNCING)).tolist()
    later = settled + timedelta(days=3)
    for n, word in zip(bounced, _words(rng, len(bounced)), strict=True):
        found.append(f"{own[n]},bounced,{word},{later} 11:{n % 60:02d}:00,{serial}{n:06d}T")
    lines.returns += found
    return sorted({*failed, *bounced})


def reissue(
    lines: Lines,
    city: City,
    people: People,
    batch: Batch,
    first: int,
    failed: Sequence[tuple[str, int, int]],
    numbers: Numbers,
) -> list[str]:
    """Write payments that pay again what failed (its number, person and fen); returns their numbers."""
    own = numbers.of(np.arange(first, first + len(failed)))
    homes = people.village
    lines.payments += [
        f"{no},{batch.number},{people.cells[person]},{fen // 100}.{fen % 100:02d},"
        f"{city.villages[int(homes[person])]},{original},,,,,reissue"
        for no, (original, person, fen) in zip(own, failed, strict=True)
    ]
    return own


def _words(rng: np.random.Generator, count: int) -> list[str]:
    weights = np.array([weight for weight, _ in WORDINGS.values()])
    kinds = [words for _, words in WORDINGS.values()]
    chosen = rng.choice(len(kinds), count, p=weights / weights.sum()).tolist()
    which = rng.integers(0, 1 << 20, count).tolist()
    return [kinds[kind][at % len(kinds[kind])] for kind, at in zip(chosen, which, strict=True)]

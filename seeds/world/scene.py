"""What every part of the made-up world looks at, and the books that the parts keep together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from seeds.world.chance import Chance
from seeds.world.days import Days
from seeds.world.draws import Draw
from seeds.world.people import Ints, People
from seeds.world.places import Places
from seeds.world.programmes import Programme
from seeds.world.rounds import Batch
from seeds.world.units import Units, account
from seeds.world.wallet import Wallet
from seeds.world.writing import Output


@dataclass(frozen=True)
class Scene:
    """The world as it is laid out before anything happens in it."""

    chance: Chance
    days: Days
    places: Places
    units: Units
    programmes: dict[str, Programme]
    limits: dict[tuple[str, str], tuple[int, str]]
    people: People
    draws: dict[str, Draw]
    wallet: Wallet
    output: Output

    @property
    def today(self) -> date:
        """The last day of the world."""
        return self.chance.today

    @cached_property
    def homes(self) -> list[str]:
        """The village code of each person."""
        return [self.people.villages[n] for n in self.people.village.tolist()]

    @cached_property
    def towns(self) -> Ints:
        """The place in `places.towns` of each person's town."""
        order = {town: n for n, town in enumerate(self.places.towns)}
        of_village = np.array([order[village[:9]] for village in self.people.villages], dtype=np.int64)
        return np.asarray(of_village[self.people.village])

    def limit(self, programme: str, stage: str) -> tuple[int, str]:
        """The limit of a stage and its unit."""
        return self.limits.get((programme, stage)) or self.limits["*", stage]


@dataclass(frozen=True)
class Failure:
    """A payment that came back, as those who cure it see it."""

    payment_no: str
    batch: Batch
    person: int
    fen: int
    on: date
    reason: str


@dataclass
class Books:
    """What adds up while the year goes by; all money is fen."""

    flows: dict[str, dict[date, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    vouchers: list[tuple[str, Batch, int, date]] = field(default_factory=list)
    planned: list[tuple[Batch, int, date]] = field(default_factory=list)
    refunds: list[tuple[Failure, int, date]] = field(default_factory=list)
    reissued: dict[str, list[int]] = field(default_factory=dict)
    reissue_batches: dict[str, tuple[Batch, date]] = field(default_factory=dict)
    cured: list[tuple[Failure, date]] = field(default_factory=list)
    open_failures: list[Failure] = field(default_factory=list)
    noticed: set[tuple[str, str, str]] = field(default_factory=set)
    serial: int = 0
    pulled: int = 0
    orphans: int = 0
    parted: int = 0
    cases: int = 0

    def flow(self, batch: Batch, day: date, fen: int) -> None:
        """Money into the batch's agent account, or out of it."""
        self.flows[account(batch.region, batch.bank)][day] += fen

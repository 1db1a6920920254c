"""The cards of the made-up world: who holds which, who keeps them for others, and how they end."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from seeds.world.chance import Chance
from seeds.world.draws import county_code
from seeds.world.numbers import card_number, card_numbers
from seeds.world.people import People
from seeds.world.units import BANKS, bank
from seeds.world.writing import Output, joined


@dataclass
class Wallet:
    """The card that each person is paid on, and how a payment line names the person; both change."""

    people: People
    banks: list[int]
    numbers: list[str]
    holders: list[str]
    issued: dict[int, date] = field(default_factory=dict)
    status: dict[int, str] = field(default_factory=dict)
    closed: list[tuple[str, int]] = field(default_factory=list)
    fresh: int = 0

    def replace(self, person: int, day: date) -> None:
        """Close a person's card and give another."""
        self.closed.append((self.numbers[person], person))
        self.fresh += 1
        self.numbers[person] = card_number(self.banks[person] + 51, self.fresh)
        self.holders[person] = _holder(self.people, person, self.numbers[person])
        self.issued[person] = day
        self.status.pop(person, None)


def _holder(people: People, person: int, card: str) -> str:
    return f"{people.ids[person]},{people.names[person]},{card},"


def make_wallet(chance: Chance, people: People) -> Wallet:
    """A card for everybody; those of children are not used."""
    rng = chance.many("cards")
    banks = rng.choice(len(BANKS), len(people), p=[0.55, 0.3, 0.15]).astype(np.int64)
    serial = (np.arange(len(people)) * 7_654_321 + int(rng.integers(0, 10**8))) % 10**8
    numbers = card_numbers(banks + 11, serial.astype(np.int64))
    holders = [_holder(people, person, card) for person, card in enumerate(numbers)]
    old = np.flatnonzero((people.age >= 75) & (people.role == 1)).tolist()
    for person in chance.one("borrowed").sample(old, min(len(old), max(2, len(people) // 4000))):
        # Paid to the card of the head of the household, though the programme pays the person.
        holders[person] = _holder(people, person, numbers[int(people.head[person])])
    return Wallet(people, banks.tolist(), numbers, holders)


def write_cards(chance: Chance, wallet: Wallet, output: Output) -> None:
    """Write every card: the living ones, the closed ones, and a few that nobody should have."""
    stream, people, today = chance.one("keepers"), wallet.people, chance.today
    weak = (people.tags["destitute"] | (people.tags["disabled"] & (people.age >= 70))).tolist()
    roll = chance.many("card days").integers(400, 3200, len(people)).tolist()
    youth = (people.age < 16).tolist()
    counties = people.county.tolist()
    lines: list[str] = []
    for person, number in enumerate(wallet.numbers):
        if youth[person]:
            continue
        where = bank(county_code(counties[person]), wallet.banks[person])
        issued = wallet.issued.get(person) or today - timedelta(days=roll[person])
        keeper = _keeper(stream, people, person, today) if weak[person] and stream.random() < 0.25 else ",,,,"
        status = wallet.status.get(person, "normal")
        lines.append(f"{number},{people.ids[person]},{where},{status},{issued},{keeper}")
        if stream.random() < 0.003:
            second = card_number(wallet.banks[person] + 71, person % 10**8)
            lines.append(f"{second},{people.ids[person]},{where},normal,{issued + timedelta(days=90)},,,,,")
    for number, person in wallet.closed:
        where = bank(county_code(counties[person]), wallet.banks[person])
        issued = today - timedelta(days=roll[person])
        lines.append(f"{number},{people.ids[person]},{where},closed,{issued},,,,,")
    output.lines("cards", lines)


def _keeper(stream: random.Random, people: People, person: int, today: date) -> str:
    other = (person + 1) % len(people)
    relation = stream.choice(("亲属", "亲属", "村社区", "养老机构"))
    if stream.random() < 0.12:
        return joined((people.ids[other], relation, None, None, None))
    agreed = today - timedelta(days=stream.randint(60, 700))
    until = agreed + timedelta(days=730 if stream.random() < 0.9 else 50)
    return joined((people.ids[other], relation, agreed, until, f"DG{agreed.year}{person:06d}"))

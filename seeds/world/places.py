"""The places of the made-up world: Neijiang, its counties, and the towns and villages where people draw."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cached_property

from seeds.reference import reference_file
from seeds.world.chance import Chance

CITY = "5110"
# Shares of the people; 资中 is the largest, and the one whose mornings look worst.
COUNTIES = {"511002": 0.17, "511011": 0.22, "511024": 0.17, "511025": 0.27, "511083": 0.17}
TROUBLED = "511025"


@dataclass(frozen=True)
class Places:
    """Names by code, and the villages that are lived in, in order of their codes."""

    names: dict[str, str]
    villages: tuple[str, ...]

    @cached_property
    def towns(self) -> tuple[str, ...]:
        """The towns of those villages."""
        return tuple(dict.fromkeys(village[:9] for village in self.villages))

    def of(self, code: str) -> tuple[str, ...]:
        """The lived-in villages below a code."""
        return tuple(village for village in self.villages if village.startswith(code))


def read_names() -> dict[str, str]:
    """Every place of Neijiang, with the province above it."""
    with gzip.open(reference_file("regions"), "rt", encoding="utf-8") as file:
        pairs = (line.rstrip("\n").split(",", 1) for line in file)
        return {code: name for code, name in pairs if code == "51" or code.startswith(CITY)}


def choose(chance: Chance) -> Places:
    """The more payments, the more towns and villages are lived in."""
    names = read_names()
    stream = chance.one("places")
    town_count = max(6, chance.payments // 12_000)
    village_count = max(3, chance.payments // 40_000)
    villages: list[str] = []
    for county in COUNTIES:
        towns = [code for code in names if len(code) == 9 and code.startswith(county)]
        for town in sorted(stream.sample(towns, min(town_count, len(towns)))):
            below = [code for code in names if len(code) == 12 and code.startswith(town)]
            villages += sorted(stream.sample(below, min(village_count, len(below))))
    return Places(names, tuple(villages))

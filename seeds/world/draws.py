"""Who draws what in the made-up world, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from seeds.world.chance import Chance
from seeds.world.people import GRANDCHILD, HEAD, Bools, Ints, People, ages_on
from seeds.world.periods import Period
from seeds.world.places import COUNTIES
from seeds.world.programmes import Programme, rate

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Draw:
    """The members of a programme, ordered, with a quantity in hundredths, or an amount in fen."""

    members: Ints
    quantity: Ints | None
    free: Ints | None

    def of(self, county: int, people: People) -> npt.NDArray[np.intp]:
        """The places, among the members, of those of a county."""
        return np.flatnonzero(people.county[self.members] == county)


def _selected(people: People, rng: np.random.Generator) -> dict[str, Bools]:
    """A mask for each programme; programmes that exclude each other share no one."""
    tag, age, count = people.tags, people.age, len(people)
    head, rural, adult = people.role == HEAD, people.rural, people.age >= 18
    poor_head = head & tag["subsistence"]
    farmer = head & rural & adult
    disabled = tag["disabled"] & ~tag["destitute"] & ~tag["orphan"] & (age >= 16)
    post, luck = rng.random(count), rng.random((14, count))
    family = rng.random(count)
    worker = tag["former_poor"] & (age >= 19) & (age <= 64)
    return {
        "NY01": farmer & (luck[0] < 0.85),
        "NY02": farmer & (age < 70) & (luck[1] < 0.02),
        "NY04": farmer & (luck[0] < 0.6),
        "NY15": rural & (age >= 30) & (age <= 60) & (post > 0.97),
        "LC03": farmer & (luck[2] < 0.12),
        "LC05": farmer & (luck[3] < 0.15),
        "LC06": worker & (post < 0.12),
        "MZ01": poor_head & ~rural,
        "MZ02": poor_head & rural,
        "MZ03": tag["destitute"],
        "MZ05": tag["destitute"] & (luck[4] < 0.4),
        "MZ06": tag["orphan"],
        "MZ09": disabled & tag["subsistence"],
        "MZ10": disabled & (luck[5] < 0.6),
        "MZ11": age >= 80,
        "CL01": tag["disabled"] & adult & (luck[6] < 0.06),
        "WJ01": rural & (age >= 60) & (family < 0.10),
        "WJ02": rural & (age >= 50) & (family > 0.985),
        "TY01": tag["veteran"] & (luck[7] < 0.2),
        "TY06": tag["veteran"] & rural & (age >= 60) & (luck[7] >= 0.2),
        "TY08": farmer & (age < 65) & (luck[8] < 0.03),
        "JY01": people.guarded & (age >= 6) & (age <= 14) & (luck[9] < 0.4),
        "JY03": tag["student"] & (age >= 16) & (luck[10] < 0.35),
        "JY04": tag["student"] & (age >= 16) & (luck[10] > 0.7),
        "XZ01": head & tag["former_poor"] & (luck[11] < 0.08),
        "XZ02": worker & (luck[12] < 0.3),
        "RS01": worker & (post > 0.7) & (post <= 0.97),
        "SL01": rural & adult & (luck[13] < 0.05),
        "ZZ01": rural & (age >= 80) & (luck[11] < 0.05),
        "YJ01": farmer & (luck[13] > 0.93),
        # Those of whom some ask every week, or twice a year.
        "MZ13": head & adult & (luck[8] > 0.5),
        "NY09": farmer & (age < 72),
        "ZJ01": farmer & (luck[2] > 0.9),
    }


def _measured(code: str, count: int, people: People, members: Ints, rng: np.random.Generator) -> Ints | None:
    """Quantities in hundredths: mu, terms, months; None where amounts are free."""
    one = np.full(count, 100, dtype=np.int64)
    tenths = rng.integers(8, 95, count)
    match code:
        case "NY01" | "LC05":
            return np.asarray(tenths * 10, dtype=np.int64)
        case "NY04" | "LC03":
            return np.asarray(tenths // 2 * 10 + 10, dtype=np.int64)
        case "NY02":
            return np.asarray(5000 + tenths * 60, dtype=np.int64)
        case "NY15" | "LC06":
            return one // 4
        case "WJ02":
            return one * 6
        case "TY06":
            return one * rng.integers(2, 9, count)
        case "JY01":
            return np.where(people.age[members] >= 12, 120, 100).astype(np.int64)
        case "JY03":
            return one * rng.integers(1, 4, count) // 2
        case "XZ02":
            return one * rng.integers(1, 3, count)
        case "YJ01":
            return one * np.bincount(people.household)[people.household[members]]
        case "MZ01" | "MZ02" | "MZ13" | "NY09" | "TY01":
            return None
    return one


def _free(code: str, count: int, people: People, members: Ints, rng: np.random.Generator) -> Ints:
    """Amounts in fen where no rate makes them."""
    match code:
        case "MZ01" | "MZ02":
            mouths = np.bincount(people.household)[people.household[members]]
            return np.asarray(mouths * rng.integers(180, 470, count) * 100, dtype=np.int64)
        case "MZ13":
            return np.asarray(rng.integers(8, 49, count) * 10_000, dtype=np.int64)
        case "NY09":
            return np.asarray(rng.choice([36000, 52000, 90000, 240000, 1120000], count), dtype=np.int64)
    return np.asarray(rng.integers(90, 260, count) * 1000, dtype=np.int64)


def make_draws(chance: Chance, people: People, programmes: dict[str, Programme]) -> dict[str, Draw]:
    """The draw of every programme that pays, with a few who should not be in it."""
    rng = chance.many("draws")
    selected = _selected(people, rng)
    _intrude(selected, people, chance)
    draws: dict[str, Draw] = {}
    for code, mask in selected.items():
        assert code in programmes
        members = np.flatnonzero(mask).astype(np.int64)
        quantity = _measured(code, len(members), people, members, rng)
        free = _free(code, len(members), people, members, rng) if quantity is None else None
        draws[code] = Draw(members, quantity, free)
    return draws


def _intrude(selected: dict[str, Bools], people: People, chance: Chance) -> None:
    """Let a few people into two programmes that exclude each other, or into one that is not for them."""
    few = max(2, len(people) // 4000)
    stream = chance.one("intruders")

    def some(mask: Bools) -> list[int]:
        found = np.flatnonzero(mask).tolist()
        return stream.sample(found, min(few, len(found)))

    for person in some(selected["MZ03"]):
        selected["MZ10"][person] = True
    for person in some(selected["LC06"]):
        selected["RS01"][person] = True
    for person in some((people.age >= 30) & ~people.tags["student"] & (people.role != GRANDCHILD)):
        selected["JY04"][person] = True
    for person in some(selected["WJ01"]):
        selected["WJ02"][person] = True


def due_in(
    draw: Draw, county: int, people: People, programme: Programme, period: Period
) -> npt.NDArray[np.intp]:
    """The places, among the members, of those of a county who draw in a period."""
    at = draw.of(county, people)
    who = draw.members[at]
    ages = ages_on(people.born[who], period.first)
    kept = (
        (ages >= programme.age_min)
        & (ages <= programme.age_max)
        & (people.paid_until[who] >= period.first.toordinal())
    )
    return np.asarray(at[kept])


def amounts(
    draw: Draw, at: npt.NDArray[np.intp], programme: Programme, county: str, period: Period, today: date
) -> Ints:
    """The fen that the members at these places draw."""
    if draw.quantity is None:
        assert draw.free is not None
        return draw.free[at]
    return np.asarray(draw.quantity[at] * rate(programme, county, period.first, today) // 100, dtype=np.int64)


def county_code(number: int) -> str:
    """The code of a county by its place in `COUNTIES`."""
    return tuple(COUNTIES)[number]

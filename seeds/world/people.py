"""The people of the made-up world: households in villages, with ages, tags and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from seeds.world.chance import Chance
from seeds.world.names import people_names
from seeds.world.numbers import citizen_ids
from seeds.world.places import COUNTIES, Places

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

HEAD, SPOUSE, CHILD, GRANDCHILD = range(4)
TAGS = ("subsistence", "destitute", "disabled", "orphan", "elderly", "veteran", "former_poor", "student")
STATUSES = ("normal", "dead", "moved_out", "imprisoned", "missing")
PAYMENTS_EACH = 9.0  # a year, on average; measured, and kept by a test
NEVER = 10**7  # a day number after every other


@dataclass(frozen=True)
class People:
    """Columns with one entry for each person, ordered by village; days are ordinals."""

    villages: tuple[str, ...]
    village: Ints
    county: Ints
    household: Ints
    role: Ints
    head: Ints
    born: Ints
    male: Bools
    age: Ints
    rural: Bools
    tags: dict[str, Bools]
    status: Ints
    status_on: Ints
    paid_until: Ints
    guarded: Bools
    ids: list[str]
    names: list[str]
    phones: list[str]

    def __len__(self) -> int:
        return len(self.ids)

    def region(self, person: int) -> str:
        """The village in which a person lives."""
        return self.villages[int(self.village[person])]


def ages_on(born: Ints, day: date) -> Ints:
    """Full years on a day, of birth dates YYYYMMDD."""
    return np.asarray(day.year - born // 10_000 - (born % 10_000 > day.month * 100 + day.day), dtype=np.int64)


def _packed(days: npt.NDArray[np.datetime64]) -> Ints:
    text = np.datetime_as_string(days.astype("datetime64[D]"))
    return np.asarray(np.char.replace(text, "-", ""), dtype=np.int64)


def _households(rng: np.random.Generator, places: Places, count: int) -> tuple[Ints, Ints, Ints]:
    """Village, household and place within it for each person."""
    homes = max(len(places.villages), round(count / 2.15))
    share = np.array([COUNTIES[v[:6]] / len(places.of(v[:6])) for v in places.villages])
    village_of = np.sort(rng.choice(len(places.villages), homes, p=share / share.sum()))
    size = rng.choice([1, 2, 3, 4], homes, p=[0.28, 0.41, 0.19, 0.12])
    household = np.repeat(np.arange(homes), size)
    place = np.arange(len(household)) - np.repeat(np.cumsum(size) - size, size)
    return village_of[household].astype(np.int64), household.astype(np.int64), place.astype(np.int64)


def make_people(chance: Chance, places: Places) -> People:
    """About as many people as the payments of the world need."""
    rng = chance.many("people")
    village, household, role = _households(rng, places, round(chance.payments / PAYMENTS_EACH))
    count = len(village)
    person = np.arange(count)
    head = person - role
    alone = np.bincount(household)[household] == 1

    head_age = rng.triangular(34, 78, 96, count)[head]
    offsets = np.select(
        [role == HEAD, role == SPOUSE, role == CHILD],
        [np.zeros(count), rng.normal(-1, 3, count), -rng.uniform(24, 34, count)],
        -rng.uniform(44, 62, count),
    )
    age = np.clip(head_age + offsets, 0.2, 104)
    # Most who live with an old couple are grandchildren at school.
    young = (role >= CHILD) & (rng.random(count) < 0.6)
    age[young] = rng.uniform(5.5, 18.9, int(young.sum()))
    role = np.where(young, GRANDCHILD, role)
    born = _packed(np.datetime64(chance.today, "D") - (age * 365.2425).astype("timedelta64[D]"))
    years = ages_on(born, chance.today)

    male = rng.random(count) < 0.5
    male = np.where(role == SPOUSE, ~male[head], male)
    surname = rng.integers(0, 1 << 30, count)
    surname = np.where(role == SPOUSE, surname, surname[head])
    rural = np.array([v[6] != "0" for v in places.villages])[village]
    draw = rng.random((7, count))
    poor = (draw[0] < 0.34)[head]
    destitute = alone & (years >= 60) & (draw[1] < 0.6)
    orphan = (role == GRANDCHILD) & (years < 18) & (draw[2] < 0.14)
    tags = {
        "subsistence": poor & ~destitute & ~orphan,
        "destitute": destitute,
        "disabled": draw[3] < 0.17,
        "orphan": orphan,
        "elderly": years >= 80,
        "veteran": male & (years >= 40) & (draw[4] < 0.17),
        "former_poor": rural & (draw[5] < 0.35)[head],
        "student": (years >= 6) & (years <= 19),
    }
    status, status_on, paid_until = _fates(rng, years, chance.today)
    counties = list(COUNTIES)
    county = np.array([counties.index(v[:6]) for v in places.villages])[village].astype(np.int64)
    # 154 has been given to no operator: nobody is rung up by a demonstration.
    mixed = (person * 7_654_321 + int(rng.integers(0, 10_000_000))) % 10_000_000  # coprime: all differ
    phones = [f"1540{n:07d}" for n in mixed.tolist()]
    for place in np.flatnonzero((years < 16) | (rng.random(count) < 0.02)).tolist():
        phones[place] = ""
    _share_a_phone(phones, village, years)
    return People(
        villages=places.villages,
        village=village,
        county=county,
        household=household,
        role=role,
        head=head,
        born=born,
        male=male,
        age=years,
        rural=rural,
        tags=tags,
        status=status,
        status_on=status_on,
        paid_until=paid_until,
        guarded=(years < 18) & (role >= CHILD),
        ids=citizen_ids(county + 1, born, male),
        names=people_names(rng, surname, male),
        phones=phones,
    )


def _fates(rng: np.random.Generator, years: Ints, today: date) -> tuple[Ints, Ints, Ints]:
    """Who died, moved, was imprisoned or is missing, since when, and until when they are still paid."""
    count = len(years)
    fate = rng.random(count)
    old = years >= 60
    status = np.select(
        [old & (fate < 0.025), fate > 0.996, (fate > 0.995) & ~old & (years > 18), fate > 0.9945],
        [1, 2, 3, 4],
        0,
    ).astype(np.int64)
    since = today.toordinal() - rng.integers(3, 400, count)
    lingers = rng.random(count) < 0.15
    until = np.where(lingers, since + rng.integers(45, 150, count), since)
    gone = status > 0
    return status, np.where(gone, since, NEVER), np.where(gone, until, NEVER)


def _share_a_phone(phones: list[str], village: Ints, years: Ints) -> None:
    """In one village, eight old people have left the same number."""
    old = np.flatnonzero((village == village[len(village) // 2]) & (years >= 65))[:8].tolist()
    for place in old:
        phones[place] = phones[old[0]]

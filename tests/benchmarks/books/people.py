"""The people of the books: an ID, a name and a card that pass every check, and the village of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seeds.world.names import SURNAMES, people_names
from seeds.world.numbers import card_numbers, citizen_ids

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """Everybody who is paid, village by village: ready cells `id,name,card`, and where each lives."""

    cells: list[str]
    ids: list[str]
    names: list[str]
    village: Ints  # a place in the list of villages, ascending
    start: Ints  # by county the first of its people; one more at the end


def make_people(rng: np.random.Generator, count: int, villages: list[str], counties: list[str]) -> People:
    """So many people over the villages, which are in the order of their codes."""
    village = np.sort(rng.integers(0, len(villages), count))
    county_of = np.array([counties.index(code[:6]) for code in villages])
    male = rng.random(count) < 0.5
    born = rng.integers(1935, 2020, count) * 10_000
    born += rng.integers(1, 13, count) * 100 + rng.integers(1, 29, count)
    ids = citizen_ids(county_of[village] + 1, born, male)
    names = people_names(rng, rng.integers(0, len(SURNAMES), count), male)
    cards = card_numbers(rng.integers(11, 14, count), rng.permutation(count).astype(np.int64) + 10**7)
    cells = [f"{i},{name},{card}" for i, name, card in zip(ids, names, cards, strict=True)]
    start = np.searchsorted(county_of[village], np.arange(len(counties) + 1))
    return People(cells, ids, names, village, start)

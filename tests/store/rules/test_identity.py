"""Rules on citizen IDs and the people behind them: which payments they name, and which they leave alone."""

from __future__ import annotations

import pytest

from store.identity import id_check
from tests.builders import citizen_id
from tests.store.rules.conftest import World

LEAP_17 = "51102520000229101"
BAD_BIRTH_17 = "51102520010229101"
OLD = citizen_id(5)[:6] + citizen_id(5)[8:17]


def test_numbers_that_are_none(world: World) -> None:
    right = citizen_id(1)
    swapped = right[:8] + right[9] + right[8] + right[10:]
    world.batch("B1")
    world.payment("right", "B1", 1)
    world.payment("short", "B1", right[:17])
    world.payment("long", "B1", right + "1")
    world.payment("check", "B1", right[:17] + ("0" if right[17] != "0" else "1"))
    world.payment("swapped", "B1", swapped)
    world.payment("letters", "B1", "51102519A00101001X")
    world.payment("birth", "B1", BAD_BIRTH_17 + id_check(BAD_BIRTH_17))
    world.payment("leap", "B1", LEAP_17 + id_check(LEAP_17))
    world.taken()
    assert world.hits("PRE-001", "PRE-002", "PRE-003") == {
        "PRE-001": ["long", "short"],
        "PRE-002": ["check", "letters", "swapped"],
        "PRE-003": ["birth"],
    }


def test_nobody_is_listed_before_birth_but_on_the_day(world: World) -> None:
    born = {no: f"511025{day}001" for no, day in (("today", "20250930"), ("tomorrow", "20251001"))}
    world.batch("B1")
    for no, first17 in born.items():
        world.payment(no, "B1", first17 + id_check(first17))
    world.taken()
    assert world.hits("PRE-003") == {"PRE-003": ["tomorrow"]}
    assert world.facts("PRE-003")["left"] == {"born": "20251001"}


def test_an_old_number_whose_new_one_is_known(world: World) -> None:
    world.batch("B1")
    world.person(5)
    world.payment("old", "B1", OLD)
    world.payment("unknown", "B1", citizen_id(6)[:6] + citizen_id(6)[8:17])
    world.taken()
    assert world.hits("PRE-001", "PRE-012") == {"PRE-001": ["old", "unknown"], "PRE-012": ["old"]}


def test_names_beside_the_people_that_are_known(world: World) -> None:
    world.batch("B1")
    world.person(1, "何小明")
    world.person(2, "阿依·古丽")
    world.payment("same", "B1", 1, name="何小明")
    world.payment("spaced", "B1", 1, name="何 小明")
    world.payment("dotted", "B1", 2, name="阿依•古丽")
    world.payment("other", "B1", 1, name="何晓明")
    world.payment("nobody", "B1", 3, name="王强")
    world.payment("elsewhere", "B1", 4, name="王强", region_code="511002001")
    world.taken()
    assert world.hits("PRE-005", "PRE-006", "PRE-010") == {
        "PRE-005": ["other"],
        "PRE-006": ["nobody"],
        "PRE-010": [citizen_id(1)],
    }
    facts = world.facts("PRE-005")
    assert facts == {
        "left": {"name": "何晓明"},
        "right": {"name": "何小明"},
        "data_as_of": "2025-09-30",
        "age_days": 0,
    }


@pytest.mark.parametrize(
    ("status_on", "fires"), [("2025-07-31", True), ("2025-08-01", False), ("2025-08-02", False), ("", True)]
)
def test_the_dead_from_the_first_period_that_begins_after(world: World, status_on: str, fires: bool) -> None:
    world.batch("B1")
    world.person(1, status="dead", status_on=status_on)
    world.person(2, status="moved_out", status_on="2025-01-01")
    world.payment("dead", "B1", 1)
    world.payment("moved", "B1", 2)
    world.taken()
    assert world.hits("PRE-007") == {"PRE-007": ["dead"] if fires else []}

"""Rules on who may draw: shared lists by the days of the period, students, and ages on the boundary day."""

from __future__ import annotations

from store.identity import id_check
from tests.builders import citizen_id
from tests.store.rules.conftest import World

KEPT_OUT = {"payroll": "PRE-049", "cadre": "PRE-050", "company": "PRE-059"}


def entry(world: World, kind: str, person: int, since: str, until: str = "", **more: object) -> None:
    own = {"kind": kind, "person_id": citizen_id(person), "effective_on": since, "ended_on": until}
    world.add("lists", **own, data_as_of="2025-09-15", source="县局", **more)


def test_the_dead_and_prisoners_by_the_days_of_the_period(world: World) -> None:
    world.batch("B1")
    world.person(8, status="dead", status_on="2025-09-01")
    days = {1: "2025-07-31", 2: "2025-08-01", 3: "2025-08-02"}
    for number, day in days.items():
        entry(world, "death", number, day)
        world.payment(f"dead-{number}", "B1", number)
    spans = {4: ("2025-08-31", ""), 5: ("2025-09-01", ""), 6: ("2024-01-01", "2025-08-01")}
    spans[7] = ("2024-01-01", "2025-07-31")
    for number, (since, until) in spans.items():
        entry(world, "prison", number, since, until)
        world.payment(f"prison-{number}", "B1", number)
    world.payment("nobody", "B1", 8)
    world.taken()
    assert world.hits("PRE-007", "PRE-046", "PRE-048") == {
        "PRE-007": [],
        "PRE-046": ["dead-1", "dead-2"],
        "PRE-048": ["prison-4", "prison-6"],
    }


def test_lists_that_a_programme_keeps_out_and_one_that_does_not(world: World) -> None:
    world.programme("B", excludes="payroll;cadre;company")
    world.batch("A1")
    world.batch("B1", programme="B")
    for number, kind in enumerate(KEPT_OUT, start=1):
        entry(world, kind, number, "2020-01-01")
        entry(world, kind, number, "2021-01-01")
        entry(world, kind, number + 10, "2020-01-01", "2025-07-31")
        world.payment(f"{kind}-a", "A1", number)
        world.payment(f"{kind}-b", "B1", number)
        world.payment(f"{kind}-over", "B1", number + 10)
    world.taken()
    assert world.hits(*KEPT_OUT.values()) == {rule: [f"{kind}-b"] for kind, rule in KEPT_OUT.items()}
    facts = world.facts("PRE-049")
    assert facts == {
        "left": {"first_on": "2025-08-01"},
        "right": {"effective_on": "2020-01-01", "source": "县局"},
        "data_as_of": "2025-09-15",
        "age_days": 15,
    }


def test_vehicles_by_their_value_and_houses_by_their_number(world: World) -> None:
    world.programme("B", excludes="vehicle;property")
    world.batch("B1", programme="B")
    for number, value in enumerate(("50000.00", "50000.01", ""), start=1):
        entry(world, "vehicle", number, "2020-01-01", value=value)
        world.payment(f"car-{number}", "B1", number)
    for number, houses in ((4, 1), (5, 2)):
        for house in range(houses):
            entry(world, "property", number, "2020-01-01", ref_no=f"证{house}")
        world.payment(f"house-{number}", "B1", number)
    world.taken()
    assert world.hits("PRE-060", "PRE-061") == {"PRE-060": ["car-2"], "PRE-061": ["house-5"]}


def test_students_without_an_enrolment_once_there_is_the_list(world: World) -> None:
    world.programme("S", identities="student")
    world.batch("A1")
    world.batch("S1", "2025T2", "S")
    world.payment("other", "A1", 1)
    for number in (1, 2, 3):
        world.payment(f"student-{number}", "S1", number)
    world.taken()
    assert world.hits("PRE-058") == {"PRE-058": []}
    entry(world, "enrolment", 2, "2025-12-31")
    entry(world, "enrolment", 3, "2020-09-01", "2025-06-30")
    world.taken()
    assert world.hits("PRE-058") == {"PRE-058": ["student-1", "student-3"]}


def test_ages_on_the_first_day_of_the_period(world: World) -> None:
    world.programme("B", age_min=60, age_max=80)
    world.batch("B1", programme="B")
    births = {"sixty": "19650801", "younger": "19650802", "eighty": "19440802", "older": "19440801"}
    for no, born in births.items():
        first17 = f"511025{born}001"
        world.payment(no, "B1", first17 + id_check(first17))
    world.taken()
    assert world.hits("PRE-087", "PRE-088") == {"PRE-087": ["younger"], "PRE-088": ["older"]}

"""Rules on the course of cases, publicity and items: skipped stages, days of notice, what is late."""

from __future__ import annotations

from tests.builders import citizen_id
from tests.store.rules.conftest import World

FULL = ("declare", "village_review", "town_review", "notice", "county_approval")


def case(world: World, no: str, stages: tuple[str, ...], programme: str = "A", **more: object) -> None:
    """A case that was a day in each of the stages, one operator a stage."""
    own = {"case_no": no, "programme_code": programme, "period": "2025-08", "person_id": citizen_id(1)}
    world.add("cases", **own, region_code="511025001", applied_on="2025-08-01")
    for at, stage in enumerate(stages, start=1):
        stay = {"case_no": no, "stage": stage, "unit_code": "U1", "operator_id": f"O{at}"}
        stay |= {"entered_at": f"2025-08-{at:02d} 09:00", "left_at": f"2025-08-{at + 1:02d} 09:00"}
        world.add("stages", **{**stay, "outcome": "passed", **more})


def run(world: World, *rules: str, day: str = "2025-09-30") -> None:
    world.supervise("rules", "run", *rules, "--as-of", day, check=0)


def test_stages_that_were_skipped_where_they_have_a_limit(world: World) -> None:
    world.programme("B")
    for stage in ("town_review", "county_approval"):
        world.add("deadlines", programme_code="*", stage=stage, limit=5, limit_unit="workday")
    world.add("deadlines", programme_code="A", stage="notice", limit=7, limit_unit="day")
    case(world, "full", FULL)
    case(world, "no-town", ("declare", "notice", "county_approval"))
    case(world, "no-notice", ("town_review", "county_approval"))
    case(world, "not-there-yet", ("declare", "notice"))
    case(world, "beyond", ("town_review", "appropriation"))
    case(world, "b-no-notice", ("town_review", "county_approval"), "B")
    case(world, "b-no-town", ("declare", "disbursement"), "B")
    world.taken()
    run(world, "PRE-112")
    assert world.hits("PRE-112") == {"PRE-112": ["b-no-town", "beyond", "no-notice", "no-town"]}


def test_one_operator_in_several_stages_but_those_of_the_village(world: World) -> None:
    case(world, "apart", FULL)
    case(world, "village", ("declare", "village_review"), operator_id="V1")
    case(world, "same", FULL, operator_id="X9")
    case(world, "nobody", FULL, operator_id="")
    world.taken()
    run(world, "WRN-026")
    assert world.hits("WRN-026") == {"WRN-026": ["same"]}
    assert world.facts("WRN-026")["left"] == {"operator_id": "X9", "count": 3}
    world.supervise("rules", "set", "WRN-026", "stages=3", "--programme", "A", "--why", "试", check=0)
    run(world, "WRN-026")
    assert world.hits("WRN-026") == {"WRN-026": []}
    assert world.hits("WRN-026", status="gone") == {"WRN-026": ["same"]}


def test_cases_between_two_stages_from_the_sixth_day_on(world: World) -> None:
    case(world, "waits", ("town_review",))
    case(world, "went-on", ("town_review", "notice", "county_approval", "appropriation"))
    case(world, "returned", ("town_review",), outcome="returned")
    case(world, "in-stage", ("town_review",), left_at="")
    world.taken("2025-08-07")
    run(world, "WRN-060", day="2025-08-07")
    assert world.hits("WRN-060", day="2025-08-07") == {"WRN-060": []}
    run(world, "WRN-060", day="2025-08-08")
    assert world.hits("WRN-060", day="2025-08-08") == {"WRN-060": ["waits"]}


def test_days_of_publicity_with_both_ends(world: World) -> None:
    world.programme("W", notice_days=5, notice_unit="workday")
    spans = {1: ("09-01", "09-07"), 2: ("09-01", "09-06"), 3: ("09-01", "")}
    for village, (since, until) in spans.items():
        own = {"programme_code": "A", "period": "2025-08", "region_code": f"51102500100{village}"}
        world.add("notices", **own, posted_on=f"2025-{since}", ended_on=until and f"2025-{until}")
    own = {"programme_code": "A", "period": "2025-08", "region_code": "511025001004"}
    world.add("notices", **own, posted_on="2025-08-01", ended_on="2025-08-02", round=1)
    world.add("notices", **own, posted_on="2025-08-10", ended_on="2025-08-16", round=2)
    work = {5: ("09-05", "09-11"), 6: ("09-05", "09-10")}
    for village, (since, until) in work.items():
        own = {"programme_code": "W", "period": "2025-08", "region_code": f"51102500100{village}"}
        world.add("notices", **own, posted_on=f"2025-{since}", ended_on=f"2025-{until}")
    world.taken()
    assert world.hits("PRE-108") == {"PRE-108": ["A/2025-08/511025001002/1", "W/2025-08/511025001006/1"]}


def test_batches_without_publicity_in_their_county(world: World) -> None:
    world.programme("B")
    world.programme("N", not_published="yes")
    world.batch("posted")
    world.batch("overlaps", "2025Q3")
    world.batch("other-period", "2025-05")
    world.batch("elsewhere", region_code="511002")
    world.batch("other-programme", programme="B")
    world.batch("not-published", programme="N")
    world.batch("not-sent", programme="B", submitted_on="")
    world.batch("reissues", programme="B")
    own = {"programme_code": "A", "period": "2025-08", "region_code": "511025001001"}
    names = (
        "posted",
        "overlaps",
        "other-period",
        "elsewhere",
        "other-programme",
        "not-published",
        "not-sent",
    )
    for number, batch in enumerate((*names, "not-sent"), start=1):
        world.payment(batch, batch, number)
    world.returned("other-programme", "failure", reason="账户冻结")
    world.payment("again", "reissues", 5, reissue_of="other-programme")
    world.taken()
    assert world.hits("PRE-107") == {"PRE-107": []}
    world.add("notices", **own, posted_on="2025-08-20", ended_on="2025-08-30")
    world.taken()
    assert world.hits("PRE-107") == {"PRE-107": ["elsewhere", "other-period", "other-programme"]}


def test_items_past_their_day_and_lists_past_theirs(world: World) -> None:
    entry = {"person_id": citizen_id(1), "effective_on": "2020-01-01"}
    for kind, day in (("death", "2025-08-16"), ("payroll", "2025-08-15")):
        world.add("lists", kind=kind, **entry, data_as_of=day)
    world.taken("2025-09-01")
    opening = ("ledger", "open", "--title", "事", "--category", "late", "--region", "511025")
    for due in ("2025-09-29", "2025-09-30"):
        world.supervise(*opening, "--due", due, "--as-of", "2025-09-01", check=0)
    run(world, "WRN-044", "WRN-048")
    assert world.hits("WRN-044", "WRN-048") == {"WRN-044": ["2025-0001"], "WRN-048": ["payroll"]}


def test_paid_to_the_dead_and_paid_in_two_places(world: World) -> None:
    world.batch("B1")
    world.batch("B2")
    world.person(1, status="dead", status_on="2025-07-31")
    entry = {"kind": "death", "person_id": citizen_id(2), "effective_on": "2025-08-01"}
    world.add("lists", **entry)
    for no, person in (("dead", 1), ("that-month", 2), ("not-paid", 1)):
        world.payment(no, "B1", person, nature="supplement" if no == "not-paid" else "")
    world.returned("dead")
    world.returned("that-month")
    for number in (3, 4):
        world.payment(f"one-{number}", "B1", number)
        world.payment(f"two-{number}", "B2", number, region_code="511002001")
        world.returned(f"one-{number}")
    world.returned("two-3")
    world.taken()
    run(world)
    assert world.hits("WRN-034", "WRN-036") == {"WRN-034": ["dead"], "WRN-036": ["two-3"]}

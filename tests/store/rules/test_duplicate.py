"""Rules on what is drawn twice: which of two payments they name, and what they take for one."""

from __future__ import annotations

from tests.store.rules.conftest import World

SAME = ("PRE-069", "PRE-070", "PRE-071", "PRE-072", "PRE-073")


def nothing() -> dict[str, list[str]]:
    return {rule: [] for rule in SAME}


def test_twice_in_one_batch_but_for_supplements_and_reissues(world: World) -> None:
    world.batch("B1")
    for number in range(1, 5):
        world.payment(f"first-{number}", "B1", number)
    world.payment("second", "B1", 1)
    world.payment("third", "B1", 1)
    world.payment("supplement", "B1", 2, nature="supplement")
    world.returned("first-3", "failure", reason="账号不存在")
    world.payment("reissue", "B1", 3, reissue_of="first-3")
    world.taken()
    assert world.hits(*SAME) == nothing() | {"PRE-069": ["second", "third"]}


def test_periods_that_are_the_same_overlap_or_lie_apart(world: World) -> None:
    for no, period in (("july", "2025-07"), ("august", "2025-08"), ("quarter", "2025Q3"), ("next", "2025Q4")):
        world.batch(no, period)
    world.batch("again", "2025-08")
    world.payment("july", "july", 1)
    world.payment("august", "august", 1)
    for number in (2, 3):
        world.payment(f"august-{number}", "august", number)
    world.payment("again-2", "again", 2)
    world.payment("quarter-3", "quarter", 3)
    world.payment("next-3", "next", 3)
    world.returned("august-2")
    world.taken()
    assert world.hits(*SAME) == nothing() | {"PRE-070": ["again-2"], "PRE-071": ["quarter-3"]}
    assert world.facts("PRE-071")["right"] == {
        "payment_no": "august-3",
        "batch_no": "august",
        "programme_code": "A",
        "period": "2025-08",
        "region_code": "511025001",
        "amount": "100.00",
        "result": "pending",
    }


def test_other_counties_and_other_cities(world: World) -> None:
    world.batch("B1")
    world.batch("B2")
    for number, place in enumerate(("511025002", "511002001", "510105001"), start=1):
        world.payment(f"one-{number}", "B1", number)
        world.payment(f"two-{number}", "B2", number, region_code=place)
    world.taken()
    assert world.hits(*SAME) == nothing() | {
        "PRE-071": ["two-1"],
        "PRE-072": ["two-2"],
        "PRE-073": ["two-3"],
    }


def test_what_failed_is_not_drawn_until_it_was_paid_again(world: World) -> None:
    world.batch("B1")
    world.batch("B2")
    for number in (1, 2, 3):
        world.payment(f"one-{number}", "B1", number)
        world.returned(f"one-{number}", "failure", reason="账户冻结")
        world.payment(f"two-{number}", "B2", number)
    world.batch("B3")
    world.payment("reissue", "B3", 2, reissue_of="one-2")
    world.returned("reissue", at="2025-09-10 09:00")
    refund = {"entry_no": "V1", "kind": "refund", "programme_code": "A", "region_code": "511025"}
    world.add("funds", **refund, amount="100.00", on_date="2025-09-12", payment_no="one-3")
    world.taken()
    assert world.hits(*SAME) == nothing() | {"PRE-070": ["two-2"]}


def test_a_programme_that_pays_once(world: World) -> None:
    world.programme("ONCE", cycle="once")
    world.batch("B1", "2019", "ONCE")
    world.batch("B2", "2025", "ONCE")
    world.batch("C1", "2025-07")
    world.batch("C2", "2025-08")
    for number in (1, 2):
        world.payment(f"one-{number}", "B1", number)
        world.payment(f"monthly-{number}", "C1", number)
        world.payment(f"later-{number}", "C2", number)
    world.returned("one-2", "failure", reason="已销户")
    world.payment("two-1", "B2", 1)
    world.payment("two-2", "B2", 2)
    world.taken()
    assert world.hits("PRE-086") == {"PRE-086": ["two-1"]}


def test_exclusive_programmes_whichever_names_the_other(world: World) -> None:
    world.programme("B", exclusive_with="C；D")
    world.programme("C")
    world.programme("D", exclusive_with="")
    world.programme("E")
    for code in "BCDE":
        world.batch(f"{code}8", "2025-08", code)
    world.batch("C7", "2025-07", "C")
    world.batch("CQ", "2025Q3", "C")
    world.payment("b-1", "B8", 1)
    world.payment("c-1", "C8", 1)
    world.payment("d-2", "D8", 2)
    world.payment("b-2", "B8", 2)
    world.payment("c-3", "C8", 3)
    world.payment("d-3", "D8", 3)
    world.payment("b-4", "B8", 4)
    world.payment("e-4", "E8", 4)
    world.payment("c7-5", "C7", 5)
    world.payment("b-5", "B8", 5)
    world.payment("b-6", "B8", 6)
    world.payment("cq-6", "CQ", 6)
    world.taken()
    assert world.hits("PRE-076") == {"PRE-076": ["b-2", "c-1", "cq-6"]}


def test_what_comes_later_is_held_against_what_was_there(world: World) -> None:
    world.batch("B1")
    world.payment("one", "B1", 1)
    world.taken()
    assert world.hits(*SAME) == nothing()
    world.batch("B2")
    world.payment("two", "B2", 1)
    world.taken()
    assert world.hits(*SAME) == nothing() | {"PRE-071": ["two"]}
    world.returned("one")
    world.taken()
    world.supervise("rules", "run", "--as-of", "2025-09-30", check=0)
    assert world.hits(*SAME) == nothing() | {"PRE-070": ["two"]}
    assert world.hits("PRE-071", status="gone") == {"PRE-071": ["two"]}

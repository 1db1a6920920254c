"""Rules on amounts, control totals and what failed: the boundary fen, share and day."""

from __future__ import annotations

from tests.builders import card_no, citizen_id
from tests.store.rules.conftest import World


def claim(world: World, no: str, person: str, quantity: str = "") -> None:
    own = {"case_no": no, "programme_code": "A", "period": "2025-08", "person_id": person}
    world.add("cases", **own, region_code="511025001", applied_on="2025-08-01", quantity=quantity)


def test_standard_times_quantity_by_the_smallest_place_in_force(world: World) -> None:
    def standard(region: str, since: str, amount: str, until: str = "") -> None:
        own = {"programme_code": "A", "region_code": region, "amount": amount}
        world.add("standards", **own, valid_from=since, valid_to=until)

    standard("5110", "2020-01-01", "10.00")
    standard("511025", "2020-01-01", "20.00", "2025-07-31")
    standard("511025", "2025-08-01", "33.33")
    standard("511025", "2025-08-02", "99.00")
    world.batch("B1")
    amounts = {"right": "100.00", "fen": "99.99", "none": "5.00", "no-claim": "7.00", "again": "1.00"}
    for number, (no, amount) in enumerate(amounts.items(), start=1):
        claim(world, f"C-{no}", citizen_id(number), "" if no == "none" else "3")
        more = {"nature": "supplement"} if no == "again" else {}
        case_no = "" if no == "no-claim" else f"C-{no}"
        world.payment(no, "B1", number, amount=amount, case_no=case_no, **more)
    world.payment("city", "B1", 9, amount="30.00", case_no="C-city", region_code="511002001")
    claim(world, "C-city", citizen_id(9), "3")
    world.taken()
    assert world.hits("PRE-094") == {"PRE-094": ["right"]}
    assert world.facts("PRE-094") == {
        "left": {"amount": "100.00"},
        "right": {"expected_amount": "99.99", "standard": "33.33", "quantity": "3"},
        "data_as_of": None,
        "age_days": None,
    }
    world.supervise("rules", "set", "PRE-094", "tolerance=1", "--county", "511025", "--why", "试", check=0)
    world.supervise("rules", "run", "PRE-094", "--as-of", "2025-09-30", check=0)
    assert world.hits("PRE-094") == {"PRE-094": []}


def test_control_totals_and_vouchers(world: World) -> None:
    world.batch("right", count=2, amount="200.00")
    world.batch("count", count=3, amount="200.00")
    world.batch("amount", count=2, amount="200.01")
    world.batch("unsaid")
    world.batch("empty", count=5, amount="500.00")
    for at, batch in enumerate(("right", "count", "amount", "unsaid")):
        for number in (1, 2):
            world.payment(f"{batch}-{number}", batch, 10 * at + number)
    vouchers = {"right": ("150.00", "50.00"), "unsaid": ("199.99",), "count": ("200.01",), "empty": ("1.00",)}
    for batch, parts in vouchers.items():
        for at, amount in enumerate(parts):
            own = {"entry_no": f"V-{batch}-{at}", "kind": "voucher", "programme_code": "A"}
            world.add(
                "funds", **own, region_code="511025", amount=amount, on_date="2025-09-01", batch_no=batch
            )
    world.taken()
    assert world.hits("PRE-119", "PRE-120") == {
        "PRE-119": ["amount", "count"],
        "PRE-120": ["count", "unsaid"],
    }


def test_the_share_of_failures_from_twenty_on(world: World) -> None:
    sizes = {"over": (50, 2), "limit": (50, 1), "small": (19, 5), "twenty": (20, 1)}
    number = 0
    for batch, (count, failed) in sizes.items():
        world.batch(batch)
        for at in range(count):
            number += 1
            world.payment(f"{batch}-{at}", batch, number)
            if at < failed:
                world.returned(f"{batch}-{at}", "failure", reason="账户冻结")
    world.taken()
    assert world.hits("WRN-015") == {"WRN-015": ["over", "twenty"]}


def test_failures_that_stay_and_failures_that_come_again(world: World) -> None:
    # 2025-09-15 is the tenth working day before 2025-09-29 (28 September is worked)
    world.batch("B1")
    for number, day in enumerate(("2025-09-12", "2025-09-15", "2025-09-16"), start=1):
        world.payment(f"on-{day}", "B1", number)
        world.returned(f"on-{day}", "failure", day, reason="账户冻结")
    world.batch("B2")
    world.payment("cured", "B1", 4)
    world.returned("cured", "failure", "2025-09-01", reason="账户冻结")
    world.payment("cure", "B2", 4, reissue_of="cured")
    world.returned("cure", "success", "2025-09-20")
    world.payment("twice", "B1", 5)
    world.returned("twice", "failure", "2025-09-20", reason="账户冻结")
    world.payment("again", "B2", 5, reissue_of="twice")
    world.returned("again", "failure", "2025-09-22", reason="账户冻结")
    world.taken("2025-09-26")
    rules = ("WRN-011", "WRN-016")
    first = world.hits(*rules, day="2025-09-26")
    world.supervise("rules", "run", *rules, "--as-of", "2025-09-28", check=0)
    second = world.hits(*rules, day="2025-09-28")
    assert (first, second) == (
        {"WRN-011": [], "WRN-016": ["twice"]},
        {"WRN-011": ["on-2025-09-12"], "WRN-016": ["twice"]},
    )


def test_reissues_that_differ_that_come_too_soon_and_that_pay_twice(world: World) -> None:
    world.batch("B1")
    world.batch("B2")
    world.add("cards", card_no=card_no(4), person_id=citizen_id(4), status="frozen")
    world.add("cards", card_no=card_no(5), person_id=citizen_id(5), status="normal")
    reasons = {
        1: "账号不存在",
        2: "账号不存在",
        3: "户名不符",
        4: "账户冻结",
        5: "账户冻结",
        6: "银行系统故障",
    }
    for number, reason in reasons.items():
        world.payment(f"one-{number}", "B1", number)
        world.returned(f"one-{number}", "failure", reason=reason)
    world.payment("same-card", "B2", 1, reissue_of="one-1")
    world.payment("new-card", "B2", 2, reissue_of="one-2", card_no=card_no(20))
    world.payment("new-name", "B2", 3, reissue_of="one-3", name="何晓明")
    world.payment("frozen", "B2", 4, reissue_of="one-4")
    world.payment("thawed", "B2", 5, reissue_of="one-5")
    world.payment("system", "B2", 6, reissue_of="one-6")
    world.payment("more", "B2", 7, reissue_of="one-7", amount="100.01")
    world.payment("less", "B2", 8, reissue_of="one-8", amount="99.99")
    world.payment("other", "B2", 19, reissue_of="one-9")
    for number in (7, 8, 9):
        world.payment(f"one-{number}", "B1", number)
        world.returned(f"one-{number}", "failure", reason="银行系统故障")
    world.returned("one-6", at="2025-09-10")
    world.returned("system", at="2025-09-11")
    world.taken()
    assert world.hits("PRE-141", "WRN-019", "WRN-020") == {
        "PRE-141": ["frozen", "same-card"],
        "WRN-019": ["more", "other"],
        "WRN-020": ["one-6"],
    }

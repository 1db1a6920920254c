"""Rules on cards: wrong numbers, cards that cannot take money, cards of others or kept by them."""

from __future__ import annotations

import pytest

from tests.builders import card_no, citizen_id
from tests.store.rules.conftest import World


def card(world: World, number: int, owner: int, status: str = "normal", **more: object) -> None:
    world.add("cards", card_no=card_no(number), person_id=citizen_id(owner), status=status, **more)


def test_card_numbers_that_are_none(world: World) -> None:
    right = card_no(1)
    wrong = {"fifteen": right[:15], "twenty": right + "0", "letters": right[:18] + "O"}
    wrong |= {"check": right[:18] + str((int(right[18]) + 1) % 10), "exponent": "6.22848E+18"}
    world.batch("B1")
    world.payment("right", "B1", 1)
    for number, (no, text) in enumerate(wrong.items(), start=2):
        world.payment(no, "B1", number, card_no=text)
    world.payment("sixteen", "B1", 9, card_no="4111111111111111")
    world.taken()
    assert world.hits("PRE-026", "PRE-027", "PRE-037") == {
        "PRE-026": ["exponent", "fifteen", "letters", "twenty"],
        "PRE-027": ["check"],
        "PRE-037": [],
    }


def test_cards_that_cannot_take_what_waits_for_them(world: World) -> None:
    world.batch("B1")
    for number, status in enumerate(("normal", "inactive", "lost", "frozen", "closed"), start=1):
        card(world, number, number, status)
        world.payment(status, "B1", number)
        world.payment(f"{status}-paid", "B1", number, nature="supplement")
        world.returned(f"{status}-paid")
    world.payment("unknown", "B1", 7)
    world.returned("frozen", "pending")
    world.taken()
    rules = ("PRE-030", "PRE-031", "PRE-032", "PRE-033")
    assert world.hits(*rules) == {
        "PRE-030": [],
        "PRE-031": ["inactive"],
        "PRE-032": ["frozen", "lost"],
        "PRE-033": ["closed"],
    }
    card(world, 2, 2, "normal")
    world.taken()
    assert world.hits(*rules)["PRE-031"] == []
    assert world.hits("PRE-031", status="gone") == {"PRE-031": ["inactive"]}


def test_cards_of_others_by_the_payee(world: World) -> None:
    world.programme("H", pay_to="household")
    world.batch("B1")
    world.batch("H1", programme="H")
    for number in range(1, 6):
        card(world, number, number)
    world.payment("own", "B1", 1)
    world.payment("others", "B1", 2, card_no=card_no(3))
    world.payment("payee", "B1", 4, card_no=card_no(1), payee_id=citizen_id(1))
    world.payment("wrong-payee", "B1", 5, card_no=card_no(1), payee_id=citizen_id(2))
    world.payment("household", "H1", 6, card_no=card_no(1))
    world.payment("household-payee", "H1", 7, card_no=card_no(1), payee_id=citizen_id(3))
    world.taken()
    assert world.hits("PRE-030", "PRE-037") == {
        "PRE-030": ["household-payee", "others", "wrong-payee"],
        "PRE-037": [card_no(1)],
    }


@pytest.mark.parametrize(("allowed", "people"), [(1, [1, 2]), (2, [2]), (3, [])])
def test_people_with_more_cards_than_are_allowed(world: World, allowed: int, people: list[int]) -> None:
    for number, owner in ((1, 1), (2, 1), (3, 2), (4, 2), (5, 2), (6, 3), (7, 4)):
        card(world, number, owner)
    card(world, 8, 3, "closed")
    world.person(1)
    world.taken()
    world.supervise("rules", "set", "PRE-036", f"cards={allowed}", "--why", "试", check=0)
    world.supervise("rules", "run", "PRE-036", "--as-of", "2025-09-30", check=0)
    assert world.hits("PRE-036") == {"PRE-036": [citizen_id(each) for each in people]}


def test_cards_that_somebody_keeps(world: World) -> None:
    keeper = {"keeper_id": citizen_id(50)}
    card(world, 1, 1)
    card(world, 2, 2, **keeper)
    card(world, 3, 3, **keeper, keeper_agreed_on="2025-01-01")
    card(world, 4, 4, **keeper, keeper_agreed_on="2025-01-01", keeper_valid_to="2025-09-30")
    card(world, 5, 5, **keeper, keeper_agreed_on="2025-01-01", keeper_valid_to="2025-09-29")
    card(world, 6, 6, "closed", **keeper)
    world.taken()
    assert world.hits("PRE-041", "PRE-042") == {"PRE-041": [card_no(2)], "PRE-042": [card_no(5)]}

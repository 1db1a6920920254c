"""一人多卡 | One person, several cards

查什么：同一人名下未注销的卡多于允许的张数。
依据：一人一卡集中发放。
怎么办：与本人、银行核对，保留社保卡，其余停止用于发放；查有无他人代领。
不报：已注销的卡不算；证件号有错的卡。
误报：换卡时新旧两张并存的几天。

Looks for: a person with more cards that are not closed than allowed.
Basis: one person, one card for all programmes.
What to do: keep the social security card, pay no more to the others; find out who draws from them.
Quiet: closed cards do not count.
False alarms: the few days in which an old and a new card exist side by side.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from store.models.intake import source_file
from store.models.reference import card, person
from store.models.rule import Parameter, Rule
from store.queries.finding import Asked, of_person

RULE = Rule(
    "orange",
    "hold",
    "person",
    feeds=("cards",),
    parameters=(Parameter("cards", 1, 1, 9, "count", "允许的张数", "cards that are allowed"),),
)


def found(asked: Asked) -> Select[Any]:
    """The people, with how many cards they hold and how many are allowed where they live."""
    held = (
        select(
            card.c.person_id,
            func.count().label("cards"),
            func.min(card.c.card_no).label("first_card"),
            func.max(card.c.card_no).label("last_card"),
            func.max(card.c.file_id).label("file_id"),
        )
        .where(card.c.status != "closed", card.c.person_id > 0)
        .group_by(card.c.person_id)
        .having(func.count() > 1)
        .subquery("holding")
    )
    allowed = asked.parameter("cards", region=person.c.region_code)
    return (
        select(
            *of_person(held.c.person_id, person.c.region_code),
            held.c.cards.label("left_count"),
            held.c.first_card.label("left_card_no"),
            held.c.last_card.label("right_card_no"),
            allowed.label("right_allowed"),
            source_file.c.arrived_on.label("data_as_of"),
        )
        .select_from(held)
        .outerjoin(person, person.c.person_id == held.c.person_id)
        .outerjoin(source_file, source_file.c.file_id == held.c.file_id)
        .where(held.c.cards > allowed)
    )

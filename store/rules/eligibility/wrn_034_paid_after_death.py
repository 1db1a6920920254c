"""死亡后仍发放 | Paid after death

查什么：已到账的一笔，期次第一天晚于此人的死亡日期（死亡名单，或人员状态为死亡的状态日期，取较早者）。
依据：死亡冒领专项治理。
怎么办：向取款人追回，查谁持卡、谁取款。
不报：尚未到账的（由 PRE-007、PRE-046 报）；死亡当期的。
误报：依规发给遗属的；死亡登记错人。

Looks for: a credited payment of a period whose first day lies after the death of the person: by the list of deaths or the status of people, whichever is earlier.
Basis: payments drawn for the dead.
What to do: recover it from who drew it; find out who kept the card.
Quiet: what is not credited yet (PRE-007 and PRE-046); the period of the death.
False alarms: payments to the bereaved that are lawful; a death recorded for somebody else.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, cast, func, literal, null, select, union_all

from store.models.columns import NO_DAY, Day
from store.models.payments import list_entry, payment, person_payment
from store.models.reference import person
from store.models.rule import Rule
from store.queries.finding import Asked, payments
from store.queries.pairs import PAID, said_last

RULE = Rule("red", "recover", "payment", feeds=("returns", "lists", "people"), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments that were credited, with the day of the death and the age of the data."""
    entry = list_entry.c
    listed = select(entry.person_id, entry.effective_on.label("died_on"), entry.data_as_of)
    since = func.coalesce(person.c.status_on, literal(NO_DAY, Day))
    known = select(person.c.person_id, since.label("died_on"), cast(null(), Day).label("data_as_of"))
    both = union_all(listed.where(entry.kind == "death"), known.where(person.c.status == "dead")).subquery(
        "both_of_them"
    )
    dead = (
        select(
            both.c.person_id,
            func.min(both.c.died_on).label("died_on"),
            func.max(both.c.data_as_of).label("data_as_of"),
        )
        .group_by(both.c.person_id)
        .cte("dead")
    )
    link = person_payment
    theirs = select(link.c.payment_id).join(dead, asked.paid_to(dead.c.person_id))
    first = asked.days.c.first_on
    sides = (first.label("left_first_on"), payment.c.card_no.label("left_card_no"))
    return (
        payments(asked, *sides, dead.c.died_on.label("right_effective_on"), dead.c.data_as_of)
        .join(dead, dead.c.person_id == payment.c.person_id)
        .where(payment.c.payment_id.in_(theirs), dead.c.died_on < first)
        .where(said_last(asked, payment) == PAID)
    )

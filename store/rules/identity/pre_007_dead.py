"""人口状态为死亡 | The person is dead by the population data

查什么：人员状态为死亡，且所发期次的第一天晚于状态日期（没有日期的视为一直如此）。
依据：人员状态动态核验模型；死亡次月起停发。
怎么办：中止本笔，由乡镇入户核实；确已死亡的停发，已发的追回。
不报：死亡当期及以前的期次；状态日期等于期次第一天的不报。
误报：死亡信息登记错人；依规发给遗属的一次性抚慰金、丧葬补助。

Looks for: a person whose status is dead, and a period whose first day lies after the day of the status (none: from
always).
Basis: the model that checks people's status; payments stop from the month after a death.
What to do: suspend the payment and visit; stop what is confirmed and recover what was paid.
Quiet: the period of the death and those before; a status of the period's very first day.
False alarms: a death recorded for somebody else; single payments to the bereaved that are lawful.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_, select

from store.models.intake import source_file
from store.models.payments import payment, person_payment
from store.models.reference import person
from store.models.rule import Rule
from store.queries.finding import Asked, payments

RULE = Rule("red", "suspend", "payment", feeds=("people",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments to such people, with the period's first day and the day of the status."""
    first, since = asked.days.c.first_on, person.c.status_on
    sides = (
        first.label("left_first_on"),
        person.c.status.label("right_status"),
        since.label("right_status_on"),
    )
    query = (
        payments(asked, *sides, source_file.c.arrived_on.label("data_as_of"))
        .join(person, person.c.person_id == payment.c.person_id)
        .outerjoin(source_file, source_file.c.file_id == person.c.file_id)
        .where(person.c.status == "dead", or_(since.is_(None), since < first))
    )
    if asked.after is None:  # the dead are few: their payments are looked up, not looked through
        link, dead = person_payment, person.alias("dead")
        theirs = select(link.c.payment_id).join(dead, asked.paid_to(dead.c.person_id))
        query = query.where(payment.c.payment_id.in_(theirs.where(dead.c.status == "dead")))
    return query

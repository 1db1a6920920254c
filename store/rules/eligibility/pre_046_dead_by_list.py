"""死亡名单中的人 | On a list of the dead

查什么：死亡（殡葬、火化）名单中的人，死亡日期不晚于期次的第一天。
依据：死亡冒领专项治理。
怎么办：中止本笔，由乡镇入户核实；确已死亡的停发，已发的追回。
不报：死亡日期在期次第一天之后的，即死亡当期。
误报：名单登记错人；依规发给遗属的一次性抚慰金、丧葬补助。

Looks for: a person on the list of deaths whose day is not after the first day of the period.
Basis: payments drawn for the dead.
What to do: suspend the payment and visit; stop what is confirmed and recover what was paid.
Quiet: a death after the period began.
False alarms: a death recorded for somebody else; single payments to the bereaved that are lawful.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.payments import list_entry
from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.listed import on_list

RULE = Rule("red", "suspend", "payment", feeds=("lists", "programmes"), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments to such people, with the day of the list and the age of its data."""
    return on_list(asked, "death", list_entry.c.effective_on <= asked.days.c.first_on)

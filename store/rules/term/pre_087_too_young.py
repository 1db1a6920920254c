"""未达起始年龄 | Not old enough yet

查什么：期次第一天享受人的周岁小于项目的最低年龄。
依据：补贴发放规则嵌入系统。
怎么办：核对出生日期，达到年龄的当期起再列入。
不报：期次第一天恰满最低年龄的；项目没有最低年龄的；证件号本身有错的。
误报：项目按年度或按当月满龄计发。

Looks for: a beneficiary who on the first day of the period is younger than the programme wants.
Basis: the conditions of a programme.
What to do: compare the birth date; list the person from the period on in which the age is reached.
Quiet: somebody who reaches the age on that very day; programmes without a least age; IDs that came wrong.
False alarms: programmes that count the year or the month in which the age is reached.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.payments import payment
from store.models.reference import programme
from store.models.rule import Rule
from store.queries.finding import Asked, age_of, payments

RULE = Rule("red", "hold", "payment", feeds=("programmes",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments to people who are younger, with age and limit."""
    age, limit = age_of(payment.c.person_id, asked.days.c.first_ymd), programme.c.age_min
    return payments(asked, age.label("left_age"), limit.label("right_age_min")).where(
        payment.c.person_id > 0, limit.isnot(None), age < limit
    )

"""超过年龄上限 | Too old

查什么：期次第一天享受人的周岁大于项目的最高年龄。
依据：如孤儿满18周岁停发。
怎么办：中止；在校就读等依规可以延长的补充材料，其余停发。
不报：恰为最高年龄的周岁内；项目没有最高年龄的；证件号本身有错的。
误报：仍在校就读依规延长的。

Looks for: a beneficiary who on the first day of the period is older than the programme allows.
Basis: payments to orphans, for one, stop at 18.
What to do: suspend; lawful extensions (still at school) are documented, all others stop.
Quiet: somebody of exactly that age; programmes without a limit; IDs that came wrong.
False alarms: people still at school whose payments were lawfully extended.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.payments import payment
from store.models.reference import programme
from store.models.rule import Rule
from store.queries.finding import Asked, age_of, payments

RULE = Rule("red", "suspend", "payment", feeds=("programmes",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments to people who are older, with age and limit."""
    age, limit = age_of(payment.c.person_id, asked.days.c.first_ymd), programme.c.age_max
    return payments(asked, age.label("left_age"), limit.label("right_age_max")).where(
        payment.c.person_id > 0, limit.isnot(None), age > limit
    )

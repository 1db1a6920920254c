"""名下多套商品房 | Owns several houses

查什么：项目把不动产名单列为排斥对象，而此人在期次内名下房屋达到规定套数。
依据：共享房屋不动产登记数据。
怎么办：入户核实；不符合条件的停发。
不报：名单在期次开始前已终止的、在期次结束后才开始的；项目没有把这类人员列为排斥对象的。
误报：拆迁安置、与他人共有、农村宅基地重复登记。

Looks for: a person who, within the period, is listed with at least so many houses, where the programme keeps such people out.
Basis: data of the land register.
What to do: visit; stop what does not meet the conditions.
Quiet: entries that ended before the period or begin after it; programmes that do not name the list as one whose people are kept out.
False alarms: houses after a relocation, shared ownership, a homestead registered twice.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func

from store.models.payments import payment
from store.models.reference import programme
from store.models.rule import Parameter, Rule
from store.queries.finding import Asked
from store.queries.listed import excluded, in_period, on_list

RULE = Rule(
    "yellow",
    "notice",
    "payment",
    feeds=("lists", "programmes"),
    of_payments=True,
    parameters=(Parameter("houses", 2, 1, 20, "count", "从几套起", "from so many on"),),
)


def found(asked: Asked) -> Select[Any]:
    """The payments to such people, with how many houses the list has."""
    return on_list(
        asked, "property", excluded("property"), in_period(asked), right_count=func.count()
    ).having(func.count() >= asked.parameter("houses", programme.c.programme_code, payment.c.region_code))

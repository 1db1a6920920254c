"""名下机动车超过限值 | Owns a vehicle above the limit

查什么：项目把车辆名单列为排斥对象，而此人在期次内名下有价值超过限值的机动车。
依据：车辆比对，居民家庭经济状况核对。
怎么办：入户核实车辆归属和用途；超标的停发。
不报：名单在期次开始前已终止的、在期次结束后才开始的；项目没有把这类人员列为排斥对象的。等于限值的；没有价值的。
误报：农用、残疾人代步、已转让未过户的车辆。

Looks for: a person who, within the period, is listed with a vehicle worth more than the limit, where the programme keeps such people out.
Basis: comparison with the register of vehicles.
What to do: visit, find out whose it is and what for; stop what is above the limit.
Quiet: entries that ended before the period or begin after it; programmes that do not name the list as one whose people are kept out. A value of exactly the limit, or none.
False alarms: farm vehicles, those of the disabled, cars that were sold and not signed over.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func

from store.models.payments import list_entry, payment
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
    parameters=(
        Parameter(
            "value", 5_000_000, 0, 100_000_000_000, "fen", "车辆价值上限", "the most a vehicle may be worth"
        ),
    ),
)


def found(asked: Asked) -> Select[Any]:
    """The payments to such people, with the highest value on the list."""
    return on_list(
        asked, "vehicle", excluded("vehicle"), in_period(asked), right_value=func.max(list_entry.c.value)
    ).having(
        func.max(list_entry.c.value)
        > asked.parameter("value", programme.c.programme_code, payment.c.region_code)
    )

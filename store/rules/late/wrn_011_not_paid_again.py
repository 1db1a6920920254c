"""首次失败超期未复发 | Not paid again in time

查什么：发放失败后超过规定工作日仍未到账、也未退回国库。
依据：首次发放失败100%复发到位。
怎么办：催办责任单位复发；确无法发放的退回国库。
不报：恰为规定工作日的；已到账或已退库的。
误报：已复发而回盘未到。

Looks for: a failed payment that is outstanding more working days than allowed after it opened.
Basis: every first failure is to be paid again.
What to do: urge the unit to pay it again, or to return the money to the treasury.
Quiet: exactly so many working days; what is credited or refunded.
False alarms: what was paid again and is not answered yet.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, literal

from store.models.columns import Big
from store.models.failures import failure
from store.models.rule import Parameter, Rule
from store.queries.finding import Asked
from store.queries.open_chains import failures

RULE = Rule(
    "red",
    "urge",
    "failure",
    feeds=("payments", "returns", "funds"),
    parameters=(
        Parameter("workdays", 10, 1, 250, "workday", "允许的工作日", "working days that are allowed"),
    ),
)


def found(asked: Asked) -> Select[Any]:
    """Such failures, with the day they opened."""
    sides = (
        failure.c.opened_on.label("left_opened_on"),
        failure.c.outstanding.label("left_outstanding"),
        literal(asked.number("workdays"), Big).label("right_workdays"),
    )
    return failures(asked, *sides).where(
        failure.c.cleared_on.is_(None), failure.c.opened_on <= asked.workdays_ago(asked.number("workdays"))
    )

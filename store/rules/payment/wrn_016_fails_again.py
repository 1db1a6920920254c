"""同一对象连续失败 | Fails again and again

查什么：同一笔发放连同复发已有规定次数以上的银行结果，仍未到账。
依据：二次、三次发放计数。
怎么办：停止盲目复发，上门核实卡和身份后再发。
不报：已到账或已退库的；次数不足的。
误报：银行系统故障造成的多次失败。

Looks for: a failed payment that is still outstanding after so many answers of the bank to it and its reissues.
Basis: second and third attempts are counted.
What to do: send it no more until card and person were looked at.
Quiet: what is credited or refunded; fewer attempts.
False alarms: failures of the bank's own systems.
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
    "orange",
    "urge",
    "failure",
    feeds=("payments", "returns", "funds"),
    parameters=(Parameter("attempts", 2, 2, 20, "count", "从几次起", "from so many attempts on"),),
)


def found(asked: Asked) -> Select[Any]:
    """Such failures, with how often the bank was asked."""
    sides = (
        failure.c.attempts.label("left_attempts"),
        failure.c.outstanding.label("left_outstanding"),
        literal(asked.number("attempts"), Big).label("right_attempts"),
    )
    return failures(asked, *sides).where(
        failure.c.cleared_on.is_(None), failure.c.attempts >= asked.number("attempts")
    )

"""复发后原笔又成功 | Paid again, and the first came through too

查什么：一笔失败的发放，连同各次复发到账和退库的合计超过原金额。
依据：重复支付。
怎么办：追回多付的一笔；查银行状态未知时是否盲目复发。
不报：合计恰为原金额的。
误报：银行回盘前后矛盾，以对账单为准。

Looks for: a failed payment whose reissues, refunds and itself were credited for more than its amount.
Basis: nobody is paid twice.
What to do: recover what is too much; find out whether it was sent again while the bank's answer was unknown.
Quiet: exactly the amount.
False alarms: returns of the bank that contradict each other: its statement decides.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from store.models.failures import failure, failure_event
from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.open_chains import failures

RULE = Rule("red", "recover", "failure", feeds=("payments", "returns", "funds"))


def found(asked: Asked) -> Select[Any]:
    """Such failures, with what was credited and refunded in all."""
    e = failure_event.c
    newest = (
        select(e.failure_id, func.max(e.seq).label("seq"))
        .where(e.day <= asked.as_of)
        .group_by(e.failure_id)
        .subquery("newest")
    )
    over = e.reissued + e.refunded - failure.c.amount
    sides = (
        failure.c.amount.label("left_amount"),
        e.reissued.label("right_credited_amount"),
        e.refunded.label("right_refunded_amount"),
    )
    return (
        failures(asked, *sides, at_risk=over)
        .join(newest, newest.c.failure_id == failure.c.failure_id)
        .join(failure_event, (e.failure_id == newest.c.failure_id) & (e.seq == newest.c.seq))
        .where(over > 0)
    )

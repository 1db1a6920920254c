"""批次失败率过高 | Too many failures in a batch

查什么：批次中失败过的笔数占全部笔数的比例高于上限。
依据：发放失败问题线上追溯。
怎么办：查失败原因是否集中（同一银行、同一乡镇），源头更正后再复发。
不报：恰为上限的；不足20笔的批次。
误报：按清册更正后整批重发的小批次。

Looks for: a batch of which a higher share of payments than allowed has ever failed.
Basis: failures are traced to where they come from.
What to do: see whether one bank or town stands behind most of them, and mend that before paying again.
Quiet: a share of exactly the limit; batches of fewer than twenty payments.
False alarms: small batches made anew after a correction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from store.models.failures import failure
from store.models.payments import batch
from store.models.reference import programme
from store.models.rule import Parameter, Rule
from store.queries.batches import batches
from store.queries.finding import Asked
from store.queries.payment_states import total

RULE = Rule(
    "orange",
    "notice",
    "batch",
    feeds=("returns", "payments"),
    parameters=(Parameter("percent", 2, 0, 100, "percent", "失败率上限", "the highest share of failures"),),
)

LEAST = 20  # payments: a share of fewer says nothing


def found(asked: Asked) -> Select[Any]:
    """Such batches, with how many failed and how many there are."""
    failed = (
        select(failure.c.batch_id, func.count().label("count"), total(failure.c.amount).label("amount"))
        .where(failure.c.opened_on <= asked.as_of)
        .group_by(failure.c.batch_id)
        .subquery("failed")
    )
    limit = asked.parameter("percent", programme.c.programme_code, batch.c.region_code)
    left = (failed.c.count.label("left_failed_count"), failed.c.amount.label("left_amount"))
    query, paid = batches(asked, *left, limit.label("right_percent"), at_risk=failed.c.amount)
    of_them = query.join(failed, failed.c.batch_id == batch.c.batch_id)
    return of_them.where(paid.c.count >= LEAST, failed.c.count * 100 > limit * paid.c.count)

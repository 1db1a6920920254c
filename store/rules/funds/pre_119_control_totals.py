"""明细合计与批次总额不符 | Payments do not add up to the batch

查什么：批次注明的笔数或金额，与库中该批次发放明细的笔数、合计不等。
依据：用款计划、支付明细、支付凭证关联。
怎么办：退回编制单位，核对清册是否漏传、重传。
不报：没有注明笔数和金额的；一笔明细都还没有的批次。
误报：批次明细分几个文件先后送达；有明细因格式错误被退回（见 supervise rejects）。

Looks for: a batch whose control totals are not the count or the sum of the payments that are stored of it.
Basis: plan, payments and voucher belong together.
What to do: send it back; find out whether lines are missing or came twice.
Quiet: batches without control totals, and those of which no payment is stored yet.
False alarms: batches whose lines come in several files; lines that were rejected (`supervise rejects`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_

from store.models.payments import batch
from store.models.rule import Rule
from store.queries.batches import batches
from store.queries.finding import Asked

RULE = Rule("red", "hold", "batch", feeds=("batches", "payments"))


def found(asked: Asked) -> Select[Any]:
    """Such batches, with what they say and what is stored."""
    left = (batch.c.count.label("left_count"), batch.c.amount.label("left_amount"))
    query, paid = batches(asked, *left)
    differs = or_(batch.c.count != paid.c.count, batch.c.amount != paid.c.amount)
    return query.where(paid.c.count > 0, differs)

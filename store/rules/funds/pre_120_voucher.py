"""支付凭证与明细合计不符 | The voucher is not what the payments add up to

查什么：写明批次号的支付凭证合计，与该批次发放明细合计不等。
依据：用款计划、支付明细、支付凭证关联。
怎么办：暂停送银行，财政与主管部门对账后更正凭证或清册。
不报：没有凭证写明该批次的（包括复发批次）；一笔明细都还没有的批次。
误报：凭证分次开具、尚未开全。

Looks for: a batch whose vouchers do not sum up to its payments.
Basis: plan, payments and voucher belong together.
What to do: keep it from the bank until the treasury and the department agree.
Quiet: batches that no voucher names, those of reissues among them; batches of which no payment is stored yet.
False alarms: vouchers made out in parts, of which one is still to come.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from store.models.payments import batch, fund_entry
from store.models.rule import Rule
from store.queries.batches import batches
from store.queries.finding import Asked
from store.queries.payment_states import total

RULE = Rule("red", "hold", "batch", feeds=("batches", "payments", "funds"))


def found(asked: Asked) -> Select[Any]:
    """Such batches, with the sums of their vouchers and payments."""
    voucher = (
        select(
            fund_entry.c.batch_no,
            total(fund_entry.c.amount).label("amount"),
            func.min(fund_entry.c.entry_no).label("entry_no"),
        )
        .where(fund_entry.c.kind == "voucher", fund_entry.c.batch_no.isnot(None))
        .where(fund_entry.c.on_date <= asked.as_of)
        .group_by(fund_entry.c.batch_no)
        .subquery("voucher")
    )
    left = (voucher.c.entry_no.label("left_entry_no"), voucher.c.amount.label("left_amount"))
    query, paid = batches(asked, *left)
    named = query.join(voucher, voucher.c.batch_no == batch.c.batch_no)
    return named.where(paid.c.count > 0, voucher.c.amount != paid.c.amount)

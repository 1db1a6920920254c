"""同期同项目在途 | The same payment is under way

查什么：同一人、同一项目、期次重叠，在本区县另一批次尚无银行结果。
依据：发放周期重复。
怎么办：核对两个批次，撤下多余的一笔再送银行。
不报：复发及其原流水、注明补发的；原笔失败后没有再付，或已退回国库的；同一批次内的由 PRE-069 报。
误报：项目允许同期分两次发放而没有注明补发；回盘迟到。

Looks for: a person whose payment of the same programme for an overlapping period is in another batch of the county, without an answer of the bank yet.
Basis: one payment a person, programme and period.
What to do: compare both batches and take out one before the bank has them.
Quiet: reissues, and what says that it is a supplement; an earlier payment that failed and was not paid since, or went back to the treasury; two lines of one batch (PRE-069).
False alarms: programmes that pay one period in two parts without saying supplement; returns that are late.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.pairs import COUNTY, PENDING, drawing_again, twice, two

RULE = Rule("orange", "hold", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The later payments whose earlier one is on its way."""
    tables = two(asked, drawing_again(asked))
    where = (tables.same_programme, ~tables.same_batch, tables.overlapping, tables.same_place(COUNTY))
    return twice(asked, tables, *where, states=(PENDING,))

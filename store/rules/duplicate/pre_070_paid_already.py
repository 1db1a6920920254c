"""发放周期重复 | Paid for the period already

查什么：同一人、同一项目、期次重叠，在本区县另一批次已经到账。
依据：发放周期重复。
怎么办：拦截本笔；确属重复的从清册中去掉，已到账的追回。
不报：复发及其原流水、注明补发的；原笔失败后没有再付，或已退回国库的；同一批次内的由 PRE-069 报。
误报：项目允许同期分两次发放而没有注明补发。

Looks for: a person whose payment of the same programme for an overlapping period was credited in another batch of the county.
Basis: one payment a person, programme and period.
What to do: hold it; take out what is paid twice, recover what was credited.
Quiet: reissues, and what says that it is a supplement; an earlier payment that failed and was not paid since, or went back to the treasury; two lines of one batch (PRE-069).
False alarms: programmes that pay one period in two parts without saying supplement.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.pairs import COUNTY, PAID, drawing_again, twice, two

RULE = Rule("red", "hold", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The later payments whose earlier one was credited."""
    tables = two(asked, drawing_again(asked))
    where = (tables.same_programme, ~tables.same_batch, tables.overlapping, tables.same_place(COUNTY))
    return twice(asked, tables, *where, states=(PAID,))

"""跨县区重复享受 | Drawn in another county too

查什么：同一人、同一项目、期次重叠，在本市另一区县已到账或在途。
依据：省平台比对，跨区域重复享受。
怎么办：拦截；与对方区县核实常住地和户籍，只由一地发放。
不报：复发及其原流水、注明补发的；原笔失败后没有再付，或已退回国库的；同一批次内的由 PRE-069 报。
误报：当期迁移、两地按月份分担的。

Looks for: a person whose payment of the same programme for an overlapping period was credited or is under way in another county of the city.
Basis: comparison across places: one place pays.
What to do: hold it; settle with the other county where the person lives.
Quiet: reissues, and what says that it is a supplement; an earlier payment that failed and was not paid since, or went back to the treasury; two lines of one batch (PRE-069).
False alarms: somebody who moved within the period, where both places pay their part.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.pairs import CITY, COUNTY, PAID, PENDING, drawing_again, twice, two

RULE = Rule("red", "hold", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The later payments whose earlier one lies in another county of the same city."""
    tables = two(asked, drawing_again(asked))
    here = (~tables.same_place(COUNTY), tables.same_place(CITY))
    where = (tables.same_programme, ~tables.same_batch, tables.overlapping, *here)
    return twice(asked, tables, *where, states=(PAID, PENDING))

"""跨区域重复发放 | Paid in two places

查什么：同一人、同一项目、期次重叠，在两个区县都已到账。
依据：与其他市州重复发放追回的做法。
怎么办：两地核实后追回一笔，确定今后由哪一地发放。
不报：只有一地到账的（由 PRE-072、PRE-073 报）；复发及其原流水、注明补发的；已退回国库的。取入数据时不运行，由 rules run 运行。
误报：当期迁移、两地按月份分担的。

Looks for: a person who was credited a programme for overlapping periods in two counties.
Basis: payments drawn twice across places are recovered.
What to do: recover one of them, and settle which place pays from now on.
Quiet: where only one was credited (PRE-072, PRE-073); reissues and supplements; what went back to the treasury. It runs with `rules run`, not when files come in.
False alarms: somebody who moved within the period, where both places pay their part.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.pairs import COUNTY, PAID, drawing_again, said_last, twice, two

RULE = Rule("red", "recover", "payment", feeds=())


def found(asked: Asked) -> Select[Any]:
    """The later payments whose earlier one lies in another county, both credited."""
    tables = two(asked, drawing_again(asked))
    both = (said_last(asked, tables.later) == PAID, ~tables.same_place(COUNTY))
    where = (tables.same_programme, tables.overlapping, *both)
    return twice(asked, tables, *where, states=(PAID,))

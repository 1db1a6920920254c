"""互斥项目同期享受 | Two exclusive programmes at once

查什么：同一人在重叠的期次里列入两个互斥项目（任何一方注明互斥即可），以前那笔已到账或在途。
依据：项目清单的互斥关系；审查规则校验未通过。
怎么办：拦截后一笔；按就高或本人选择保留一项，另一项停发、追回。
不报：期次不重叠的；以前那笔失败后没有再付，或已退回国库的；复发和补发。
误报：项目允许补足差额的，如事实无人抚养儿童与低保。

Looks for: a person listed for overlapping periods in two programmes of which either names the other as exclusive; the earlier payment was credited or is under way.
Basis: what programmes exclude each other, by the list of programmes.
What to do: hold the later; keep the higher or the chosen one, stop the other and recover it.
Quiet: periods that do not overlap; an earlier payment that failed and was not paid since, or went back to the treasury; reissues and supplements.
False alarms: programmes that may make up a difference.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, or_, select

from store.models.payments import batch
from store.models.reference import programme
from store.models.rule import Rule
from store.queries.finding import Asked, codes_hold
from store.queries.pairs import PAID, PENDING, drawing_both, twice, two

RULE = Rule("orange", "hold", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The later payments whose earlier one is of a programme that excludes theirs."""
    naming = programme.alias("naming")
    excluded = codes_hold(naming.c.exclusive_with, programme.c.programme_code)
    exclusive = select(programme.c.programme_id).where(
        or_(programme.c.exclusive_with.isnot(None), select(naming.c.programme_id).where(excluded).exists())
    )
    tables = two(asked, drawing_both(asked, exclusive, func.count(batch.c.programme_id.distinct())))
    one, other = tables.later.c, tables.earlier.c
    named = or_(
        codes_hold(one.exclusive_with, other.programme_code),
        codes_hold(other.exclusive_with, one.programme_code),
    )
    where = (named, ~tables.same_programme, tables.overlapping)
    return twice(asked, tables, *where, states=(PAID, PENDING))

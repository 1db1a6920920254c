"""一次性项目重复享受 | A single payment drawn again

查什么：发放周期为一次性的项目，同一人以前已到账或在途，不论期次。
依据：项目规则：一次性项目终身一次。
怎么办：拦截；核对两次的事由，重复的追回。
不报：复发及其原流水、注明补发的；以前那笔失败后没有再付，或已退回国库的。
误报：同一人因不同事由依规再次享受，如两次灾害。

Looks for: a person whose earlier payment of a programme that pays once was credited or is under way, whatever the period.
Basis: what is paid once is paid once in a life.
What to do: hold it; compare the causes of both, recover what was paid twice.
Quiet: reissues, and what says that it is a supplement; an earlier payment that failed and was not paid since, or went back to the treasury.
False alarms: somebody who is lawfully due it again for another cause, such as a second disaster.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from store.models.reference import programme
from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.pairs import PAID, PENDING, drawing_both, twice, two

RULE = Rule("red", "hold", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The later payments of programmes that pay once."""
    once = select(programme.c.programme_id).where(programme.c.cycle == "once")
    tables = two(asked, drawing_both(asked, once))
    where = (tables.same_programme, ~tables.same_batch, tables.later.c.cycle == "once")
    return twice(asked, tables, *where, states=(PAID, PENDING))

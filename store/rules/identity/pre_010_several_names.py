"""同一证件号对应不同姓名 | One citizen ID under several names

查什么：同一证件号在全库发放明细中用过两个以上的姓名。
依据：补贴对象全库查重。
怎么办：核对证件，统一姓名；借证冒领的按违规处理。
不报：只差空格或间隔点写法的；证件号本身有错的。
误报：更名前后各期；个别期次录错一字。

Looks for: a citizen ID under which payments of the whole store carry two names or more.
Basis: search for duplicates over everybody who draws.
What to do: look at the paper and settle the name; somebody else's papers are a violation.
Quiet: names that differ by spaces or the dot between their parts; IDs that are wrong themselves.
False alarms: periods before and after a change of name; one character mistyped once.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from store.models.payments import batch, payment, person_payment
from store.models.rule import Rule
from store.queries.finding import Asked, of_person, same_name
from store.queries.payment_states import made_by

RULE = Rule("red", "hold", "person", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The people, with the first and the last of the names by code point and how many there are."""
    varied = (
        select(payment.c.person_id)
        .where(payment.c.person_id > 0)
        .group_by(payment.c.person_id)
        .having(func.min(payment.c.name) != func.max(payment.c.name))
    )
    if asked.after is not None:
        varied = select(payment.c.person_id).where(payment.c.payment_id > asked.after).distinct()
    who = varied.cte("varied")
    names = func.count(same_name(payment.c.name).distinct())
    several = (
        select(
            payment.c.person_id,
            func.min(payment.c.name).label("first_name"),
            func.max(payment.c.name).label("last_name"),
            func.max(payment.c.region_code).label("region_code"),
            names.label("names"),
        )
        .select_from(who)
        .join(person_payment, asked.paid_to(who.c.person_id))
        .join(payment, payment.c.payment_id == person_payment.c.payment_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .where(made_by(asked.as_of))
        .group_by(payment.c.person_id)
        .having(names > 1)
        .subquery("several")
    )
    return select(
        *of_person(several.c.person_id, several.c.region_code),
        several.c.first_name.label("left_name"),
        several.c.last_name.label("right_name"),
        several.c.names.label("right_count"),
    )

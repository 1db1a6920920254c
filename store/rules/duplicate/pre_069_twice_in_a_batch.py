"""本批次内重复 | Twice in one batch

查什么：同一批次里同一人有两笔以上，第一笔之后的每一笔。
依据：同批次人员不可重复。
怎么办：退回编制单位，查明是重复录入还是应分批的补发，去掉多余的。
不报：注明补发的；注明复发、或指明原流水号的；证件号本身有错的。
误报：一人在同一批次领两份依规应得的，如两块地分列两行。

Looks for: a person with several payments in one batch: each after the first.
Basis: nobody stands twice in one batch.
What to do: send it back; find out whether it was entered twice or is a supplement, and take out what is too much.
Quiet: what says that it is a supplement or a reissue, or names the payment that it pays again; IDs that came wrong.
False alarms: somebody who is due two lines of one batch, such as two plots listed apart.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from store.models.payments import batch, payment
from store.models.rule import Rule
from store.queries.finding import Asked
from store.queries.pairs import first_of_its_own, told
from store.queries.payment_states import made_by

RULE = Rule("red", "hold", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The later payments of a person in a batch, beside the first of them."""
    wanted = [payment.c.person_id > 0, first_of_its_own(payment), made_by(asked.as_of)]
    if asked.after is not None:
        new = select(payment.c.batch_id).where(payment.c.payment_id > asked.after)
        wanted.append(payment.c.batch_id.in_(new))
    several = (
        select(payment.c.batch_id, payment.c.person_id, func.min(payment.c.payment_id).label("earlier_id"))
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .where(*wanted)
        .group_by(payment.c.batch_id, payment.c.person_id)
        .having(func.count() > 1)
        .cte("several")
    )
    same = (payment.c.batch_id == several.c.batch_id) & (payment.c.person_id == several.c.person_id)
    pair = (
        select(payment.c.payment_id, several.c.earlier_id)
        .join(several, same & (payment.c.payment_id > several.c.earlier_id))
        .where(first_of_its_own(payment))
        .cte("found_pair")
    )
    return told(asked, pair)

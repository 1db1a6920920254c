"""一卡多人 | One card, several people

查什么：同一卡号收过多于允许人数的不同收款人的补贴（有收款人的按收款人）。
依据：一卡多人、借卡虚报。
怎么办：拦截该卡的发放；逐人核实卡在谁手里，套卡、借卡的移送。
不报：按户、按监护人、按机构发放而未填收款人的；证件号、卡号本身有错的；取入数据时只在新到的发放中比对，全库由 rules run 比对。
误报：夫妻共用一卡而未登记收款人；卡号录错一位碰巧是他人的。

Looks for: a card to which more people were paid than allowed (by payee, where one is named).
Basis: one card for many people is a sign of borrowed cards and false claims.
What to do: hold what goes to the card; find out from each of them who keeps it.
Quiet: payments to households, guardians or institutions that name no payee; IDs and cards that came wrong. When files come in, what is new is compared; `rules run` compares the whole store.
False alarms: couples who share a card without saying so; a mistyped number that happens to be somebody else's.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, cast, func, literal, null, select

from store.models.columns import Big, Text
from store.models.intake import doubtful
from store.models.payments import batch, payment
from store.models.reference import programme
from store.models.rule import Parameter, Rule
from store.queries.finding import Asked, payee_of
from store.queries.payment_states import made_by

RULE = Rule(
    "red",
    "hold",
    "card",
    feeds=(),
    of_payments=True,
    parameters=(Parameter("people", 1, 1, 9, "count", "允许的人数", "people that are allowed"),),
)


def found(asked: Asked) -> Select[Any]:
    """The cards, with how many people they were paid for, and two of these."""
    payee = payee_of()
    odd = select(doubtful.c.key).where(doubtful.c.feed == "payments", doubtful.c.field == "card_no")
    people = func.count(payee.distinct())
    shared = (
        select(
            payment.c.card_no,
            people.label("people"),
            func.min(payee).label("first_id"),
            func.max(payee).label("last_id"),
            func.max(payment.c.region_code).label("region_code"),
        )
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .where(made_by(asked.as_of), payee > 0, payment.c.payment_no.not_in(odd))
        .group_by(payment.c.card_no)
        .having(func.min(payee) != func.max(payee))
    )
    if asked.after is not None:
        shared = shared.where(payment.c.payment_id > asked.after)
    found = shared.subquery("shared")
    allowed = asked.number("people")
    nothing = [cast(null(), kind).label(name) for name, kind in NOTHING]
    return select(
        found.c.card_no.label("subject_no"),
        *nothing,
        found.c.region_code,
        found.c.people.label("left_count"),
        found.c.first_id.label("left_payee_id"),
        found.c.last_id.label("right_payee_id"),
        literal(allowed, Big).label("right_allowed"),
    ).where(found.c.people > allowed)


NOTHING = (
    *(("programme_code", Text), ("period", Text)),
    *(("person_id", Big), ("amount", Big), ("at_risk", Big)),
)

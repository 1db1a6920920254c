"""金额不等于标准乘数量 | Amount that is not standard times quantity

查什么：有申报件的发放，金额与补贴标准乘申报数量相差超过允许的分数；标准取最小地域、期次第一天有效的一条，没有则取项目标准。
依据：自动比对补贴数据与计算模型。
怎么办：退回编制单位重算；多发的追回，少发的补发。
不报：没有申报件或数量、没有标准的；复发和注明补发的。
误报：分档、补差、封顶的项目；标准当期调整而未录入。

Looks for: a payment of a claim whose amount is further from standard times quantity than allowed; the standard is that of the smallest place in force on the first day of the period, else the programme's own.
Basis: comparison of payments with how they are worked out.
What to do: have it worked out again; recover what is too much, pay what is missing.
Quiet: payments without a claim, a quantity or a standard; reissues and supplements.
False alarms: programmes in bands, with a difference or a cap; a standard that changed and was not entered.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, Select, cast, func, or_, select, type_coerce

from store.models.claims import claim
from store.models.columns import Big
from store.models.folding import cut
from store.models.payments import batch, payment
from store.models.reference import programme, standard
from store.models.rule import Parameter, Rule
from store.queries.finding import Asked, payments
from store.queries.pairs import first_of_its_own

RULE = Rule(
    "red",
    "hold",
    "payment",
    feeds=("programmes", "standards", "cases"),
    of_payments=True,
    parameters=(Parameter("tolerance", 0, 0, 100_000, "fen", "允许相差", "difference that is allowed"),),
)


def found(asked: Asked) -> Select[Any]:
    """Such payments, with standard, quantity and what the amount should be."""
    rate, quantity = _rates(asked), cast(claim.c.quantity, Float)
    wanted = cast(func.round(rate.c.rate * quantity), Big)
    off = func.abs(payment.c.amount - wanted)
    tolerance = asked.parameter("tolerance", programme.c.programme_code, payment.c.region_code)
    sides = (
        payment.c.amount.label("left_amount"),
        wanted.label("right_expected_amount"),
        rate.c.rate.label("right_standard"),
        claim.c.quantity.label("right_quantity"),
    )
    return (
        payments(asked, *sides)
        .join(claim, claim.c.case_no == payment.c.case_no)
        .join(rate, (rate.c.batch_id == batch.c.batch_id) & (rate.c.region_code == payment.c.region_code))
        .where(claim.c.quantity.isnot(None), rate.c.rate.isnot(None), off > tolerance)
        .where(first_of_its_own(payment))
    )


def _rates(asked: Asked) -> Any:
    """The standard for each batch and place: that of the smallest place, then the latest."""
    places = select(payment.c.batch_id, payment.c.region_code).distinct()
    if asked.after is not None:
        places = places.where(payment.c.payment_id > asked.after)
    place = places.cte("place")
    here, there = type_coerce(place.c.region_code, Big), type_coerce(standard.c.region_code, Big)
    first = asked.days.c.first_on
    own = (
        select(standard.c.amount)
        .where(standard.c.programme_code == programme.c.programme_code)
        .where(there.in_([cut(here, digits) for digits in (2, 4, 6, 9, 12)]))
        .where(standard.c.valid_from <= first)
        .where(or_(standard.c.valid_to.is_(None), standard.c.valid_to >= first))
        .order_by((there % 100).desc(), standard.c.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(place.c.batch_id, place.c.region_code, func.coalesce(own, programme.c.standard).label("rate"))
        .select_from(place)
        .join(batch, batch.c.batch_id == place.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(asked.days, asked.days.c.batch_id == place.c.batch_id)
        .cte("rate")
    )

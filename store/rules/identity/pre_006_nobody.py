"""人口信息查无此人 | Nobody of that ID is known

查什么：发放明细上的证件号在人员信息中没有。
依据：人员状态动态核验模型。
怎么办：核对证件号；确有其人的请数据单位补录，查无此人的按虚报处理。
不报：所在区县还没有任何人员信息的；证件号本身有错的由 PRE-001 至 PRE-003 报。
误报：人员信息更新不及时，新迁入、新出生者尚未入库。

Looks for: a payment whose ID is not among the people that are stored.
Basis: the model that checks people's status.
What to do: compare the ID; somebody real is added by who keeps the data, nobody is a false claim.
Quiet: a county of which no people are stored at all; IDs that are wrong themselves (PRE-001 to PRE-003).
False alarms: people who moved in or were born lately and are not in the data yet.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select, type_coerce

from store.models.columns import Big
from store.models.payments import payment
from store.models.reference import person
from store.models.rule import Rule
from store.queries.finding import Asked, payments

RULE = Rule("red", "hold", "payment", feeds=("people",), of_payments=True)
COUNTY = 10**8  # what a packed region is divided by to have its county


def found(asked: Asked) -> Select[Any]:
    """The payments of such IDs."""
    place = type_coerce(person.c.region_code, Big) // COUNTY
    counties = select(place.label("county")).distinct().cte("counties")
    return (
        payments(asked, payment.c.person_id.label("left_person_id"), payment.c.name.label("left_name"))
        .join(counties, counties.c.county == type_coerce(payment.c.region_code, Big) // COUNTY)
        .outerjoin(person, person.c.person_id == payment.c.person_id)
        .where(payment.c.person_id > 0, person.c.person_id.is_(None))
    )

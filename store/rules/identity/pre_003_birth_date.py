"""出生日期非法或晚于今日 | Birth date that does not exist or is yet to come

查什么：证件号里的出生日期不存在（如2月30日），或晚于核查当日。
依据：GB 11643-1999。
怎么办：核对证件原件后改正重报；未出生者不得列入清册。
不报：当日出生的不报；位数不对的由 PRE-001 报，校验码不符的由 PRE-002 报。
误报：很少；核查日取错时会把新生儿报出。

Looks for: an ID whose birth date does not exist (30 February) or lies after the day of the screening.
Basis: GB 11643-1999.
What to do: compare with the paper and mend it; nobody is listed before birth.
Quiet: somebody born on the day itself; wrong lengths (PRE-001) and wrong checks (PRE-002).
False alarms: hardly any; a screening dated wrongly reports the newly born.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, cast, func, literal, not_, or_

from store.identity import CHECKS
from store.models.columns import Big, Text
from store.models.payments import payment
from store.models.reference import odd_identity
from store.models.rule import Rule
from store.queries.finding import Asked, birth_of, payments
from store.queries.numbers import BORN_SHAPE, SHAPE, check_of

RULE = Rule("red", "hold", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments of such IDs: one with a right check but no birth date came wrong and is kept as a text."""
    text = odd_identity.c.text
    checked = and_(
        text.regexp_match(SHAPE), func.substr(CHECKS, check_of(text) + 1, 1) == func.substr(text, 18, 1)
    )
    born = case(
        (payment.c.person_id > 0, cast(birth_of(payment.c.person_id), Text)),
        else_=func.substr(text, 7, 8),
    )
    today = literal(int(asked.as_of.strftime("%Y%m%d")), Big)
    return (
        payments(asked, born.label("left_born"))
        .outerjoin(odd_identity, odd_identity.c.odd_id == -payment.c.person_id)
        .where(
            or_(
                and_(payment.c.person_id > 0, birth_of(payment.c.person_id) > today),
                and_(payment.c.person_id < 0, checked, not_(text.regexp_match(BORN_SHAPE))),
            )
        )
    )

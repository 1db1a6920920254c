"""15位旧证与18位新证并存 | An old number of 15 digits beside the new one

查什么：发放明细用15位旧证件号，而同一人的18位号已在人员信息中。
依据：GB 11643-1999；一代证已停用。
怎么办：改用18位号；查此人是否以新旧两个号各领一份。
不报：18位号不在人员信息中的旧号，由 PRE-001 报。
误报：两个不同的人新旧号碰巧相同，极少。

Looks for: a payment under an old number of 15 digits, where people have the same person under 18.
Basis: GB 11643-1999; papers with 15 digits are no longer valid.
What to do: use the number of 18 digits; look whether the person draws under both.
Quiet: an old number whose new one is not stored (PRE-001 has it).
False alarms: two people whose numbers happen to match; hardly ever.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, case, cast, func

from store.models.columns import Big
from store.models.payments import payment
from store.models.reference import odd_identity, person
from store.models.rule import Rule
from store.queries.finding import Asked, payments
from store.queries.numbers import OLD_SHAPE

RULE = Rule("orange", "hold", "payment", feeds=("people",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments of such numbers; the right side is the person under the new one."""
    text = odd_identity.c.text
    longer = func.substr(text, 1, 6) + "19" + func.substr(text, 7, 9)
    new = case((text.regexp_match(OLD_SHAPE), cast(longer, Big)))
    left = (text.label("left_person_id"), payment.c.name.label("left_name"))
    right = (person.c.person_id.label("right_person_id"), person.c.name.label("right_name"))
    return (
        payments(asked, *left, *right)
        .join(odd_identity, odd_identity.c.odd_id == -payment.c.person_id)
        .join(person, person.c.person_id == new)
        .where(payment.c.person_id < 0)
    )

"""身份证号校验码错误 | Citizen ID whose check fails

查什么：18位证件号的前17位是数字，按 GB 11643 算出的校验码与第18位不符，或号中有不该有的字符。
依据：GB 11643-1999。
怎么办：退回录入单位核对证件原件，多为错一位或两位颠倒，改正后重新送审。
不报：位数不对的由 PRE-001 报；校验码对而出生日期不存在的由 PRE-003 报。
误报：极少数早年错号证件校验码本来就不对，须凭派出所证明。

Looks for: an ID of 18 characters whose check by GB 11643 is not its last character, or with a character that has no
place in it.
Basis: GB 11643-1999.
What to do: send it back to be compared with the paper: mostly one digit is wrong or two are swapped.
Quiet: other lengths (PRE-001); a right check with a birth date that does not exist (PRE-003).
False alarms: a very few old papers were issued with a wrong check; the police station confirms them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, not_

from store.identity import CHECKS
from store.models.payments import payment
from store.models.reference import odd_identity
from store.models.rule import Rule
from store.queries.finding import Asked, payments
from store.queries.numbers import SHAPE, check_of

RULE = Rule("red", "hold", "payment", feeds=(), of_payments=True)
LENGTH = 18


def found(asked: Asked) -> Select[Any]:
    """The payments of such IDs; the right side is the check that the first 17 digits want."""
    text = odd_identity.c.text
    shaped = text.regexp_match(SHAPE)
    wanted = func.substr(CHECKS, check_of(text) + 1, 1)
    return (
        payments(asked, text.label("left_person_id"), wanted.label("right_check"))
        .join(odd_identity, odd_identity.c.odd_id == -payment.c.person_id)
        .where(payment.c.person_id < 0, func.length(text) == LENGTH)
        .where(not_(shaped) | (wanted != func.substr(text, LENGTH, 1)))
    )

"""身份证号位数错误 | Citizen ID of the wrong length

查什么：发放明细上的证件号不是18位。
依据：清册导入校验；GB 11643-1999。
怎么办：退回录入单位核对证件原件，改正后重新送审；15位旧证换成18位。
不报：18位的号码，校验位或出生日期有错由 PRE-002、PRE-003 报。
误报：外籍人员和港澳台居民的其他证件；表格软件截短的号码也在此列，原件往往是对的。

Looks for: a payment whose citizen ID does not have 18 characters.
Basis: checks at taking in a list; GB 11643-1999.
What to do: send it back to whoever entered it, compare with the paper, send it again; an old number of 15 digits
becomes one of 18.
Quiet: numbers of 18 characters; a wrong check or birth date is found by PRE-002 and PRE-003.
False alarms: papers of foreigners and of residents of Hong Kong, Macao and Taiwan; a number that a spreadsheet cut
short is listed too, though the paper is right.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func

from store.models.payments import payment
from store.models.reference import odd_identity
from store.models.rule import Rule
from store.queries.finding import Asked, payments

RULE = Rule("red", "hold", "payment", feeds=(), of_payments=True)
LENGTH = 18


def found(asked: Asked) -> Select[Any]:
    """The payments of such IDs: those that came wrong are kept as texts of their own."""
    text = odd_identity.c.text
    return (
        payments(asked, text.label("left_person_id"), func.length(text).label("left_characters"))
        .join(odd_identity, odd_identity.c.odd_id == -payment.c.person_id)
        .where(payment.c.person_id < 0, func.length(text) != LENGTH)
    )

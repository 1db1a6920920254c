"""卡号校验不通过 | Card number whose check fails

查什么：卡号为16至19位数字，但 Luhn 校验不通过。
依据：Luhn 校验。
怎么办：退回录入单位按卡面核对，多为错一位或两位颠倒；末位成串为零的是被表格软件截断。
不报：位数或字符不对的由 PRE-026 报。
误报：极少数银行早年卡号不按 Luhn 编制。

Looks for: a card number of 16 to 19 digits that does not pass Luhn.
Basis: the Luhn check.
What to do: send it back to be compared with the card: mostly one digit is wrong or two are swapped; zeros at the end are what a spreadsheet leaves.
Quiet: numbers of another shape (PRE-026).
False alarms: a few old cards were numbered without it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func

from store.models.intake import doubtful
from store.models.payments import payment
from store.models.rule import Rule
from store.queries.finding import Asked, payments
from store.queries.numbers import CARD_SHAPE

RULE = Rule("red", "hold", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments of such cards: those that came wrong were marked when they landed."""
    own = (payment.c.card_no.label("left_card_no"), func.length(payment.c.card_no).label("left_characters"))
    wrong = (doubtful.c.feed == "payments") & (doubtful.c.field == "card_no")
    return (
        payments(asked, *own)
        .join(doubtful, doubtful.c.key == payment.c.payment_no)
        .where(wrong, payment.c.card_no.regexp_match(CARD_SHAPE))
    )

"""卡号位数或字符错误 | Card number of a wrong shape

查什么：卡号不是16至19位数字。
依据：卡号规则。
怎么办：退回录入单位按卡面重录；被表格软件写成科学计数的，改为文本格式重导。
不报：位数对而校验不过的由 PRE-027 报。
误报：存折账号等非卡账户，须先换成社保卡。

Looks for: a card number that is not 16 to 19 digits.
Basis: the shape of card numbers.
What to do: send it back to be entered from the card; a number that a spreadsheet wrote with an exponent is exported again as text.
Quiet: numbers of the right shape whose check fails (PRE-027).
False alarms: passbooks and other accounts without a card: a social security card is wanted first.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, not_

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
        .where(wrong, not_(payment.c.card_no.regexp_match(CARD_SHAPE)))
    )

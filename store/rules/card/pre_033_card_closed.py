"""账户已销户或卡已注销 | Card that was closed

查什么：待发放的一笔所用的卡已注销。
依据：银行账户状态。
怎么办：本人提交账户变更单，改用现用卡号后再送银行。
不报：银行已有结果的（成功的说明卡可用，失败的进失败台账）；卡库中没有的卡。
误报：注销登记错卡。

Looks for: a payment still to be made to a card that was closed.
Basis: what banks say of accounts.
What to do: take a change form with the card in use before the bank gets the batch.
Quiet: what the bank has answered (a success shows that the card works, a failure is in the list of failures); cards that are not stored.
False alarms: a closing recorded for the wrong card.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.intake import source_file
from store.models.payments import payment
from store.models.reference import card
from store.models.rule import Rule
from store.queries.finding import Asked, payments, unanswered

RULE = Rule("red", "hold", "payment", feeds=("cards",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments that wait for such cards."""
    sides = (payment.c.card_no.label("left_card_no"), card.c.status.label("right_card_status"))
    return (
        unanswered(asked, payments(asked, *sides, source_file.c.arrived_on.label("data_as_of")))
        .join(card, card.c.card_no == payment.c.card_no)
        .outerjoin(source_file, source_file.c.file_id == card.c.file_id)
        .where(card.c.status.in_(("closed",)))
    )

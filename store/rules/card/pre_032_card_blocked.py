"""账户挂失或冻结 | Card that is lost or frozen

查什么：待发放的一笔所用的卡，状态为挂失或冻结。
依据：银行账户状态。
怎么办：挂失的等补卡后改用新卡号；冻结的查明原因，经批准改发本人其他账户。
不报：银行已有结果的（成功的说明卡可用，失败的进失败台账）；卡库中没有的卡。
误报：已解挂、解冻而卡状态未更新。

Looks for: a payment still to be made to a card that is lost or frozen.
Basis: what banks say of accounts.
What to do: wait for the new card; find out why it is frozen, and pay to another account of the same person when that is approved.
Quiet: what the bank has answered (a success shows that the card works, a failure is in the list of failures); cards that are not stored.
False alarms: cards released since the data was made.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.intake import source_file
from store.models.payments import payment
from store.models.reference import card
from store.models.rule import Rule
from store.queries.finding import Asked, payments, unanswered

RULE = Rule("orange", "hold", "payment", feeds=("cards",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments that wait for such cards."""
    sides = (payment.c.card_no.label("left_card_no"), card.c.status.label("right_card_status"))
    return (
        unanswered(asked, payments(asked, *sides, source_file.c.arrived_on.label("data_as_of")))
        .join(card, card.c.card_no == payment.c.card_no)
        .outerjoin(source_file, source_file.c.file_id == card.c.file_id)
        .where(card.c.status.in_(("lost", "frozen")))
    )

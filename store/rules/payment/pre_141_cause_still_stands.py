"""复发时失败原因仍在 | Paid again while its cause still stands

查什么：复发的一笔尚无银行结果，而原失败的原因没有消除：账号不存在、数据格式错误或已销户而卡号未换；户名不符而姓名、卡号都未改；卡未激活、挂失、冻结、注销而卡状态仍如此；已死亡。
依据：复发前须消除失败原因；状态未知不得盲目重发。
怎么办：拦截本次复发，先更正再送银行。
不报：换了卡号的；银行系统故障等与卡、人无关的原因；银行已有结果的。
误报：卡已恢复而卡状态未更新。

Looks for: a reissue that waits for the bank while the cause of the failure stands: the account does not exist, is closed or was badly written and the card is the same; the name was wrong and neither name nor card changed; the card is still inactive, lost, frozen or closed; the person is dead.
Basis: a failure is cured before it is paid again; what is unknown is not sent blindly.
What to do: hold the reissue, mend the cause first.
Quiet: another card; causes that are the bank's own; what the bank has answered.
False alarms: cards restored since the data was made.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, or_

from store.models.failures import failure
from store.models.payments import payment
from store.models.reference import card, wording
from store.models.rule import Rule
from store.queries.finding import Asked, payments, unanswered

RULE = Rule("orange", "hold", "payment", feeds=("cards",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """Such reissues, with card and name as they are now and as they failed, and the reason."""
    first = payment.alias("first_payment")
    same_card = first.c.card_no == payment.c.card_no
    reason = wording.c.reason
    stands = or_(
        and_(reason.in_(OF_THE_NUMBER), same_card),
        and_(reason == "name_mismatch", same_card, first.c.name == payment.c.name),
        and_(reason.in_(OF_THE_CARD), same_card, card.c.status.in_(BLOCKED)),
        reason == "person_dead",
    )
    left = (payment.c.card_no.label("left_card_no"), payment.c.name.label("left_name"))
    right = (
        first.c.payment_no.label("right_payment_no"),
        first.c.card_no.label("right_card_no"),
        first.c.name.label("right_name"),
        reason.label("right_reason"),
        card.c.status.label("right_card_status"),
    )
    return (
        unanswered(asked, payments(asked, *left, *right))
        .join(first, first.c.payment_id == payment.c.reissue_of)
        .join(failure, failure.c.failure_id == first.c.payment_id)
        .join(wording, wording.c.wording_id == failure.c.wording_id)
        .outerjoin(card, card.c.card_no == payment.c.card_no)
        .where(stands)
    )


OF_THE_NUMBER = ("account_not_found", "account_closed", "data_format")
OF_THE_CARD = ("card_inactive", "card_lost", "account_frozen", "account_dormant", "account_restricted")
BLOCKED = ("inactive", "lost", "frozen", "closed")

"""账户证件号与对象不符 | The card belongs to somebody else

查什么：卡库中这张卡的持卡人，不是本笔的收款人（有收款人的按收款人，否则按享受人）。
依据：人卡信息比对。
怎么办：拦截；确属代领的补代管备案和收款人信息，借卡、套卡的移送。
不报：按户、按监护人、按机构发放而未填收款人的；卡库中没有的卡；证件号本身有错的。
误报：换卡后旧卡号转给他人前的数据；监护人代领未填收款人。

Looks for: a payment whose card has another owner than its payee (or, where none is named, its beneficiary).
Basis: comparison of people and cards.
What to do: hold it; a lawful keeper is filed and named as the payee, a borrowed card is handed over.
Quiet: payments to households, guardians or institutions that name no payee; cards that are not stored; IDs that came wrong.
False alarms: guardians who draw without being named as the payee.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from store.models.intake import source_file
from store.models.payments import payment
from store.models.reference import card
from store.models.rule import Rule
from store.queries.finding import Asked, payee_of, payments

RULE = Rule("red", "hold", "payment", feeds=("cards",), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """The payments whose payee is not the owner of the card."""
    payee = payee_of()
    left = (payment.c.card_no.label("left_card_no"), payee.label("left_payee_id"))
    right = (card.c.person_id.label("right_owner_id"), source_file.c.arrived_on.label("data_as_of"))
    return (
        payments(asked, *left, *right)
        .join(card, card.c.card_no == payment.c.card_no)
        .outerjoin(source_file, source_file.c.file_id == card.c.file_id)
        .where(payee > 0, card.c.person_id > 0, payee != card.c.person_id)
    )

"""复发明细与原明细不一致 | A reissue that is not what failed

查什么：指明原流水号的复发，享受人不同，或金额大于原金额。
依据：更正发放：人员照搬、金额不增。
怎么办：中止；核对更正依据，换人、加钱的按新申报办理。
不报：只换了卡号的；金额小于或等于原金额的。
误报：原证件号录错、更正为正确证件号的。

Looks for: a reissue, by the payment that it names, to another person or of a larger amount.
Basis: a correction copies the person and never adds money.
What to do: suspend it; look at the grounds of the correction: another person or more money is a new claim.
Quiet: another card; an amount that is smaller or the same.
False alarms: a wrong ID that was put right.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_

from store.models.payments import payment
from store.models.rule import Rule
from store.queries.finding import Asked, payments

RULE = Rule("red", "suspend", "payment", feeds=(), of_payments=True)


def found(asked: Asked) -> Select[Any]:
    """Such reissues, beside the payment that they name."""
    first = payment.alias("first_payment")
    left = (
        payment.c.person_id.label("left_person_id"),
        payment.c.name.label("left_name"),
        payment.c.amount.label("left_amount"),
    )
    right = (
        first.c.payment_no.label("right_payment_no"),
        first.c.person_id.label("right_person_id"),
        first.c.name.label("right_name"),
        first.c.amount.label("right_amount"),
    )
    differs = or_(payment.c.person_id != first.c.person_id, payment.c.amount > first.c.amount)
    return (
        payments(asked, *left, *right).join(first, first.c.payment_id == payment.c.reissue_of).where(differs)
    )

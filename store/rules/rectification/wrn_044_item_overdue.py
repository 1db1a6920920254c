"""整改逾期 | A rectification item that is overdue

查什么：整改项的期限早于当日，而未申请销号、未销号、未撤销或并案。
依据：清单制、责任制、销号制。
怎么办：催办责任单位，必要时约谈。
不报：到期当日；已申请销号、已销号、撤销、并案的；没有期限的。取入数据时不运行，由 rules run 运行。
误报：证据已交而未登记申请销号。

Looks for: an item whose due day lies before the day and that is not submitted, closed, withdrawn or merged.
Basis: lists of problems, who answers for them, and their closing.
What to do: urge the unit; call it in where need be.
Quiet: the due day itself; items at rest; items without a due day. It runs with `rules run`, not when files come in.
False alarms: evidence that was handed in without asking for the closing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, cast, null, select, type_coerce

from store.models.columns import Big, Text
from store.models.ledger import item
from store.models.rectification import AT_REST
from store.models.rule import Rule
from store.queries.finding import Asked, day_of_asking

RULE = Rule("red", "urge", "item", feeds=())


def found(asked: Asked) -> Select[Any]:
    """Such items, with their due day and how many days have passed since."""
    late = (day_of_asking(asked) - type_coerce(item.c.due_on, Big)).label("right_days")
    return select(
        item.c.item_no.label("subject_no"),
        item.c.programme_code,
        cast(null(), Text).label("period"),
        item.c.region_code,
        cast(null(), Big).label("person_id"),
        item.c.amount,
        item.c.amount.label("at_risk"),
        item.c.due_on.label("left_due_on"),
        item.c.status.label("left_status"),
        item.c.unit_code.label("left_unit_code"),
        late,
    ).where(item.c.due_on < asked.as_of, item.c.opened_on <= asked.as_of, item.c.status.not_in(AT_REST))

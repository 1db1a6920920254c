"""公示未上传 | No publicity was recorded

查什么：已送银行的批次，本区县没有该项目、期次重叠的公示记录。
依据：无公示资料一律退回。
怎么办：补传公示资料；确未公示的，补公示并查审批责任。
不报：不公示的项目；全部是复发的批次；区县以上的批次；库中还没有任何公示记录的。
误报：公示记录未及时录入；公示登记在别的期次。

Looks for: a batch that went to the bank without any publicity of its programme for an overlapping period in its county.
Basis: a list that was not made public is sent back.
What to do: add the record; where nothing was posted, post it and ask who approved.
Quiet: programmes that are not made public; batches of reissues alone; batches above a county; a store without any publicity.
False alarms: records entered late, or under another period.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select, type_coerce

from store.models.claims import notice
from store.models.columns import Big
from store.models.folding import cut
from store.models.payments import batch, payment
from store.models.reference import programme
from store.models.rule import Rule
from store.queries.batches import batches
from store.queries.finding import Asked

RULE = Rule("red", "hold", "batch", feeds=("batches", "notices", "programmes"))


def found(asked: Asked) -> Select[Any]:
    """Such batches, with the day they went to the bank."""
    days = asked.periods.alias("its_days")
    its, mine = days.c, asked.periods.c
    here, there = (type_coerce(each.c.region_code, Big) for each in (batch, notice))
    posted = (
        select(notice.c.period)
        .join(days, days.c.period == notice.c.period)
        .where(notice.c.programme_code == programme.c.programme_code, cut(there, 6) == cut(here, 6))
        .where(its.first_on <= mine.last_on, its.last_on >= mine.first_on)
        .where(notice.c.posted_on <= asked.as_of)
        .correlate(batch, programme, asked.periods)
        .exists()
    )
    any_posted = select(notice.c.period).exists()
    own = (payment.c.batch_id == batch.c.batch_id) & payment.c.reissue_of.is_(None)
    anew = select(payment.c.payment_id).where(own).exists()
    query, _ = batches(asked, batch.c.submitted_on.label("left_submitted_on"))
    published = programme.c.not_published.is_distinct_from("yes")
    return query.where(
        batch.c.submitted_on <= asked.as_of, published, here % 100 >= 6, anew, any_posted, ~posted
    )

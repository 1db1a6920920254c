"""离开一环节而未进入下一环节 | Left one stage and entered none

查什么：申报件通过了一个环节（拨付之前），此后超过规定天数没有进入任何环节。
依据：审批流程闭环。
怎么办：催办下一环节的单位接收，查清件在哪里。
不报：恰为规定天数的；退回、不予批准、中止的；已到拨付、代发的；离开超过一年的。
误报：下一环节的数据迟送。

Looks for: a case that passed a stage before appropriation and has entered none for more than so many days.
Basis: one stage hands over to the next.
What to do: urge the unit of the next stage to take it; find out where it is.
Quiet: exactly so many days; cases that were returned, rejected or suspended; those that came to appropriation; those that left over a year ago.
False alarms: data of the next stage that comes late.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select, type_coerce

from store.models.claims import claim, stage_visit
from store.models.codes import STAGES
from store.models.columns import Big, end_of
from store.models.folding import day_number_of
from store.models.reference import programme, unit
from store.models.rule import Parameter, Rule
from store.queries.cases import of_case
from store.queries.finding import Asked, day_of_asking

RULE = Rule(
    "orange",
    "urge",
    "case",
    feeds=(),
    parameters=(Parameter("days", 5, 1, 180, "day", "允许的天数", "days that are allowed"),),
)


def found(asked: Asked) -> Select[Any]:
    """Such cases, with the stage they left, when, and whose it was."""
    visit, later = stage_visit.c, stage_visit.alias("later")
    again = (later.c.claim_id == visit.claim_id) & (later.c.entered_at <= end_of(asked.as_of))
    after = (later.c.entered_at >= visit.left_at) & (later.c.visit_id != visit.visit_id)
    still = later.c.left_at.is_(None) | (later.c.left_at > visit.left_at)
    taken = select(later.c.visit_id).where(again, after | still).exists()
    allowed = asked.parameter("days", programme.c.programme_code, claim.c.region_code)
    passed = day_of_asking(asked) - day_number_of(type_coerce(visit.left_at, Big))
    return (
        select(
            *of_case(),
            visit.stage.label("left_stage"),
            visit.left_at.label("left_left_at"),
            unit.c.unit_code.label("left_unit_code"),
            passed.label("right_days"),
            allowed.label("right_allowed"),
        )
        .select_from(stage_visit)
        .join(claim, claim.c.claim_id == visit.claim_id)
        .join(programme, programme.c.programme_id == claim.c.programme_id)
        .join(unit, unit.c.unit_id == visit.unit_id)
        .where(visit.outcome == "passed", visit.stage.in_(BEFORE), ~taken, passed > allowed)
        .where(visit.left_at > end_of(asked.as_of - timedelta(days=366)))
        .where(visit.left_at <= end_of(asked.as_of))
    )


BEFORE = STAGES[: STAGES.index("appropriation")]

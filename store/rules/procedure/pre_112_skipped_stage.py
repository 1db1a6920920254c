"""越级跳步审批 | A stage that was skipped

查什么：申报件已到县定或更后的环节，却没有镇审或公示的记录（项目或 * 有该环节时限的才要求）。
依据：户报、村评、镇审、县定、市管的流程。
怎么办：退回补办跳过的环节，追问越级审批的原因。
不报：没有规定该环节时限的项目。
误报：系统启用前已走完的环节没有补录。

Looks for: a case that came to the county's approval or beyond without ever having been in the town's review or in publicity, where the programme or * has a limit for that stage.
Basis: declaration, village, town, county, city: one after the other.
What to do: send it back through the stage that was skipped, and ask why it was.
Quiet: programmes without a limit for the stage.
False alarms: stages that were done before the system was in use.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, case, func, literal, or_, select

from store.models.claims import claim, stage_visit
from store.models.codes import STAGES
from store.models.columns import Text
from store.models.reference import deadline, programme
from store.models.rule import Rule
from store.queries.cases import of_case
from store.queries.finding import Asked

RULE = Rule("red", "hold", "case", feeds=())


def found(asked: Asked) -> Select[Any]:
    """Such cases, with the stage that was skipped."""
    town, posted = _been_in("town_review"), _been_in("notice")
    been = (
        select(stage_visit.c.claim_id, town.label("town_review"), posted.label("notice"))
        .group_by(stage_visit.c.claim_id)
        .having(func.max(_later()) == 1, or_(town == 0, posted == 0))
        .subquery("been")
    )
    skipped = case(
        ((been.c.town_review == 0) & _wants("town_review"), literal("town_review", Text)),
        ((been.c.notice == 0) & _wants("notice"), literal("notice", Text)),
    )
    return (
        select(*of_case(), literal("county_approval", Text).label("left_stage"), skipped.label("right_stage"))
        .select_from(been)
        .join(claim, claim.c.claim_id == been.c.claim_id)
        .join(programme, programme.c.programme_id == claim.c.programme_id)
        .where(skipped.isnot(None), claim.c.applied_on <= asked.as_of)
    )


def _been_in(stage: str) -> Any:
    """Whether a case has been in a stage."""
    return func.max(case((stage_visit.c.stage == stage, 1), else_=0))


def _later() -> Any:
    """Whether a stay is in the county's approval or beyond."""
    return case((stage_visit.c.stage.in_(STAGES[STAGES.index("county_approval") :]), 1), else_=0)


def _wants(stage: str) -> Any:
    """That a stage has a limit for the programme, or for all."""
    d = deadline.c
    whose = or_(d.programme_code == programme.c.programme_code, d.programme_code == "*")
    return select(d.programme_code).where(whose, d.stage == stage).correlate(programme).exists()

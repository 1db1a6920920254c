"""同一操作员办理多环节 | One operator in several stages

查什么：同一经办人编号办理了同一申报件的多于允许的环节。
依据：闭环运行、岗位分离。
怎么办：中止该件，由他人重新审核；查账号是否混用、有无授权。
不报：没有经办人编号的；户报与村评由同一名村干部代办的不算在内。
误报：人手不足、经批准兼岗的乡镇；账号共用。

Looks for: an operator number that took one case through more stages than allowed.
Basis: duties are kept apart.
What to do: suspend the case and have it reviewed by others; find out whether logins are shared.
Quiet: stays without an operator number; declaration and village review, which one village cadre may do.
False alarms: small towns where somebody holds two posts with approval; shared logins.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from store.models.claims import claim, stage_visit
from store.models.columns import end_of
from store.models.reference import programme
from store.models.rule import Parameter, Rule
from store.queries.cases import of_case
from store.queries.finding import Asked

RULE = Rule(
    "red",
    "suspend",
    "case",
    feeds=(),
    parameters=(Parameter("stages", 1, 1, 8, "count", "允许办理的环节数", "stages that are allowed"),),
)


def found(asked: Asked) -> Select[Any]:
    """Such cases, with the operator (the first of them by number) and how many stages."""
    visit = stage_visit.c
    handled = (
        select(visit.claim_id, visit.operator_id, func.count(visit.stage.distinct()).label("stages"))
        .where(visit.operator_id.isnot(None), visit.stage.not_in(OF_THE_VILLAGE))
        .where(visit.entered_at <= end_of(asked.as_of))
        .group_by(visit.claim_id, visit.operator_id)
        .having(func.count(visit.stage.distinct()) > 1)
        .subquery("handled")
    )
    allowed = asked.parameter("stages", programme.c.programme_code, claim.c.region_code)
    return (
        select(
            *of_case(),
            func.min(handled.c.operator_id).label("left_operator_id"),
            func.max(handled.c.stages).label("left_count"),
            allowed.label("right_allowed"),
        )
        .select_from(handled)
        .join(claim, claim.c.claim_id == handled.c.claim_id)
        .join(programme, programme.c.programme_id == claim.c.programme_id)
        .where(handled.c.stages > allowed)
        .group_by(*of_case(plain=True), allowed)
    )


OF_THE_VILLAGE = ("declare", "village_review")

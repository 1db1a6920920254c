"""Stages: each stay of a case in a stage of approval."""

from store.models.claims import stage_visit
from store.models.codes import OUTCOMES
from store.models.codes import STAGES as STAGE_CODES
from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import claim_id, unit_id
from store.models.wordlists import STAGES

FEED = Feed(
    name="stages",
    fields=(
        Field("case_no", "申报编号", FieldKind.TEXT, required=True, key=True),
        Field("stage", "环节", FieldKind.ENUM, required=True, key=True, words=STAGES),
        Field("entered_at", "到达时间", FieldKind.DATETIME, required=True, key=True, aliases=("进入时间",)),
        Field("left_at", "办结时间", FieldKind.DATETIME),
        Field("unit_code", "单位代码", FieldKind.TEXT, required=True),
        Field("operator", "经办人", FieldKind.TEXT),
        Field("operator_id", "经办人编号", FieldKind.TEXT),
        Field(
            "outcome",
            "结果",
            FieldKind.ENUM,
            words={"passed": "通过", "returned": "退回", "rejected": "不予批准", "suspended": "中止"},
        ),
        Field("opinion", "意见", FieldKind.TEXT),
    ),
    rule=Rule.UPDATES,
    repeats_update=True,
    target=Target(
        table=stage_visit,
        keys=("claim_id", "stage", "entered_at"),
        links=(
            unit_id(),
            claim_id({"home": "home", "region_code": "region_code", "programme_id": "programme_id"}),
        ),
        coded={"stage": STAGE_CODES, "outcome": OUTCOMES},
    ),
)

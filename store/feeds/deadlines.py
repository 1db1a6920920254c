"""Deadlines: the limit of each stage, by programme, place and date."""

from store.models.codes import STAGES as STAGE_CODES
from store.models.columns import NO_DAY, day_number
from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import programme_code
from store.models.reference import deadline
from store.models.wordlists import DAY_UNITS, STAGES

FEED = Feed(
    name="deadlines",
    fields=(
        Field("programme_code", "项目编码", FieldKind.TEXT, required=True, key=True),
        Field("stage", "环节", FieldKind.ENUM, required=True, key=True, words=STAGES),
        Field("limit", "时限", FieldKind.INT, required=True),
        Field("limit_unit", "时限单位", FieldKind.ENUM, required=True, words=DAY_UNITS),
        Field("region_code", "区划代码", FieldKind.REGION, key=True),
        Field("valid_from", "生效日期", FieldKind.DATE, key=True),
        Field("basis", "依据", FieldKind.TEXT),
    ),
    rule=Rule.UPDATES,
    target=Target(
        table=deadline,
        keys=("programme_code", "stage", "region_code", "valid_from"),
        links=(programme_code(besides=frozenset({"*"})),),
        coded={"stage": STAGE_CODES},
        empty={"region_code": 0, "valid_from": day_number(NO_DAY)},
    ),
)

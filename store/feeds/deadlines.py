"""Deadlines: the limit of each stage, by programme, place and date."""

from store.models.feed import Feed, Field, FieldKind, Rule
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
)

"""Notices: publicity in towns and villages."""

from store.models.claims import notice
from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import programme_code

FEED = Feed(
    name="notices",
    fields=(
        Field("programme_code", "项目编码", FieldKind.TEXT, required=True, key=True),
        Field("period", "期次", FieldKind.PERIOD, required=True, key=True),
        Field("region_code", "区划代码", FieldKind.REGION, required=True, key=True),
        Field("posted_on", "公示开始", FieldKind.DATE, required=True),
        Field("ended_on", "公示结束", FieldKind.DATE),
        Field("place", "公示地点", FieldKind.TEXT),
        Field("objections", "异议数", FieldKind.INT),
        Field("round", "轮次", FieldKind.INT, key=True),
        Field("people_count", "人数", FieldKind.INT),
        Field("photos", "照片数", FieldKind.INT),
    ),
    rule=Rule.UPDATES,
    target=Target(
        table=notice,
        keys=("programme_code", "period", "region_code", "round"),
        links=(programme_code(),),
        empty={"round": 1},
    ),
)

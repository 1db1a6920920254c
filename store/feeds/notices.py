"""Notices: publicity in towns and villages."""

from store.models.feed import Feed, Field, FieldKind, Rule

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
)

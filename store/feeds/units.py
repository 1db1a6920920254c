"""Units: departments, town offices, village committees and agent banks."""

from store.models.feed import Feed, Field, FieldKind, Link, Missing, Rule, Target
from store.models.reference import unit
from store.models.wordlists import UNIT_KINDS

FEED = Feed(
    name="units",
    fields=(
        Field("unit_code", "单位代码", FieldKind.TEXT, required=True, key=True),
        Field("name", "单位名称", FieldKind.TEXT, required=True),
        Field("kind", "单位类别", FieldKind.ENUM, required=True, words=UNIT_KINDS),
        Field("region_code", "区划代码", FieldKind.REGION, required=True),
        Field("parent_code", "上级单位代码", FieldKind.TEXT),
        Field("leader", "分管领导", FieldKind.TEXT),
        Field("contact", "联系人", FieldKind.TEXT),
        Field("phone", "联系电话", FieldKind.TEXT),
    ),
    rule=Rule.UPDATES,
    target=Target(
        table=unit,
        keys=("unit_code",),
        links=(Link("parent_code", "parent_code", unit.c.unit_code, unit.c.unit_code, Missing.UNKNOWN_UNIT),),
    ),
)

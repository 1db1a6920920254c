"""Standards: what a programme pays for one unit of measure, by place and date."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import programme_code
from store.models.reference import standard

FEED = Feed(
    name="standards",
    fields=(
        Field("programme_code", "项目编码", FieldKind.TEXT, required=True, key=True),
        Field("region_code", "区划代码", FieldKind.REGION, required=True, key=True),
        Field("valid_from", "生效日期", FieldKind.DATE, required=True, key=True),
        Field("valid_to", "废止日期", FieldKind.DATE),
        Field("amount", "补贴标准", FieldKind.MONEY, required=True),
        Field("measure", "计量单位", FieldKind.TEXT),
        Field("policy_no", "文号", FieldKind.TEXT),
    ),
    rule=Rule.UPDATES,
    target=Target(
        table=standard,
        keys=("programme_code", "region_code", "valid_from"),
        links=(programme_code(),),
    ),
)

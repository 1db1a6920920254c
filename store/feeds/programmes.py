"""Programmes: the subsidies, with their cycle and pay-by day."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.reference import programme
from store.models.wordlists import DAY_UNITS, IDENTITIES, LIST_KINDS, UNIT_KINDS, YES_NO

FEED = Feed(
    name="programmes",
    fields=(
        Field("programme_code", "项目编码", FieldKind.TEXT, required=True, key=True),
        Field("name", "项目名称", FieldKind.TEXT, required=True),
        Field("unit_kind", "主管部门", FieldKind.ENUM, required=True, words=UNIT_KINDS),
        Field(
            "level",
            "政策级次",
            FieldKind.ENUM,
            words={"central": "中央", "province": "省级", "city": "市级", "county": "县级"},
            aliases=("资金层级",),
        ),
        Field("standard", "补贴标准", FieldKind.MONEY),
        Field("measure", "计量单位", FieldKind.TEXT),
        Field(
            "cycle",
            "发放周期",
            FieldKind.ENUM,
            required=True,
            words={
                "once": "一次性",
                "monthly": "按月",
                "quarterly": "按季",
                "half_yearly": "按半年",
                "termly": "按学期",
                "yearly": "按年",
                "seasonal": "按农时",
                "on_demand": "随申随办",
            },
        ),
        Field("pay_by", "发放期限", FieldKind.TEXT),
        Field("notice_days", "公示天数", FieldKind.INT),
        Field("notice_unit", "公示单位", FieldKind.ENUM, words=DAY_UNITS),
        Field("exclusive_with", "互斥项目", FieldKind.CODES),
        Field("age_min", "最低年龄", FieldKind.INT),
        Field("age_max", "最高年龄", FieldKind.INT),
        Field("identities", "适用身份", FieldKind.CODES, words=IDENTITIES),
        Field("valid_from", "生效日期", FieldKind.DATE),
        Field("valid_to", "废止日期", FieldKind.DATE, aliases=("失效日期",)),
        Field("basis", "政策依据", FieldKind.TEXT),
        Field(
            "pay_to",
            "发放对象",
            FieldKind.ENUM,
            words={"person": "人", "household": "户", "guardian": "监护人", "institution": "机构"},
        ),
        Field("policy_no", "文号", FieldKind.TEXT),
        Field(
            "inclusion",
            "纳入情况",
            FieldKind.ENUM,
            words={
                "included": "纳入",
                "secret": "涉密",
                "one_off": "一次性",
                "zombie": "僵尸",
                "shrinking": "只减不增",
                "other": "其他",
            },
        ),
        Field("inclusion_note", "未纳入说明", FieldKind.TEXT),
        Field("not_published", "不公示", FieldKind.ENUM, words=YES_NO),
        Field("excludes", "排斥名单", FieldKind.CODES, words=LIST_KINDS),
    ),
    rule=Rule.UPDATES,
    target=Target(table=programme, keys=("programme_code",)),
)

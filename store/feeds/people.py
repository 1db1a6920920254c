"""People: those who draw subsidies, and their households."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.reference import person
from store.models.wordlists import IDENTITIES, YES_NO

FEED = Feed(
    name="people",
    fields=(
        Field("person_id", "身份证号", FieldKind.CITIZEN_ID, required=True, key=True),
        Field("name", "姓名", FieldKind.TEXT, required=True),
        Field("household_no", "户号", FieldKind.TEXT),
        Field("is_head", "户主", FieldKind.ENUM, words=YES_NO),
        Field("relation", "与户主关系", FieldKind.TEXT),
        Field("region_code", "区划代码", FieldKind.REGION, required=True),
        Field("group_name", "组", FieldKind.TEXT),
        Field("phone", "联系电话", FieldKind.TEXT),
        Field(
            "status",
            "人员状态",
            FieldKind.ENUM,
            words={
                "normal": "正常",
                "dead": "死亡",
                "moved_out": "迁出",
                "imprisoned": "服刑羁押",
                "missing": "失踪",
            },
        ),
        Field("status_on", "状态日期", FieldKind.DATE),
        Field("identities", "身份标签", FieldKind.CODES, words=IDENTITIES),
        Field("guardian_id", "监护人身份证号", FieldKind.CITIZEN_ID),
    ),
    rule=Rule.UPDATES,
    personal={"person_id": "id", "name": "name", "phone": "phone", "guardian_id": "id"},
    target=Target(table=person, keys=("person_id",)),
)

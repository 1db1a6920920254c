"""Lists: shared data to compare with (deaths, payroll, companies ...)."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.payments import list_entry
from store.models.wordlists import LIST_KINDS

FEED = Feed(
    name="lists",
    fields=(
        Field("kind", "名单类别", FieldKind.ENUM, required=True, key=True, words=LIST_KINDS),
        Field("person_id", "身份证号", FieldKind.CITIZEN_ID, required=True, key=True),
        Field("name", "姓名", FieldKind.TEXT),
        Field("effective_on", "生效日期", FieldKind.DATE, required=True, key=True),
        Field("ended_on", "终止日期", FieldKind.DATE),
        Field("detail", "说明", FieldKind.TEXT),
        Field("ref_no", "编号", FieldKind.TEXT, key=True),
        Field("related_id", "关联人身份证号", FieldKind.CITIZEN_ID),
        Field("relation", "关系", FieldKind.TEXT),
        Field("data_as_of", "数据时点", FieldKind.DATE),
        Field("source", "来源单位", FieldKind.TEXT),
        Field("value", "金额", FieldKind.MONEY),
    ),
    rule=Rule.CONFLICTS,
    personal={"person_id": "id", "name": "name", "related_id": "id"},
    target=Target(
        table=list_entry,
        keys=("kind", "person_id", "effective_on", "ref_no"),
        empty={"ref_no": ""},
    ),
)

"""Complaints: enquiries, complaints and reports."""

from store.models.claims import complaint
from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import programme_code, unit_code
from store.models.wordlists import YES_NO

FEED = Feed(
    name="complaints",
    fields=(
        Field("complaint_no", "投诉编号", FieldKind.TEXT, required=True, key=True),
        Field("received_at", "受理时间", FieldKind.DATETIME, required=True),
        Field("channel", "渠道", FieldKind.TEXT),
        Field("region_code", "区划代码", FieldKind.REGION, required=True),
        Field("programme_code", "项目编码", FieldKind.TEXT),
        Field("person_id", "身份证号", FieldKind.CITIZEN_ID),
        Field("content", "内容", FieldKind.TEXT, required=True),
        Field("replied_at", "答复时间", FieldKind.DATETIME),
        Field(
            "kind", "类型", FieldKind.ENUM, words={"enquiry": "咨询", "complaint": "投诉", "report": "举报"}
        ),
        Field("unit_code", "承办单位", FieldKind.TEXT),
        Field("due_on", "办理期限", FieldKind.DATE),
        Field("reply", "答复内容", FieldKind.TEXT),
        Field("satisfied", "是否满意", FieldKind.ENUM, words=YES_NO),
    ),
    rule=Rule.UPDATES,
    personal={"person_id": "id"},
    target=Target(
        table=complaint,
        keys=("complaint_no",),
        links=(programme_code(), unit_code()),
    ),
)

"""Messages: text messages to beneficiaries about a payment."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import payment_id
from store.models.payments import message

FEED = Feed(
    name="messages",
    fields=(
        Field("payment_no", "流水号", FieldKind.TEXT, required=True, key=True),
        Field("phone", "联系电话", FieldKind.TEXT),
        Field("sent_at", "发送时间", FieldKind.DATETIME, required=True, key=True),
        Field("status", "状态", FieldKind.ENUM, words={"sent": "成功", "failed": "失败"}),
    ),
    rule=Rule.CONFLICTS,
    personal={"phone": "phone"},
    target=Target(
        table=message,
        keys=("payment_id", "sent_at"),
        links=(payment_id(),),
    ),
)

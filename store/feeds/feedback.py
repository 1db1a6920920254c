"""Feedback: what a unit says of a failed payment."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import payment_id, unit_code
from store.models.payments import feedback

FEED = Feed(
    name="feedback",
    fields=(
        Field("payment_no", "流水号", FieldKind.TEXT, required=True, key=True),
        Field("given_at", "反馈时间", FieldKind.DATETIME, required=True, key=True),
        Field("unit_code", "单位代码", FieldKind.TEXT),
        Field("content", "反馈内容", FieldKind.TEXT, required=True),
        Field("expected_on", "预计办结", FieldKind.DATE),
    ),
    rule=Rule.CONFLICTS,
    target=Target(
        table=feedback,
        keys=("payment_id", "given_at"),
        links=(unit_code(), payment_id()),
    ),
)

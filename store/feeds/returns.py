"""Returns: what the bank answers to a payment."""

from store.models.feed import Feed, Field, FieldKind, Rule

FEED = Feed(
    name="returns",
    fields=(
        Field("payment_no", "流水号", FieldKind.TEXT, required=True, key=True),
        Field(
            "result",
            "结果",
            FieldKind.ENUM,
            required=True,
            key=True,
            words={"success": "成功", "failure": "失败", "bounced": "退汇", "pending": "处理中"},
        ),
        Field("reason", "失败原因", FieldKind.TEXT),
        Field(
            "settled_at", "银行处理时间", FieldKind.DATETIME, required=True, key=True, aliases=("处理时间",)
        ),
        Field("bank_serial", "银行流水", FieldKind.TEXT),
    ),
    rule=Rule.CONFLICTS,
)

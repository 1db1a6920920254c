"""Returns: what the bank answers to a payment."""

from store.models.codes import RESULTS
from store.models.feed import Feed, Field, FieldKind, Link, Missing, Rule, Target
from store.models.links import OF_PAYMENT, payment_id
from store.models.payments import payment_return
from store.models.reference import wording

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
    target=Target(
        table=payment_return,
        keys=("payment_id", "settled_at", "result"),
        links=(
            payment_id({"home": "home", **OF_PAYMENT}),
            Link("reason", "wording_id", wording.c.text, wording.c.wording_id, Missing.MADE),
        ),
        coded={"result": RESULTS},
    ),
)

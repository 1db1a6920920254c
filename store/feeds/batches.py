"""Batches: payment rounds sent to an agent bank."""

from store.models.feed import Feed, Field, FieldKind, Missing, Rule, Target
from store.models.links import programme_id, unit_id
from store.models.payments import batch

FEED = Feed(
    name="batches",
    fields=(
        Field("batch_no", "批次号", FieldKind.TEXT, required=True, key=True),
        Field("programme_code", "项目编码", FieldKind.TEXT, required=True),
        Field("period", "期次", FieldKind.PERIOD, required=True),
        Field("region_code", "区划代码", FieldKind.REGION, required=True),
        Field("unit_code", "单位代码", FieldKind.TEXT, required=True),
        Field("bank_code", "银行代码", FieldKind.TEXT),
        Field("pay_by", "应发日期", FieldKind.DATE),
        Field("submitted_on", "送银行日期", FieldKind.DATE, aliases=("提交日期",)),
        Field("count", "笔数", FieldKind.INT),
        Field("amount", "金额", FieldKind.MONEY),
        Field("voucher_no", "支付凭证号", FieldKind.TEXT),
        Field("account_no", "代发账户", FieldKind.TEXT),
        Field("created_on", "编制日期", FieldKind.DATE),
        Field("approved_on", "终审日期", FieldKind.DATE),
    ),
    rule=Rule.FILLS,
    fillable=frozenset({"submitted_on", "approved_on", "voucher_no", "account_no", "count", "amount"}),
    target=Target(
        table=batch,
        keys=("batch_no",),
        links=(unit_id(), programme_id(Missing.HELD)),
    ),
)

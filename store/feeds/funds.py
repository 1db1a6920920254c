"""Funds: quota, plan, voucher and refund entries."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import programme_code
from store.models.payments import fund_entry

FEED = Feed(
    name="funds",
    fields=(
        Field("entry_no", "凭证号", FieldKind.TEXT, required=True, key=True),
        Field(
            "kind",
            "类型",
            FieldKind.ENUM,
            required=True,
            words={"quota": "指标", "plan": "用款计划", "voucher": "支付凭证", "refund": "退回国库"},
        ),
        Field("programme_code", "项目编码", FieldKind.TEXT, required=True),
        Field("region_code", "区划代码", FieldKind.REGION, required=True),
        Field("amount", "金额", FieldKind.MONEY, required=True, negative=True),
        Field("on_date", "日期", FieldKind.DATE, required=True),
        Field("account_no", "账户号", FieldKind.TEXT),
        Field("parent_no", "上级凭证号", FieldKind.TEXT),
        Field("doc_no", "指标文号", FieldKind.TEXT),
        Field("budget_year", "预算年度", FieldKind.INT),
        Field("batch_no", "批次号", FieldKind.TEXT),
        Field("payment_no", "流水号", FieldKind.TEXT),
    ),
    rule=Rule.CONFLICTS,
    target=Target(table=fund_entry, keys=("entry_no",), links=(programme_code(),)),
)

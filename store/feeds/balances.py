"""Balances: what lies in the agent accounts."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.payments import balance

FEED = Feed(
    name="balances",
    fields=(
        Field("account_no", "账户号", FieldKind.TEXT, required=True, key=True),
        Field("on_date", "日期", FieldKind.DATE, required=True, key=True),
        Field("balance", "余额", FieldKind.MONEY, required=True, zero=True),
        Field("bank_code", "银行代码", FieldKind.TEXT),
        Field("region_code", "区划代码", FieldKind.REGION, required=True),
    ),
    rule=Rule.CONFLICTS,
    target=Target(table=balance, keys=("account_no", "on_date")),
)

"""Cards: the one-cards, their owners, state and keepers."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.reference import card

FEED = Feed(
    name="cards",
    fields=(
        Field(
            "card_no",
            "社保卡号",
            FieldKind.CARD_NO,
            required=True,
            key=True,
            aliases=(
                "银行账号",
                "账号",
                "卡号",
            ),
        ),
        Field("person_id", "身份证号", FieldKind.CITIZEN_ID, required=True),
        Field("bank_code", "银行代码", FieldKind.TEXT),
        Field(
            "status",
            "卡状态",
            FieldKind.ENUM,
            required=True,
            words={
                "normal": "正常",
                "inactive": "未激活",
                "lost": "挂失",
                "frozen": "冻结",
                "closed": "注销",
            },
        ),
        Field("issued_on", "发卡日期", FieldKind.DATE),
        Field("keeper_id", "代管人身份证号", FieldKind.CITIZEN_ID),
        Field("keeper_relation", "代管关系", FieldKind.TEXT),
        Field("keeper_agreed_on", "代管协议日期", FieldKind.DATE),
        Field("keeper_valid_to", "代管到期日", FieldKind.DATE),
        Field("keeper_file_no", "代管档案号", FieldKind.TEXT),
    ),
    rule=Rule.UPDATES,
    personal={"card_no": "card", "person_id": "id", "keeper_id": "id"},
    target=Target(table=card, keys=("card_no",)),
)

"""Payments: one transfer to one person in a batch."""

from store.models.codes import NATURES
from store.models.feed import Feed, Field, FieldKind, Link, Missing, Rule, Target
from store.models.payments import batch, payment

FEED = Feed(
    name="payments",
    fields=(
        Field("payment_no", "流水号", FieldKind.TEXT, required=True, key=True),
        Field("batch_no", "批次号", FieldKind.TEXT, required=True),
        Field(
            "person_id",
            "身份证号",
            FieldKind.CITIZEN_ID,
            required=True,
            aliases=(
                "证件号码",
                "证件号",
            ),
        ),
        Field("name", "姓名", FieldKind.TEXT, required=True, aliases=("享受人姓名",)),
        Field(
            "card_no",
            "社保卡号",
            FieldKind.CARD_NO,
            required=True,
            aliases=(
                "银行账号",
                "账号",
                "卡号",
            ),
        ),
        Field(
            "amount",
            "金额",
            FieldKind.MONEY,
            required=True,
            aliases=(
                "实发金额",
                "发放金额",
            ),
        ),
        Field("region_code", "区划代码", FieldKind.REGION, required=True),
        Field("reissue_of", "原流水号", FieldKind.TEXT),
        Field("case_no", "申报编号", FieldKind.TEXT),
        Field("payee_id", "收款人身份证号", FieldKind.CITIZEN_ID),
        Field("payee_name", "收款人姓名", FieldKind.TEXT),
        Field("payee_relation", "与收款人关系", FieldKind.TEXT),
        Field(
            "nature",
            "发放性质",
            FieldKind.ENUM,
            words={"normal": "正常", "supplement": "补发", "reissue": "复发"},
        ),
    ),
    rule=Rule.CONFLICTS,
    lands_doubtful=True,
    personal={"person_id": "id", "name": "name", "card_no": "card", "payee_id": "id", "payee_name": "name"},
    target=Target(
        table=payment,
        keys=("payment_no",),
        links=(
            Link("batch_no", "batch_id", batch.c.batch_no, batch.c.batch_id, Missing.HELD, "batches"),
            Link(
                "reissue_of",
                "reissue_of",
                payment.c.payment_no,
                payment.c.payment_id,
                Missing.HELD,
                "payments",
            ),
        ),
        coded={"nature": NATURES},
        home=True,
    ),
)

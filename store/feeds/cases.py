"""Cases: one claim to one programme for one period."""

from store.models.claims import claim
from store.models.feed import Feed, Field, FieldKind, Missing, Rule, Target
from store.models.links import programme_id

FEED = Feed(
    name="cases",
    fields=(
        Field("case_no", "申报编号", FieldKind.TEXT, required=True, key=True),
        Field("programme_code", "项目编码", FieldKind.TEXT, required=True),
        Field("period", "期次", FieldKind.PERIOD, required=True),
        Field("person_id", "身份证号", FieldKind.CITIZEN_ID, required=True),
        Field("region_code", "区划代码", FieldKind.REGION, required=True),
        Field("amount", "申报金额", FieldKind.MONEY),
        Field("quantity", "申报数量", FieldKind.DECIMAL),
        Field("applied_on", "申报日期", FieldKind.DATE, required=True),
    ),
    rule=Rule.UPDATES,
    lands_doubtful=True,
    personal={"person_id": "id"},
    target=Target(
        table=claim,
        keys=("case_no",),
        links=(programme_id(Missing.UNKNOWN_PROGRAMME),),
        home=True,
    ),
)

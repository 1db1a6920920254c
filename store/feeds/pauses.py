"""Pauses: when the clock of a stage stands still."""

from store.models.claims import pause
from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.links import claim_id

FEED = Feed(
    name="pauses",
    fields=(
        Field("case_no", "申报编号", FieldKind.TEXT, required=True, key=True),
        Field("paused_at", "暂停时间", FieldKind.DATETIME, required=True, key=True),
        Field("resumed_at", "恢复时间", FieldKind.DATETIME),
        Field("reason", "原因", FieldKind.TEXT),
    ),
    rule=Rule.UPDATES,
    repeats_update=True,
    target=Target(
        table=pause,
        keys=("claim_id", "paused_at"),
        links=(claim_id({"home": "home"}),),
    ),
)

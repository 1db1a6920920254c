"""Regions: the tree of places, by statistical division code."""

from store.models.feed import Feed, Field, FieldKind, Rule, Target
from store.models.reference import region

FEED = Feed(
    name="regions",
    fields=(
        Field("region_code", "区划代码", FieldKind.REGION, required=True, key=True),
        Field("name", "区划名称", FieldKind.TEXT, required=True),
    ),
    rule=Rule.UPDATES,
    target=Target(table=region, keys=("region_code",)),
)

"""Record how far the rectification of an item has come."""

from __future__ import annotations

from console.acts._fields import WHY
from console.acts._items import step_act
from console.forms import Field, FieldKind
from store.models.rectification import Step

ACT = step_act(Step.PROGRESS, "P", 30, (WHY, Field("recovered", FieldKind.MONEY)))

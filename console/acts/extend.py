"""Give an item until a later day."""

from __future__ import annotations

from console.acts._fields import WHY_NEEDED
from console.acts._items import step_act
from console.forms import Field, FieldKind
from store.models.rectification import Step

ACT = step_act(Step.EXTEND, "X", 70, (Field("due_on", FieldKind.DAY, required=True), WHY_NEEDED))

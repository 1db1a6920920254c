"""Close a submitted item; never by who submitted it."""

from __future__ import annotations

from console.acts._fields import WHY
from console.acts._items import step_act
from store.models.rectification import Step

ACT = step_act(Step.CLOSE, "C", 50, (WHY,))

"""Take up a closed item again."""

from __future__ import annotations

from console.acts._fields import WHY_NEEDED
from console.acts._items import step_act
from store.models.rectification import Step

ACT = step_act(Step.REOPEN, "R", 90, (WHY_NEEDED,))

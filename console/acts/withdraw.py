"""End an item that was opened by mistake."""

from __future__ import annotations

from console.acts._fields import WHY_NEEDED
from console.acts._items import step_act
from store.models.rectification import Step

ACT = step_act(Step.WITHDRAW, "W", 100, (WHY_NEEDED,))

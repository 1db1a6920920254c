"""Send a submitted item back to rectification."""

from __future__ import annotations

from console.acts._fields import WHY_NEEDED
from console.acts._items import step_act
from store.models.rectification import Step

ACT = step_act(Step.RETURN, "B", 60, (WHY_NEEDED,))

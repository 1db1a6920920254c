"""Ask for the closing of an item; another post judges it."""

from __future__ import annotations

from console.acts._fields import WHY
from console.acts._items import step_act
from store.models.rectification import Step

ACT = step_act(Step.SUBMIT, "S", 40, (WHY,))

"""Acts from the screen, one a file; the folder is the registry, each module holds `ACT`."""

from __future__ import annotations

from functools import cache

from console.act_plans import ActPlan
from store import discovery


@cache
def acts() -> tuple[ActPlan, ...]:
    """Every act, in the order of the list."""
    found = [module.ACT for module in discovery.modules(__name__)]
    return tuple(sorted(found, key=lambda act: act.order))


def named(name: str) -> ActPlan:
    """One act by its name."""
    return next(act for act in acts() if act.name == name)

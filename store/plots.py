"""Counts drawn as one line of characters that every terminal has."""

from __future__ import annotations

from collections.abc import Sequence

STEPS = "_.:-=+*#%@"


def plotted(series: Sequence[int]) -> str:
    """A character a count, the darker the more; the greatest count is the darkest."""
    most = max(series, default=0)
    return "".join(STEPS[-(-count * (len(STEPS) - 1) // most)] if most else STEPS[0] for count in series)

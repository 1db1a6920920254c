"""Counts drawn as one line of characters that every terminal has."""

from __future__ import annotations

from collections.abc import Sequence

STEPS = "_.:-=+*#%@"


def plotted(series: Sequence[int]) -> str:
    """A character a count, the darker the more; `most` is the count that is the darkest, else the greatest."""
    top = max(series, default=0) if most is None else most
    return "".join(
        STEPS[min(len(STEPS) - 1, -(-n * (len(STEPS) - 1) // top))] if top else STEPS[0] for n in series
    )

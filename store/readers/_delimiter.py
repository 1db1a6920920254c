"""Which character separates the cells of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

DELIMITERS = (",", "\t", ";", "|")
QUOTED = re.compile(r'"[^"]*"')


def choose(lines: Sequence[str]) -> str:
    """The delimiter of a table that begins with `lines`: the one that cuts most of them most alike.

    Titles above the header and separators inside cells (`1,420.00`, `poor;disabled`) fall on few lines, or
    cut them into few cells.
    """
    bare = [QUOTED.sub("", line) for line in lines if line.strip()]
    return max(DELIMITERS, key=lambda delimiter: _agreement(bare, delimiter))


def _agreement(lines: Sequence[str], delimiter: str) -> int:
    cuts = Counter(line.count(delimiter) for line in lines)
    return max((cut * often for cut, often in cuts.items()), default=0)

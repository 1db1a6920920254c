"""Where the made-up world takes its chances from: streams that depend on its arguments alone."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np


@dataclass(frozen=True)
class Chance:
    """The arguments of a world, as a source of named streams."""

    seed: int
    today: date
    payments: int

    def one(self, name: str) -> random.Random:
        """A stream for single decisions."""
        return random.Random(f"{self.seed}/{self.today}/{self.payments}/{name}")

    def many(self, name: str) -> np.random.Generator:
        """A stream for whole columns."""
        return np.random.default_rng(
            [self.seed & 0xFFFFFFFF, self.today.toordinal(), self.payments, zlib.crc32(name.encode())]
        )

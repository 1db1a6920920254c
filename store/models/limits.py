"""Limits: which line of `deadlines` judges a stay in a stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from store.models.columns import NO_DAY


@dataclass(frozen=True, slots=True)
class Limit:
    """A line of `deadlines`; an empty region holds every place, an empty valid_from every day."""

    programme_code: str
    stage: str
    region_code: str
    valid_from: date
    count: int
    unit: str  # workday or day

    @property
    def source(self) -> str:
        """The line's programme, region and valid_from, empty parts left out."""
        since = "" if self.valid_from == NO_DAY else self.valid_from.isoformat()
        return " ".join(part for part in (self.programme_code, self.region_code, since) if part)


@dataclass
class Limits:
    """All limits, and which of them holds for a programme, a place, a stage and the day it is entered."""

    lines: dict[str, list[Limit]]
    _ranked: dict[tuple[str, str, str], list[Limit]] = field(default_factory=dict)

    @cached_property
    def deepest(self) -> int:
        """As many digits as any of them tells a place apart by."""
        return max((len(line.region_code) for lines in self.lines.values() for line in lines), default=0)

    @cached_property
    def named(self) -> frozenset[str]:
        """The programmes that have limits of their own; all others are judged alike."""
        return frozenset(line.programme_code for lines in self.lines.values() for line in lines) - {"*"}

    @staticmethod
    def of(lines: Iterable[Limit]) -> Limits:
        """Limits by their stage."""
        by_stage: dict[str, list[Limit]] = {}
        for line in lines:
            by_stage.setdefault(line.stage, []).append(line)
        return Limits(by_stage)

    def find(self, programme_code: str, region_code: str, stage: str, entered: date) -> Limit | None:
        """The limit that judges a stage entered on a day, None where there is none.

        The programme's own before `*`, then the most specific place, then the latest valid_from.
        """
        region_code = region_code[: self.deepest]
        key = (programme_code if programme_code in self.named else "*", region_code, stage)
        ranked = self._ranked.get(key)
        if ranked is None:
            ranked = sorted(
                (
                    line
                    for line in self.lines.get(stage, ())
                    if line.programme_code in (programme_code, "*")
                    and region_code.startswith(line.region_code)
                ),
                key=lambda line: (line.programme_code != "*", len(line.region_code), line.valid_from),
                reverse=True,
            )
            self._ranked[key] = ranked
        return next((line for line in ranked if line.valid_from <= entered), None)

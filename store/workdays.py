"""Working days: the State Council's calendar with its shifted days, and years that an office loads itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import accumulate

ONE = timedelta(days=1)
FIRST, LAST = date(2015, 1, 1), date(2040, 12, 31)  # the span that is counted once


@cache
def _published() -> tuple[Mapping[date, str], frozenset[date], int, int]:
    """Holidays by day and name, shifted working days, and the first and last published year."""
    from chinese_calendar import constants

    holidays = dict(constants.holidays)
    shifted = frozenset(constants.workdays)
    years = [day.year for day in holidays]
    return holidays, shifted, min(years), max(years)


@dataclass(frozen=True)
class Calendar:
    """The published calendar and the office's own days; `own` wins, day by day.

    `own` maps a day to (whether it is worked, its name); `years` are the years that the office loaded whole.
    """

    own: Mapping[date, tuple[bool, str | None]] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked; Monday to Friday beyond the published years."""
        if day in self.own:
            return self.own[day][0]
        if day.year not in self.years:
            holidays, shifted, _, _ = _published()
            if day in shifted:
                return True
            if day in holidays:
                return False
        return day.weekday() < 5

    def is_provisional(self, day: date) -> bool:
        """Whether the answer for `day` is a guess: its year was neither published nor loaded."""
        _, _, first, last = _published()
        return not (first <= day.year <= last or day.year in self.years)

    def holiday(self, day: date) -> str | None:
        """The name of the holiday that makes `day` a free day, None for a weekend or a working day."""
        if day in self.own:
            return self.own[day][1]
        return None if day.year in self.years else _published()[0].get(day)

    def last_before(self, day: date) -> date:
        """The last working day before `day`."""
        day -= ONE
        while not self.is_working(day):
            day -= ONE
        return day

    def next_working(self, day: date) -> date:
        """The first working day on or after `day`."""
        while not self.is_working(day):
            day += ONE
        return day

    @cached_property
    def _counts(self) -> list[int]:
        """How many working days lie from FIRST up to and including each day up to LAST."""
        days = (LAST - FIRST).days + 1
        week = [int((FIRST.weekday() + step) % 7 < 5) for step in range(7)]
        worked = (week * (days // 7 + 1))[:days]
        holidays, shifted, _, _ = _published()
        for named, works in ((holidays, 0), (shifted, 1)):
            for day in named:
                if FIRST <= day <= LAST and day.year not in self.years:
                    worked[(day - FIRST).days] = works
        for day, (works_then, _) in self.own.items():
            if FIRST <= day <= LAST:
                worked[(day - FIRST).days] = int(works_then)
        return list(accumulate(worked))

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        if count > 0 and day >= FIRST and (LAST - day).days > 3 * count + 60:
            counts = self._counts
            wanted = counts[(day - FIRST).days] + count
            return FIRST + ONE * bisect_left(counts, wanted)
        while count > 0:
            day += ONE
            count -= self.is_working(day)
        return day

    def between(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and including `until`."""
        if FIRST <= after <= until <= LAST:
            return self._counts[(until - FIRST).days] - self._counts[(after - FIRST).days]
        return sum(self.is_working(after + ONE * step) for step in range(1, (until - after).days + 1))

    def last_working_of_week(self, day: date) -> date | None:
        """The last working day of the week, Monday to Sunday, that holds `day`; None where it has none."""
        sunday = day + ONE * (6 - day.weekday())
        return next((d for d in (sunday - ONE * back for back in range(7)) if self.is_working(d)), None)


def published_years() -> tuple[int, int]:
    """The first and the last year that the package knows."""
    _, _, first, last = _published()
    return first, last

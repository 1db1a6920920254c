"""The working days of the made-up world, as a list that can be counted along."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar


def is_workday(day: date) -> bool:
    """Whether a day is worked in China; beyond the published years Monday to Friday are."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


@dataclass(frozen=True)
class Days:
    """Working days in order, and how to step along them."""

    worked: tuple[date, ...]

    def last(self, day: date) -> date:
        """The day itself when worked, else the last working day before it."""
        return self.worked[bisect_right(self.worked, day) - 1]

    def next(self, day: date) -> date:
        """The day itself when worked, else the first working day after it."""
        return self.worked[bisect_left(self.worked, day)]

    def after(self, day: date, count: int) -> date:
        """The count-th working day after a day; before it when the count is negative; `last` for 0."""
        if count < 0:
            return self.worked[bisect_left(self.worked, day) + count]
        return self.worked[bisect_right(self.worked, day) - 1 + count]

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`."""
        return bisect_right(self.worked, end) - bisect_right(self.worked, start)


@cache
def days_around(today: date) -> Days:
    """The working days from three years before a day to two years after it."""
    first = today - timedelta(days=1100)
    span = (first + timedelta(days=n) for n in range(1900))
    return Days(tuple(day for day in span if is_workday(day)))


def week_ends(days: Days, start: date, end: date) -> list[date]:
    """The last working day of every week that has one, of those from `start` to `end`."""
    last: dict[date, date] = {}
    for day in days.worked:
        if start <= day <= end + timedelta(days=7):
            last[day - timedelta(days=day.weekday())] = day
    return [day for day in last.values() if start <= day <= end]

"""The clock of a deadline: when it is due, how late it is, and the receipt that shows it day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.models.columns import end_of
from store.workdays import ONE, Calendar

LONGEST = 36_525  # a limit of more days than a century has is never due


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which overdue day on a grade holds, and how far ahead `upcoming` looks (working days)."""

    yellow: int = 1
    orange: int = 4
    red: int = 11
    upcoming: int = 2

    def grade(self, overdue_days: int) -> str | None:
        """The grade of so many overdue days, None for none."""
        if overdue_days >= self.red:
            return "red"
        if overdue_days >= self.orange:
            return "orange"
        return "yellow" if overdue_days >= self.yellow else None


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still; `end` is None while nobody has resumed it."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A day of a receipt: whether it counts, the how-manieth it is, and why it does not count."""

    day: date
    counted: bool
    n: int | None
    why: tuple[str, str] | None  # a word of the catalogue, and a name


@dataclass(frozen=True)
class Clock:
    """A limit that began to run on `entered`: `count` working days (workday) or calendar days (day)."""

    calendar: Calendar
    entered: date
    count: int
    unit: str
    pauses: tuple[Pause, ...] = ()

    def paused(self, day: date) -> bool:
        """Whether the clock stood still at the end of `day`."""
        end = end_of(day)
        return any(p.start <= end and (p.end is None or p.end > end) for p in self.pauses)

    def due(self) -> date | None:
        """The due day; None where a pause without an end comes before it."""
        if self.count > LONGEST:
            return None
        if not self.pauses:
            return self._due_without_pauses()
        day, left, stuck = self.entered, self.count, self._stuck_from()
        while left > 0 or (
            self.unit == "day" and not (self.calendar.is_working(day) and not self.paused(day))
        ):
            day += ONE
            if stuck is not None and day >= stuck:
                return None
            if left > 0 and self._limit_counts(day):
                left -= 1
        return day

    def _due_without_pauses(self) -> date:
        if self.unit == "workday":
            return self.calendar.add(self.entered, self.count)
        return self.calendar.next_working(self.entered + timedelta(days=self.count))

    def _stuck_from(self) -> date | None:
        open_pauses = [pause.start.date() for pause in self.pauses if pause.end is None]
        return min(open_pauses) if open_pauses else None

    def _limit_counts(self, day: date) -> bool:
        return not self.paused(day) and (self.unit == "day" or self.calendar.is_working(day))

    def overdue(self, due: date | None, until: date) -> int:
        """The overdue days after `due`, up to and including `until`."""
        if due is None or until <= due:
            return 0
        if any(pause.end is None or pause.end > end_of(due) for pause in self.pauses):
            span = range(1, (until - due).days + 1)
            return sum(self._limit_counts(due + ONE * step) for step in span)
        return self.calendar.between(due, until) if self.unit == "workday" else (until - due).days

    def overdue_on(self, due: date | None, nth: int) -> date | None:
        """The day that is the `nth` overdue day; None where none is due or a pause has no end before it."""
        if due is None:
            return None
        if not self.pauses:
            return self.calendar.add(due, nth) if self.unit == "workday" else due + timedelta(days=nth)
        day, stuck = due, self._stuck_from()
        while nth > 0:
            day += ONE
            if stuck is not None and day >= stuck:
                return None
            nth -= self._limit_counts(day)
        return day

    def days(self, due: date | None, until: date) -> Iterator[Counted]:
        """The receipt: every day from the one after entry to the due day, and on to `until`."""
        n = 0
        last = max(due, until) if due is not None else until
        for step in range(1, (last - self.entered).days + 1):
            day = self.entered + ONE * step
            if due is not None and day == due + ONE:
                n = 0
            rolled = (due is None or day <= due) and n >= self.count
            counted = self._limit_counts(day) and not rolled
            n += counted
            yield Counted(
                day, counted, n if counted else None, None if counted else self.why_not(day, rolled)
            )

    def why_not(self, day: date, rolled: bool) -> tuple[str, str]:
        """Why a day does not count: a word of the catalogue, and the name of a pause's day or a holiday."""
        if self.paused(day):
            return "why.paused", ""
        if not self.calendar.is_working(day):
            name = self.calendar.holiday(day)
            return ("why.holiday", name) if name else ("why.weekend", "")
        return ("why.rolled", "") if rolled else ("why.weekend", "")

    def provisional(self, due: date | None, *later: date | None) -> bool:
        """Whether an answer of a clock that is due on `due`, and looked at up to `later`, read a guess.

        A limit of days reads the calendar for its due day alone: what comes after it counts in any case.
        """
        if self.unit == "day":
            return due is not None and self.calendar.is_provisional(due)
        last = max((day for day in (due, *later) if day is not None), default=self.entered)
        years = range((self.entered + ONE).year, last.year + 1)
        return any(self.calendar.is_provisional(date(year, 1, 1)) for year in years)


def second_working_day(calendar: Calendar, as_of: date, thresholds: Thresholds) -> date:
    """Up to which due day something is upcoming."""
    return calendar.add(as_of, thresholds.upcoming)


def graded(thresholds: Thresholds, overdue_days: int, due: date | None, horizon: date) -> str | None:
    """The grade of something open: by its overdue days; `upcoming` when due soon, or late without a day."""
    grade = thresholds.grade(overdue_days)
    if grade is None and due is not None and due <= horizon:
        return "upcoming"
    return grade


def pauses_of(rows: Sequence[tuple[datetime, datetime | None]], as_of: date) -> tuple[Pause, ...]:
    """Pauses as they stood at the end of a day."""
    end = end_of(as_of)
    return tuple(Pause(start, stop if stop and stop <= end else None) for start, stop in rows if start <= end)

"""The clock once more, slowly: the contract's sentences read day by day, to hold `store.models.clock` to.

Nothing here is shared with the code that it judges, but the calendar of working days itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import chinese_calendar

ONE = timedelta(days=1)
LAST_PUBLISHED = max(chinese_calendar.constants.holidays).year


@cache
def is_working(day: date) -> bool:
    """Whether a day is worked; beyond the last published year Monday to Friday."""
    if day.year > LAST_PUBLISHED:
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


@dataclass(frozen=True)
class Line:
    """A line of `deadlines`; an empty region is everywhere, no valid_from is always."""

    programme: str
    stage: str
    region: str
    valid_from: date | None
    limit: int
    unit: str


@dataclass(frozen=True)
class Stay:
    """A stay in a stage, with all pauses of its case as (paused_at, resumed_at)."""

    case_no: str
    programme: str
    region: str
    stage: str
    entered: datetime
    left: datetime | None
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True)
class Said:
    """What is to be said of a stay; `days` are (day, counted, n)."""

    due: date | None
    overdue_days: int
    paused: bool
    turns: tuple[date | None, ...]  # the 1st, 4th and 11th overdue day
    days: tuple[tuple[date, bool, int | None], ...]
    provisional: bool


def end(day: date) -> datetime:
    """The last second of a day."""
    return datetime(day.year, day.month, day.day, 23, 59, 59)


def limit_of(lines: list[Line], stay: Stay) -> Line | None:
    """The programme's own before `*`, the most specific region, the latest valid_from in force on entry."""
    best: Line | None = None
    for line in lines:
        if line.stage != stay.stage or line.programme not in ("*", stay.programme):
            continue
        if not stay.region.startswith(line.region):
            continue
        if line.valid_from is not None and line.valid_from > stay.entered.date():
            continue
        if best is None or _rank(line) > _rank(best):
            best = line
    return best


def _rank(line: Line) -> tuple[bool, int, date]:
    return line.programme != "*", len(line.region), line.valid_from or date.min


def is_open(stay: Stay, as_of: date) -> bool:
    """Whether a stay was open at the end of a day."""
    return stay.entered <= end(as_of) and (stay.left is None or stay.left > end(as_of))


def say(stay: Stay, line: Line, as_of: date, horizon: int = 800) -> Said:
    """What the clock of a stay says at the end of a day; turns are not looked for beyond `horizon` days."""
    held = []
    for start, stop in stay.pauses:
        opened = stay.entered <= start and (stay.left is None or start < stay.left)
        if opened and start <= end(as_of):
            held.append((start, stop if stop is not None and stop <= end(as_of) else None))

    def paused(day: date) -> bool:
        return any(a <= end(day) and (b is None or b > end(day)) for a, b in held)

    endless = [a.date() for a, b in held if b is None]

    def counts(day: date) -> bool:
        return not paused(day) and (line.unit == "day" or is_working(day))

    read: list[date] = []
    entered, day, left = stay.entered.date(), stay.entered.date(), line.limit
    due: date | None = None
    days: list[tuple[date, bool, int | None]] = []
    for _ in range(horizon):
        if endless and day >= min(endless) and (left or day > entered):
            break
        if left == 0:
            if line.unit == "workday":
                due = day
                break
            read.append(day)
            if is_working(day) and not paused(day):
                due = day
                break
        day += ONE
        if left and line.unit == "workday":
            read.append(day)
        if left and counts(day):
            left -= 1
    until = stay.left.date() if stay.left is not None and stay.left <= end(as_of) else as_of

    overdue = 0
    turns: list[date] = []
    if due is not None:
        day, last = due, until
        while day < last:
            day += ONE
            if line.unit == "workday":
                read.append(day)
            overdue += counts(day)
        day = due
        for _ in range(horizon):
            day += ONE
            if endless and day >= min(endless):
                break
            if counts(day):
                turns.append(day)
            if len(turns) == 11:
                break
    day, n = entered, 0
    while day < (max(due, until) if due else until):
        day += ONE
        if due is not None and day == due + ONE:
            n = 0
        counted = counts(day) and (n < line.limit or (due is not None and day > due))
        n += counted
        days.append((day, counted, n if counted else None))
    return Said(
        due,
        overdue,
        paused(as_of),
        tuple(turns[place] if len(turns) > place else None for place in (0, 3, 10)),
        tuple(days),
        any(each.year > LAST_PUBLISHED for each in read),
    )


def grade_of(days: int) -> str | None:
    """yellow 1-3, orange 4-10, red more than 10."""
    if days > 10:
        return "red"
    if days >= 4:
        return "orange"
    return "yellow" if days >= 1 else None


def second_working_day(after: date) -> date:
    """The second working day after a day."""
    day, left = after, 2
    while left:
        day += ONE
        left -= is_working(day)
    return day


Row = tuple[int, str, str, datetime, date | None, str | None]


def overdue(stays: list[Stay], lines: list[Line], as_of: date, upcoming: bool = False) -> list[Row]:
    """(overdue_days, case_no, stage, entered, due, grade) of what is listed, in its order."""
    found: list[Row] = []
    for stay in stays:
        line = limit_of(lines, stay)
        if line is None or not is_open(stay, as_of):
            continue
        said = say(stay, line, as_of)
        if said.paused or said.due is None:
            continue
        grade = grade_of(said.overdue_days)
        if grade is None and upcoming and said.due <= second_working_day(as_of):
            grade = "upcoming"
        if grade is not None:
            found.append((said.overdue_days, stay.case_no, stay.stage, stay.entered, said.due, grade))
    return sorted(found, key=lambda row: (-row[0], row[1:4]))


def finished_late(stays: list[Stay], lines: list[Line], as_of: date, since: date) -> list[Row]:
    """The same of what was finished after its due day, from `since` to `as_of`."""
    found: list[Row] = []
    for stay in stays:
        line = limit_of(lines, stay)
        if line is None or stay.left is None or not since <= stay.left.date() <= as_of:
            continue
        said = say(stay, line, as_of)
        if said.due is not None and stay.left.date() > said.due:
            grade = grade_of(said.overdue_days)
            found.append((said.overdue_days, stay.case_no, stay.stage, stay.entered, said.due, grade))
    return sorted(found, key=lambda row: (-row[0], row[1:4]))

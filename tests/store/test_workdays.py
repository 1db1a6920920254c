"""Working days against the lists that the State Council's office published, typed in here once more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.workdays import Calendar

ONE = timedelta(days=1)
# the notices for 2025 and 2026: free days, and rest days that are worked
FREE = (
    "2025-01-01..01 2025-01-28..02-04 2025-04-04..06 2025-05-01..05 2025-05-31..06-02 2025-10-01..08 "
    "2026-01-01..03 2026-02-15..23 2026-04-04..06 2026-05-01..05 2026-06-19..21 2026-09-25..27 2026-10-01..07"
)
WORKED = (
    "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 "
    "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"
)


def _span(text: str) -> list[date]:
    first_text, last_text = text.split("..")
    first = date.fromisoformat(first_text)
    last = date.fromisoformat(first_text[: 10 - len(last_text)] + last_text)
    return [first + ONE * step for step in range((last - first).days + 1)]


FREE_DAYS = {day for part in FREE.split() for day in _span(part)}
WORKED_DAYS = {date.fromisoformat(part) for part in WORKED.split()}

days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
counts = st.integers(0, 60)


def works(day: date) -> bool:
    """The slow reference: the published lists, then Monday to Friday."""
    if day in WORKED_DAYS:
        return True
    return day not in FREE_DAYS and day.weekday() < 5


def test_every_day_of_two_years_is_as_published() -> None:
    every = [date(2025, 1, 1) + ONE * step for step in range(730)]
    calendar = Calendar()
    wrong = [day.isoformat() for day in every if calendar.is_working(day) != works(day)]
    assert wrong == []
    assert not any(calendar.is_provisional(day) for day in every)


@pytest.mark.parametrize("day", sorted(WORKED_DAYS))
def test_a_shifted_rest_day_is_worked(day: date) -> None:
    assert day.weekday() >= 5
    assert Calendar().is_working(day)


@given(days, counts)
def test_adding_counts_like_the_slow_counter(day: date, count: int) -> None:
    expected, left = day, count
    while left > 0:
        expected += ONE
        if expected.year > 2026:
            return
        if works(expected):
            left -= 1
    assert Calendar().add(day, count) == expected


@given(days, days)
def test_between_counts_like_the_slow_counter(one: date, other: date) -> None:
    after, until = min(one, other), max(one, other)
    expected, day = 0, after
    while day < until:
        day += ONE
        expected += works(day)
    assert Calendar().between(after, until) == expected
    assert Calendar().between(until, after) == 0


@given(days, st.integers(1, 60))
def test_between_undoes_add(day: date, count: int) -> None:
    calendar = Calendar()
    due = calendar.add(day, count)
    assert calendar.is_working(due)
    assert calendar.between(day, due) == count
    assert calendar.between(day, due - ONE) == count - 1


@given(days)
def test_the_next_working_day_is_the_first_on_or_after(day: date) -> None:
    found = Calendar().next_working(day)
    assert Calendar().is_working(found)
    assert not any(Calendar().is_working(day + ONE * step) for step in range((found - day).days))


def test_three_days_over_national_day() -> None:
    assert Calendar().add(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert Calendar().add(date(2025, 9, 24), 5) == date(2025, 9, 30)


def test_a_year_that_is_not_published_is_provisional() -> None:
    calendar = Calendar()
    assert not calendar.is_provisional(date(2026, 12, 31))
    assert calendar.is_provisional(date(2027, 1, 1))
    assert calendar.is_provisional(date(2003, 12, 31))
    assert calendar.is_working(date(2027, 10, 1)), "a Friday that nobody has declared free"
    assert not calendar.is_working(date(2027, 10, 2))


def test_a_year_that_was_loaded_is_not_provisional() -> None:
    own = {date(2027, 10, 1): (False, "国庆节"), date(2027, 9, 26): (True, None)}
    calendar = Calendar(own, frozenset({2027}))
    assert not calendar.is_provisional(date(2027, 6, 1))
    assert calendar.is_provisional(date(2028, 1, 1))
    assert (calendar.is_working(date(2027, 10, 1)), calendar.holiday(date(2027, 10, 1))) == (False, "国庆节")
    assert (calendar.is_working(date(2027, 9, 26)), calendar.holiday(date(2027, 9, 26))) == (True, None)
    assert calendar.is_working(date(2027, 9, 27))


def test_a_year_that_was_loaded_replaces_the_published_one() -> None:
    calendar = Calendar({date(2025, 10, 8): (True, None)}, frozenset({2025}))
    assert calendar.is_working(date(2025, 10, 8))
    assert calendar.is_working(date(2025, 10, 1)), "the loaded year does not name it"
    assert not calendar.is_working(date(2026, 10, 1)), "another year stays as published"


def test_single_days_of_an_office_win_over_the_published_ones() -> None:
    calendar = Calendar({date(2025, 9, 29): (False, "停电")})
    assert not calendar.is_working(date(2025, 9, 29))
    assert calendar.is_working(date(2025, 9, 28))
    assert not calendar.is_working(date(2025, 10, 1))


def test_a_holiday_has_its_name_and_a_weekend_none() -> None:
    assert Calendar().holiday(date(2025, 10, 1)) is not None
    assert Calendar().holiday(date(2025, 9, 27)) is None
    assert Calendar().holiday(date(2025, 9, 29)) is None

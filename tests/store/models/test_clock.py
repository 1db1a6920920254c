"""The clock of a deadline against a slow reading of the contract, over limits, pauses and holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.models.clock import Clock, Pause, Thresholds, pauses_of
from store.models.columns import NO_DAY
from store.models.limits import Limit, Limits
from store.workdays import Calendar
from tests.reference_clock import Line, Stay, limit_of, say

CALENDAR = Calendar()
# National Day with its shifted days, Spring Festival, and the turn to a year that is not published
SEASONS = (date(2025, 9, 15), date(2026, 2, 1), date(2025, 1, 10), date(2026, 12, 10), date(2026, 9, 12))

days = st.builds(
    lambda start, step: start + timedelta(days=step), st.sampled_from(SEASONS), st.integers(0, 40)
)
times = st.sampled_from([time(0), time(9, 30), time(23, 59, 59)])
moments = st.builds(datetime.combine, days, times)


@st.composite
def stays(draw: st.DrawFn) -> tuple[Stay, date]:
    """A stay with pauses around it, and a day to ask for."""
    start = draw(st.sampled_from(SEASONS))

    def moment(first: int, last: int) -> datetime:
        return datetime.combine(start + timedelta(days=draw(st.integers(first, last))), draw(times))

    entered = moment(0, 12)
    left = moment(0, 50) if draw(st.booleans()) else None
    pauses = []
    for _ in range(draw(st.integers(0, 3))):
        paused = moment(-2, 40)
        length = timedelta(days=draw(st.integers(0, 15)), seconds=draw(st.sampled_from([0, 1, 3600])))
        pauses.append((paused, draw(st.sampled_from([None, paused + length, moment(-2, 50)]))))
    stay = Stay("C", "A", "511025", "notice", entered, left, tuple(pauses))
    as_of = max(entered.date(), (start + timedelta(days=draw(st.integers(0, 60)))))
    return stay, as_of


def clock_for(stay: Stay, line: Line, as_of: date) -> Clock:
    """The clock that judges a stay, as the queries make it."""
    own = [p for p in stay.pauses if stay.entered <= p[0] and (stay.left is None or p[0] < stay.left)]
    return Clock(CALENDAR, stay.entered.date(), line.limit, line.unit, pauses_of(own, as_of))


@settings(max_examples=400)
@given(stays(), st.integers(0, 25), st.sampled_from(["workday", "day"]))
def test_the_clock_is_what_the_contract_says(given_: tuple[Stay, date], count: int, unit: str) -> None:
    stay, as_of = given_
    line = Line("*", "notice", "", None, count, unit)
    said, clock = say(stay, line, as_of), clock_for(stay, line, as_of)
    ended = stay.left.date() if stay.left and stay.left.date() <= as_of else None
    due, until = clock.due(), ended or as_of
    assert due == said.due
    assert clock.overdue(due, until) == said.overdue_days
    assert clock.paused(as_of) == said.paused
    assert tuple(clock.overdue_on(due, nth) for nth in (1, 4, 11)) == said.turns
    assert tuple((each.day, each.counted, each.n) for each in clock.days(due, until)) == said.days
    assert all((each.why is None) == each.counted for each in clock.days(due, until))
    if due is not None:
        assert clock.provisional(due, until) == said.provisional


PLACES = ("", "51", "5110", "511025", "511025116", "511002", "4604", "460400")
FROM = (None, date(2025, 1, 1), date(2025, 9, 1), date(2025, 9, 15))
lines = st.builds(
    Line,
    st.sampled_from(["*", "A", "B"]),
    st.sampled_from(["notice", "declare"]),
    st.sampled_from(PLACES),
    st.sampled_from(FROM),
    st.integers(0, 9),
    st.sampled_from(["workday", "day"]),
)


@given(
    st.lists(
        lines, max_size=12, unique_by=lambda line: (line.programme, line.stage, line.region, line.valid_from)
    ),
    st.sampled_from(PLACES[1:]),
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from([date(2024, 12, 31), date(2025, 8, 31), date(2025, 9, 1), date(2025, 9, 15)]),
)
def test_the_limit_is_the_one_that_the_contract_chooses(
    listed: list[Line], region: str, programme: str, entered: date
) -> None:
    limits = Limits.of(
        Limit(each.programme, each.stage, each.region, each.valid_from or NO_DAY, each.limit, each.unit)
        for each in listed
    )
    for stage in ("notice", "declare"):
        stay = Stay("C", programme, region, stage, datetime.combine(entered, time(9)), None)
        wanted = limit_of(listed, stay)
        found = limits.find(programme, region, stage, entered)
        assert (found is None) == (wanted is None)
        if found is not None and wanted is not None:
            key = (found.programme_code, found.region_code, found.valid_from)
            assert key == (wanted.programme, wanted.region, wanted.valid_from or NO_DAY)


def test_a_pause_of_years_only_puts_the_due_day_off() -> None:
    pause = Pause(datetime(2019, 3, 4, 9), datetime(2025, 9, 24, 9))
    clock = Clock(CALENDAR, date(2019, 3, 1), 5, "workday", (pause,))
    assert clock.due() == date(2025, 9, 29)  # 24, 25, 26, Sunday 28, 29
    assert clock.overdue_on(date(2019, 3, 1), 1) == date(2025, 9, 24)


@pytest.mark.parametrize(("unit", "count"), [("day", 999_999_999), ("workday", 999_999_999)])
def test_a_limit_beyond_all_calendars_is_never_due(unit: str, count: int) -> None:
    for pauses in ((), (Pause(datetime(2025, 9, 2), datetime(2025, 9, 3)),)):
        clock = Clock(CALENDAR, date(2025, 9, 1), count, unit, pauses)
        assert clock.due() is None
        assert clock.overdue(None, date(2025, 10, 1)) == 0


def test_a_limit_of_days_reads_the_calendar_for_its_due_day_alone() -> None:
    # due 2026-12-28, a Monday; the days after it count whatever the calendar will say of 2027
    by_days = Clock(CALENDAR, date(2026, 12, 20), 7, "day")
    assert by_days.due() == date(2026, 12, 28)
    assert not by_days.provisional(by_days.due(), date(2027, 1, 5))
    by_workdays = Clock(CALENDAR, date(2026, 12, 20), 5, "workday")
    assert by_workdays.due() == date(2026, 12, 25)
    assert not by_workdays.provisional(by_workdays.due(), date(2026, 12, 31))
    assert by_workdays.provisional(by_workdays.due(), date(2027, 1, 1))
    rolled = Clock(CALENDAR, date(2026, 12, 27), 7, "day")
    assert rolled.due() == date(2027, 1, 4)
    assert rolled.provisional(rolled.due(), date(2026, 12, 28))


def test_a_year_between_that_is_not_published_is_read_too() -> None:
    calendar = Calendar(years=frozenset({2028}))
    clock = Clock(calendar, date(2026, 12, 30), 5, "workday")
    assert clock.provisional(clock.due(), date(2028, 1, 3))


def test_the_grades_begin_where_they_should() -> None:
    grades = [Thresholds().grade(days) for days in (0, 1, 3, 4, 10, 11)]
    assert grades == [None, "yellow", "yellow", "orange", "orange", "red"]

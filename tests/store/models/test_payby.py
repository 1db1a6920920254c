"""The pay-by day of a period under each kind of rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models.feed import Field, FieldKind
from store.models.payby import pay_by_day
from store.models.values import BadValue, parse_period, reader

RULE = reader(Field("pay_by", "发放期限", FieldKind.TEXT))


@pytest.mark.parametrize(
    ("rule", "period", "day"),
    [
        ("day:10", "2025-09", date(2025, 9, 10)),
        ("day:31", "2025-02", date(2025, 2, 28)),
        ("day:25", "2025Q3", date(2025, 9, 25)),
        ("day:25", "2025H1", date(2025, 6, 25)),
        ("day:25", "2025H2", date(2025, 12, 25)),
        ("day:20", "2025T1", date(2025, 6, 20)),
        ("day:20", "2025T2", date(2025, 12, 20)),
        ("day:20", "2025", date(2025, 12, 20)),
        ("day:31+2m", "2025-12", date(2026, 2, 28)),
        ("day:10+1m", "2025-12", date(2026, 1, 10)),
        ("day:29+2m", "2023", date(2024, 2, 29)),
        ("term:06-20,12-20", "2025T1", date(2025, 6, 20)),
        ("term:06-20,12-20", "2025T2", date(2025, 12, 20)),
        ("term:06-20,12-20", "2025", None),
        ("window:04-01..06-30", "2025", date(2025, 6, 30)),
        ("window:11-01..02-29", "2025", date(2026, 2, 28)),
        ("window:11-01..02-29", "2027Q4", date(2028, 2, 29)),
        ("", "2025", None),
        (None, "2025", None),
    ],
)
def test_the_day_is_the_one_that_the_rule_names(rule: str | None, period: str, day: date | None) -> None:
    assert pay_by_day(rule, period) == day


days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")
rules = st.one_of(
    st.builds("day:{}".format, st.integers(0, 40)),
    st.builds("day:{}+{}m".format, st.integers(1, 31), st.integers(0, 99)),
    st.builds("term:{},{}".format, days, days),
    st.builds("window:{}..{}".format, days, days),
)
parts = st.sampled_from(["", "H1", "H2", "Q1", "Q4", "T1", "T2", "-01", "-12"])
periods = st.builds(lambda year, part: f"{year:04d}{part}", st.integers(0, 9999), parts)


@given(rules, periods)
def test_no_rule_and_period_that_a_feed_takes_stop_the_list(rule: str, period: str) -> None:
    try:
        kept = RULE(rule), parse_period(period)
    except (BadValue, ValueError):
        return
    pay_by_day(*kept)

"""The parts of the made-up world that can be wrong by themselves: days, IDs and cards."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seeds.world.days import days_around, is_workday, week_ends
from seeds.world.numbers import card_number, card_numbers, citizen_ids, outsider_id
from store.identity import birth_date, is_card_no, is_citizen_id


def test_shifted_days_count_and_holidays_do_not() -> None:
    days = days_around(date(2026, 6, 1))
    assert is_workday(date(2026, 5, 9)) and is_workday(date(2026, 10, 10))
    assert not is_workday(date(2026, 10, 1)) and not is_workday(date(2026, 2, 23))
    assert days.after(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert days.last(date(2026, 5, 10)) == date(2026, 5, 9)
    assert days.next(date(2026, 10, 1)) == date(2026, 10, 8)
    assert days.after(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert days.after(date(2026, 10, 3), -1) == date(2026, 9, 30)
    assert days.after(date(2026, 10, 3), 1) == date(2026, 10, 8)
    assert days.between(date(2026, 9, 30), date(2026, 10, 10)) == 3


def test_beyond_the_published_years_monday_to_friday_count() -> None:
    assert is_workday(date(2031, 10, 1)) and not is_workday(date(2031, 10, 4))


def test_a_week_ends_on_its_last_working_day_and_a_week_of_holidays_has_none() -> None:
    days = days_around(date(2026, 11, 1))
    assert week_ends(days, date(2026, 9, 21), date(2026, 10, 18)) == [
        date(2026, 9, 24),
        date(2026, 9, 30),
        date(2026, 10, 10),
        date(2026, 10, 16),
    ]


@given(st.integers(0, 10**8 - 1), st.integers(1, 73))
def test_every_card_number_passes_luhn(serial: int, bank: int) -> None:
    number = card_number(bank, serial)
    assert is_card_no(number) and number.startswith("629999") and len(number) in (18, 19)


def test_card_numbers_differ_within_a_bank() -> None:
    serial = np.arange(20_000, dtype=np.int64) * 7919
    assert len(set(card_numbers(np.full(20_000, 11), serial))) == 20_000


def test_ids_are_valid_unique_and_tell_birth_and_sex_even_when_a_day_is_crowded() -> None:
    count = 6_000
    born = np.full(count, 19480307, dtype=np.int64)
    male = np.arange(count) % 3 == 0
    ids = citizen_ids(np.full(count, 2, dtype=np.int64), born, male)
    assert len(set(ids)) == count
    assert all(map(is_citizen_id, ids))
    assert {birth_date(each) for each in ids} == {date(1948, 3, 7)}
    assert [int(each[16]) % 2 == 1 for each in ids] == male.tolist()
    assert {each[:4] for each in ids} == {"9901"}


def test_an_outsider_has_a_valid_id_of_no_place() -> None:
    assert is_citizen_id(outsider_id(date(1960, 2, 29), 1234))
    assert outsider_id(date(1960, 2, 29), 1234).startswith("990199")

"""Yuan in and out of integer fen: nothing is rounded, nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import money

fen = st.integers(-money.LARGEST, money.LARGEST)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("396.85", 39685),
        ("1,234.50", 123450),
        ("￥396.85", 39685),
        ("¥396.85", 39685),
        ("￥ 1,420", 142000),
        ("0", 0),
        ("0.00", 0),
        ("0.01", 1),
        ("150", 15000),
        ("150.5", 15050),
        ("150.50元", 15050),
        ("-1000.00", -100000),
        ("+5", 500),
        ("-￥5", -500),
        ("￥-5", -500),
        (" 12.30 ", 1230),
        ("12.300", 1230),
        ("60,000.00", 6000000),
        ("1,000,000.01", 100000001),
    ],
)
def test_amounts_are_read(text: str, expected: int) -> None:
    assert money.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "1.999",
            "0.001",
            "1.",
            ".5",
            "1,23",
            "12,34.00",
            "1,2345",
            "1,,000",
            "--5",
            "-￥-5",
            "5-",
        ),
        *("1e3", "1.00E+02", "NaN", "inf", "十元", "5 5", "0x10", "1_000", "1.2.3"),
        *("10000000000000.01", "99999999999999"),
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        money.parse(text)


@given(fen)
def test_what_is_written_is_read_again(amount: int) -> None:
    assert money.parse(money.yuan(amount)) == amount
    assert money.parse(money.grouped(amount)) == amount
    assert money.grouped(amount).replace(",", "") == money.yuan(amount)


@given(fen)
def test_yuan_have_two_decimals_and_are_exact(amount: int) -> None:
    text = money.yuan(amount)
    assert Decimal(text) == Decimal(amount) / 100
    assert len(text.partition(".")[2]) == 2


@given(st.integers(0, 10**9), st.integers(1, 999), st.integers(0, 3))
def test_a_third_decimal_is_an_error_and_never_rounded(whole: int, thousandths: int, zeros: int) -> None:
    text = f"{whole}.{thousandths:03d}" + "0" * zeros
    if thousandths % 10:
        with pytest.raises(ValueError):
            money.parse(text)
    else:
        assert money.parse(text) == whole * 100 + thousandths // 10


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_value_error(text: str) -> None:
    try:
        amount = money.parse(text)
    except ValueError:
        return
    assert isinstance(amount, int)
    assert abs(amount) <= money.LARGEST

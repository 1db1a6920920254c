"""While a filter is typed, columns and the values that are there are offered; each offer is understood."""

from __future__ import annotations

from datetime import date

import pytest

from console.offering import offers
from store.conditions import understood
from store.tables import Table, columns_of
from tests.console.staging import Row

ROWS = [
    ("A1", "白马镇低保", "red", 12, date(2025, 9, 1)),
    ("A2", "永安镇 低保", "orange", 5, date(2025, 9, 20)),
]
TABLE = Table(columns_of(Row), ROWS)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("", []),
        ("白马", []),
        ("超", ["超时"]),
        ("cs", ["超时"]),
        ("over", ["超时"]),
        ("白马 且 (等", ["白马 且 (等级"]),
        ("等级=", ["等级=橙", "等级=红"]),
        ("等级!=h", ["等级!=红"]),
        ("等级＝红，", ["等级＝红，橙", "等级＝红，红"]),
        ("超时>5 grade=or", ["超时>5 grade=橙"]),
        ("标题=白", ["标题=白马镇低保"]),
        ("标题=永", ['标题="永安镇 低保"']),
        ("没有=", []),
        ("超时>", []),
    ],
)
def test_what_is_offered(typed: str, lines: list[str]) -> None:
    found = [line for line, _ in offers(typed, TABLE, "zh")]
    assert found == lines
    for line in found:
        if "=" in line:
            assert understood(line, TABLE.columns)


def test_in_english_a_name_of_several_words_is_offered_as_its_key() -> None:
    assert offers("ite", TABLE, "en") == [("Item", "item_no")]
    assert offers("grade=r", TABLE, "en") == [("grade=red", "red")]

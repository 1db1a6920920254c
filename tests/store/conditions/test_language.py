"""The filter language: what is meant, which rows pass, and the sentence for what cannot be understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from store.conditions import bound, filtered, parse, printed, understood
from store.conditions.parsing import DEEPEST
from store.conditions.tokens import LONGEST
from store.errors import WrongUsage
from store.tables import Code, Day, Digits, Fen, Flag, Moment, Number, Rate, Table, columns_of, table_of


@dataclass(frozen=True)
class Row:
    """A row with a column of every kind."""

    case_no: Digits
    title: str
    name: str | None
    grade: Code
    status: Code | None
    overdue_days: Number | None
    cleared_within_7_days_rate: Rate | None
    amount: Fen | None
    due_on: Day | None
    entered_at: Moment | None
    without_feedback: Flag
    card_no: Digits | None
    programmes: tuple[str, ...]
    line: int | str = 1


JUNE, LAST = date(2025, 6, 1), datetime(2025, 6, 30, 23, 59, 59)
JULY, NOON = datetime(2025, 7, 1), datetime(2025, 6, 12, 14, 30)
CARDS = ("***************5726", "***************0001")
A1 = Row(
    "A1", "白马镇低保", "何*明", "red", "open", 12, 0.9, 5000000, JUNE, LAST, True, CARDS[0], ("MZ01",), 9
)
A2 = Row(
    *("A2", "永安镇（国库）", "李*", "orange", "cleared", 5, 0.25, 123450),
    *(date(2025, 6, 30), JULY, False, None, (), 10),
)
A3 = Row(
    *("A3", "白马镇临时救助", None, "orange", None, None, None, None),
    *(None, None, False, CARDS[1], ("MZ01", "MZ02"), "Sheet!3"),
)
B4 = Row(
    *("B4", "资中县 a=b", "王*华", "yellow", "open", 1, 1.0, -100),
    *(date(2024, 12, 31), NOON, True, None, ("NY01",), 100),
)
ROWS = [A1, A2, A3, B4]
TABLE = table_of(Row, ROWS)
COLUMNS = columns_of(Row)


def found(text: str) -> str:
    """The numbers of the rows that pass."""
    (table,) = filtered([TABLE], text)
    return " ".join(row[0] for row in table.rows)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", "A1 A2 A3 B4"),
        ("白马", "A1 A3"),
        ("白马 低保", "A1"),
        ("白马,永安", "A1 A2 A3"),
        ("白马、永安 且 等级=橙", "A2 A3"),
        ("不存在", ""),
        ("A1", "A1"),
        ("50,000", "A1"),
        ("50000.00", "A1"),
        ("尾号5726", "A1"),
        ("ends 5726", "A1"),
        ("MZ02", "A3"),
        ("2025-06-30", "A1 A2"),
        ('"a=b"', "B4"),
        ("“白马镇低保”", "A1"),
        ("标题=白马", "A1 A3"),
        ("标题==白马镇低保", "A1"),
        ("标题!==白马镇低保", "A2 A3 B4"),
        ("标题~临时", "A3"),
        ("标题!~白马", "A2 B4"),
        ("title contains 白马", "A1 A3"),
        ("标题包含白马", "A1 A3"),
        ("标题 不含 白马", "A2 B4"),
        ("标题=永安镇（国库）", "A2"),
        ("标题=永安镇(国库)", "A2"),
        ("申报编号=A", ""),
        ("申报编号=a1", "A1"),
        ("申报编号~a", "A1 A2 A3"),
        ("等级=红", "A1"),
        ("等级=red", "A1"),
        ("GRADE=Red", "A1"),
        ("等级=红,黄", "A1 B4"),
        ("等级=红、黄", "A1 B4"),
        ("等级＝红，黄", "A1 B4"),
        ("等级=红|黄", "A1 B4"),
        ("等级=红或黄", "A1 B4"),
        ("等级!=红,黄", "A2 A3"),
        ("等级>=橙", "A1 A2 A3"),
        ("等级<橙", "B4"),
        ("等级=黄..橙", "A2 A3 B4"),
        ("状态=-", "A3"),
        ("状态 为空", "A3"),
        ("状态为空", "A3"),
        ("状态!=-", "A1 A2 B4"),
        ("状态 不为空", "A1 A2 B4"),
        ("状态!=未到账", "A2 A3"),
        ("超时>5", "A1"),
        ("超时>=5", "A1 A2"),
        ("超时≥５", "A1 A2"),
        ("超时＞５", "A1"),
        ("超时<5", "B4"),
        ("超时<=5", "A2 B4"),
        ("超时=12", "A1"),
        ("超时=12,1", "A1 B4"),
        ("超时!=12", "A2 A3 B4"),
        ("超时<>12", "A2 A3 B4"),
        ("超时=5..12", "A1 A2"),
        ("超时 5..12", "A1 A2"),
        ("超时=5..", "A1 A2"),
        ("超时 ..5", "A2 B4"),
        ("超时 5 到 12", "A1 A2"),
        ("超时5到12", ""),
        ("超时=5到12", "A1 A2"),
        ("超时=5~12", "A1 A2"),
        ("超时 between 5 and 12", "A1 A2"),
        ("超时 介于 5 和 12 之间", "A1 A2"),
        ("超时=-", "A3"),
        ("超时大于5", "A1"),
        ("超时不大于5", "A2 B4"),
        ("超时>5天", "A1"),
        ("cs>5", "A1"),
        ("overdue_days>5", "A1"),
        ("overdue-days>5", "A1"),
        ("Overdue>5", "A1"),
        ("7日到账率>50%", "A1 B4"),
        ("7日到账率=0.9", "A1"),
        ("金额>=5万", "A1"),
        ("金额=1,234.50", "A2"),
        ("金额=￥1234.5元", "A2"),
        ("金额=1234.50、50000", "A1 A2"),
        ("金额<0", "B4"),
        ("金额=-1", "B4"),
        ("金额>0.0001亿", "A1"),
        ("应办结=2025-06", "A1 A2"),
        ("应办结=2025年6月", "A1 A2"),
        ("应办结=202506", "A1 A2"),
        ("应办结=2025", "A1 A2"),
        ("应办结=2024", "B4"),
        ("应办结=2025Q2", "A1 A2"),
        ("应办结=2025H2", ""),
        ("应办结=20250630", "A2"),
        ("应办结=2025/6/1", "A1"),
        ("应办结<2025-06", "B4"),
        ("应办结<=2025-06", "A1 A2 B4"),
        ("应办结>2025-06", ""),
        ("应办结=2024-12..2025-06-01", "A1 B4"),
        ("应办结>=2025", "A1 A2"),
        ("到达时间=2025-06", "A1 B4"),
        ("到达时间=2025-06-30", "A1"),
        ("到达时间>2025-06-30", "A2"),
        ('到达时间>"2025-06-12 14:29"', "A1 A2 B4"),
        ('到达时间>"2025-06-12 14:30"', "A1 A2"),
        ("未反馈=是", "A1 B4"),
        ("未反馈=no", "A2 A3"),
        ("是", ""),
        ("项目=MZ02", "A3"),
        ("项目=-", "A2"),
        ("姓名=何*明", "A1"),
        ("姓名=何大明", ""),
        ("身份", ""),
        ("银行账号~5726", "A1"),
        ("银行账号=尾号5726", ""),
        ("银行账号~尾号5726", "A1"),
        ("行>9", "A2 A3 B4"),
        ("行=Sheet!3", "A3"),
        ("等级=红 或 等级=黄", "A1 B4"),
        ("等级=红 or 白马", "A1 A3"),
        ("等级=红 || 等级=黄 && 超时>1", "A1"),
        ("(等级=红 || 等级=黄) && 超时<5", "B4"),
        ("（等级=红 或 等级=黄）且超时<5", "B4"),
        ("非 等级=红", "A2 A3 B4"),
        ("非等级=红", "A2 A3 B4"),
        ("not 等级=红", "A2 A3 B4"),
        ("!白马", "A2 B4"),
        ("！（白马 或 永安）", "B4"),
        ("非(超时>1)", "A3 B4"),
        ("not not 白马", "A1 A3"),
        ("超时>1且等级=橙", "A2"),
        ("超时>1 并且 等级=橙", "A2"),
        ("超时>1；等级=橙", "A2"),
        ("超时>1，等级=橙", "A2"),
        ("超时大于1且等级不等于红", "A2"),
        ("超时>1\n等级=橙", "A2"),
    ],
)
def test_a_filter_finds_exactly_these_rows(text: str, numbers: str) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    ("text", "key", "at"),
    [
        ("没有=1", "filter_field", 1),
        ("白马 没有=1", "filter_field", 4),
        ("号=1", "filter_fields", 1),
        ("超时>", "filter_value", 4),
        ("超时>)", "filter_value", 4),
        ("超时=1,", "filter_ends", 6),
        ("超时>很久", "filter_not_number", 4),
        ("金额>很多", "filter_not_money", 4),
        ("金额=0.001", "filter_not_money", 4),
        ("应办结>2025-13", "filter_not_day", 5),
        ("应办结>昨天", "filter_not_day", 5),
        ("应办结=9999", "filter_not_day", 5),
        ("到达时间=x", "filter_not_moment", 6),
        ("未反馈=紫", "filter_not_flag", 5),
        ("等级=紫", "filter_code", 4),
        ("未反馈>是", "filter_no_order", 1),
        ("状态>未到账", "filter_no_order", 1),
        ("标题=1..2", "filter_no_range", 4),
        ("超时=20..10", "filter_range", 4),
        ("超时>1,2", "filter_one", 4),
        ("超时>-", "filter_one", 4),
        ("超时 between 1", "filter_between", 13),
        ("10..20", "filter_range_field", 1),
        (">5", "filter_no_field", 1),
        ("白马 且", "filter_ends", 5),
        ("或 白马", "filter_term", 1),
        ("白马 或 且 红", "filter_term", 6),
        ("()", "filter_term", 2),
        ("(白马", "filter_open", 1),
        ("(白马 或 (红)", "filter_open", 1),
        ("白马)", "filter_close", 3),
        ('标题="白马', "filter_quote", 4),
        ("非", "filter_ends", 2),
    ],
)
def test_what_is_not_understood_is_a_sentence_that_says_where(text: str, key: str, at: int) -> None:
    with pytest.raises(WrongUsage) as raised:
        understood(text, COLUMNS)
    assert (raised.value.key, raised.value.values["at"]) == (key, at)
    for lang in ("zh", "en"):
        assert str(at) in raised.value.sentence(lang)


def test_a_sentence_is_in_one_language() -> None:
    with pytest.raises(WrongUsage) as raised:
        understood("没有=1", COLUMNS[1:5])
    assert raised.value.sentence("zh").endswith("可用：标题、姓名、等级、状态")
    assert raised.value.sentence("en").endswith("there are: Title, Name, Grade, Status")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("(" * 3000, "filter_deep"),
        ("非" + "(" * DEEPEST + "白马" + ")" * DEEPEST, "filter_deep"),
        ("not " * 500 + "a", "filter_deep"),
        ("a" * (LONGEST + 1), "filter_long"),
    ],
)
def test_what_is_too_deep_or_too_long_is_a_sentence(text: str, key: str) -> None:
    with pytest.raises(WrongUsage) as raised:
        parse(text)
    assert raised.value.key == key and raised.value.sentence("zh")


@pytest.mark.parametrize(
    "piece",
    ["超时>1且", "a(b)", "非", "或", "白马,", "1到", "..", "a大于1且", "且", "(a)或", "!", '"a"', "\\"],
)
def test_nothing_long_breaks_the_reading(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    try:
        assert parse(printed(parse(text))) == parse(text)
    except WrongUsage as error:
        assert error.sentence("en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("镇审 超时>10 且 标题=资中", "镇审 and overdue_days>10 and title=资中"),
        ("等级=红，橙 或 金额≥5万", "grade=red, orange or amount>=50000"),
        ("非（应办结=2025年6月 或 状态为空）", "not (due_on=2025-06 or status=-)"),
        ("到达时间 2025-06..2025-07 未反馈=是", "entered_at=2025-06..2025-07 and without_feedback=yes"),
        ('标题="a b" "或"', 'title="a b" and "或"'),
        ("7日到账率>50%", "cleared_within_7_days_rate>0.5"),
    ],
)
def test_a_filter_is_printed_in_words_that_no_language_owns(text: str, told: str) -> None:
    tree = understood(text, COLUMNS)
    assert printed(tree) == told
    assert bound(parse(told), COLUMNS) == tree


def test_a_column_of_one_answer_is_unknown_in_another() -> None:
    left = Table(COLUMNS[:2], [("A1", "x"), ("A2", "y")])
    right = Table(COLUMNS[1:2], [("x",), ("z",)])
    assert [list(table.rows) for table in filtered([left, right], "标题=x 或 申报编号=-")] == [
        [("A1", "x")],
        [("x",), ("z",)],
    ]
    assert [len(table.rows) for table in filtered([left, right], "申报编号!=A1")] == [1, 2]

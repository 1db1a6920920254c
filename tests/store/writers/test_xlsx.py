"""Workbooks, written and opened again."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from store.tables import Column, Kind, Table
from store.writers import writer


def opened(table: Table, lang: str = "zh", title: str = "") -> Any:
    out = io.BytesIO()
    writer("xlsx").write(table, out, lang, title)
    return load_workbook(out)


def values(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_headings_are_bold_and_stay_in_sight(lines: Table) -> None:
    sheet = opened(lines)["数据"]
    assert [cell.value for cell in sheet[1]] == [
        "编号",
        "姓名",
        "环节",
        "金额",
        "次数",
        "比例",
        "日期",
        "时间",
        "迟到",
    ]
    assert all(cell.font.b for cell in sheet[1])
    assert not any(cell.font.b for cell in sheet[2])
    assert sheet.freeze_panes == "A2"
    assert opened(lines, "en", "Open/failed [x]").sheetnames == ["Open failed  x"]


def test_each_cell_has_its_type_and_format(lines: Table) -> None:
    sheet = opened(lines)["数据"]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2]] == [
        ("511002202507020014", "s", "@"),
        ("何*明", "s", "@"),
        ("镇审", "s", "@"),
        (1234.5, "n", "#,##0.00"),
        (3, "n", "General"),
        (0.5, "n", "General"),
        (datetime(2025, 7, 2), "d", "yyyy-mm-dd"),
        (datetime(2025, 7, 2, 9, 5), "d", "yyyy-mm-dd hh:mm:ss"),
        ("是", "s", "@"),
    ]
    assert [cell.value for cell in sheet[3]] == ["002", *[None] * 8]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "=1+1"),
        ("=", "="),
        ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
        ("#N/A", "#N/A"),
        ("@x", "@x"),
        ("2025-07-02", "2025-07-02"),
        ("1e5", "1e5"),
        ("\x00\x1b\x0b\ufffe\ud800何\n明", "␀␛␋��何⏎明"),
        ("  <a>&amp; ", "  <a>&amp; "),
        ("何" * 10_000, "何" * 10_000),
        ("何" * 40_000, "何" * 32_766 + "…"),
        ("𠀀" * 20_000, "𠀀" * 16_383 + "…"),
    ],
)
def test_a_text_stays_a_text(with_name: Any, text: str, cell: str) -> None:
    found = opened(with_name(text))["数据"]["B2"]
    assert (found.data_type, found.value) == ("s", cell)


def test_no_formula_is_in_the_file_itself(with_name: Any) -> None:
    out = io.BytesIO()
    writer("xlsx").write(with_name("=1+1", "=cmd|'/c calc'!A1"), out, "zh", "=1+1")
    with zipfile.ZipFile(out) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in sheet.replace("<family", "")
    assert "=1+1" in sheet


@pytest.mark.parametrize("fen", [0, 1, -1, 10, 100, 39685, -123450, 10**15 - 1, 10**15])
def test_money_is_exact(fen: int) -> None:
    found = opened(Table((Column("t_amount", Kind.MONEY),), [(fen,)]))["数据"]["A2"]
    assert round(found.value * 100) == fen
    assert found.data_type == "n"


def test_days_that_no_sheet_knows_are_texts() -> None:
    columns = (Column("t_day", Kind.DAY), Column("t_at", Kind.MOMENT))
    table = Table(
        columns, [(date(1900, 2, 28), datetime(1899, 1, 1)), (date(1900, 3, 1), datetime(9999, 1, 1))]
    )
    assert values(opened(table)["数据"])[1:] == [
        ["1900-02-28", "1899-01-01 00:00:00"],
        [datetime(1900, 3, 1), datetime(9999, 1, 1)],
    ]


def test_a_rate_that_is_no_number_is_empty() -> None:
    assert values(opened(Table((Column("t_rate", Kind.NUMBER),), [(float("nan"),), (0.25,)]))["数据"])[
        1:
    ] == [
        [None],
        [0.25],
    ]


def test_columns_are_as_wide_as_their_texts_in_cells(with_name: Any) -> None:
    widths = opened(with_name("何*明"))["数据"].column_dimensions
    assert (widths["A"].width, widths["B"].width) == (6, 7)
    assert opened(with_name("何" * 99))["数据"].column_dimensions["B"].width == 60


def test_arrays_have_sheets_of_their_own(items: Table) -> None:
    book = opened(items)
    assert book.sheetnames == ["数据", "步骤", "证据"]
    assert values(book["数据"])[1:] == [
        ["Z-1", -1000, "低保、特困", "次数：2、本方：姓名：何*明、日期：2025-07-02"],
        ["Z-2", 0.01, None, None],
    ]
    assert values(book["步骤"]) == [
        ["编号", "时间", "环节"],
        ["Z-1", datetime(2025, 7, 1, 8), "立项"],
        ["Z-1", datetime(2025, 7, 2, 8), "镇审"],
    ]
    assert values(book["证据"]) == [
        ["编号", "时间", "姓名", "次数"],
        ["Z-1", datetime(2025, 7, 2, 8), "照片.jpg", 2],
        ["Z-1", datetime(2025, 7, 2, 8), "a|b.pdf", 1],
    ]


def test_a_single_answer_is_one_row_and_its_arrays(item: Table) -> None:
    book = opened(item, "en", "Steps")
    assert book.sheetnames == ["Steps", "Steps 2", "Evidence", "Compared", "Left"]
    assert values(book["Steps"]) == [["No.", "Amount", "t_tags"], ["Z-1", -1000, "低保, 特困"]]
    assert values(book["Left"]) == [["Name", "Day"], ["何*明", datetime(2025, 7, 2)]]


def test_nothing_is_a_sheet_with_headings(no_lines: Table) -> None:
    assert values(opened(no_lines)["数据"])[1:] == []


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    with_name: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer("xlsx"), "MOST_ROWS", 2)
    book = opened(with_name("a", "b", "c"), title="x" * 40)
    assert book.sheetnames == ["x" * 31, "x" * 29 + " 2"]
    assert [[row[1] for row in values(sheet)[1:]] for sheet in book] == [["a", "b"], ["c"]]

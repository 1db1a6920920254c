"""A spreadsheet is read as a person sees it, with the numbers of its own rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlwt

from store.errors import NotDone
from store.readers import open_path
from store.readers._cells import text_of
from tests.store.readers.reading import put, records

SEEN = [
    (4, ["", "流水号", "金额", "日期"]),
    (5, ["", "0012", "511025195803121000", "2025-07-02"]),
    (7, ["", "511025", "396.85", "2025-07-02 09:30:00"]),
    (8, ["", "NA", "", "TRUE"]),
]
ROWS = {
    3: ["", "流水号", "金额", "日期"],
    4: ["", "0012", 511025195803121019, dt.date(2025, 7, 2)],
    6: ["", 511025.0, 396.85, dt.datetime(2025, 7, 2, 9, 30)],
    7: ["", "NA", None, True],
    9: [" ", "  "],
}


def xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row, cells in ROWS.items():
        for column, cell in enumerate(cells):
            if cell not in ("", None):
                book.active.cell(row + 1, column + 1, cell)
    book.create_sheet("空")
    book.create_sheet("字典").append(["x"])
    book["字典"].sheet_state = "hidden"
    book.create_sheet("第二批").append(["a", "b"])
    book.save(path)
    return path


def xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    for row, cells in ROWS.items():
        for column, cell in enumerate(cells):
            style = xlwt.Style.default_style
            if isinstance(cell, dt.date):
                form = "YYYY-MM-DD HH:MM" if isinstance(cell, dt.datetime) else "YYYY-MM-DD"
                style = xlwt.easyxf(num_format_str=form)
            if cell not in ("", None):
                sheet.write(row, column, cell, style)
    book.add_sheet("空")
    book.add_sheet("字典").write(0, 0, "x")
    book.get_sheet("字典").visibility = 1
    book.add_sheet("第二批").write(0, 0, "a")
    book.save(str(path))
    return path


@pytest.mark.parametrize("make", [xlsx, xls])
@pytest.mark.parametrize("size", [1, 1000])
def test_cells_are_texts_and_rows_keep_their_numbers(tmp_path: Path, make: object, size: int) -> None:
    path = make(tmp_path / "misnamed.csv")  # type: ignore[operator]
    sheets = open_path(path, "drop/a")
    assert [(sheet.file, sheet.sheet, sheet.part) for sheet in sheets] == [
        ("drop/a", None, 0),
        ("drop/a", "空", 1),
        ("drop/a", "字典", 2),
        ("drop/a", "第二批", 3),
    ]
    assert len({sheet.sha256 for sheet in sheets}) == 1
    assert records(sheets[0], size) == SEEN
    assert records(sheets[0], size) == SEEN
    assert records(sheets[1], size) == []
    assert records(sheets[2], size)[0][1][0] == "x"
    assert records(sheets[3], size)[0][1][0] == "a"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (511025.0, "511025"),
        (511025195803121000.0, "511025195803121000"),
        (511025195803121024, "511025195803121000"),
        (6217990000010975, "6217990000010975"),
        (1e20, "100000000000000000000"),
        (-1000.0, "-1000"),
        (396.85, "396.85"),
        (100.1 + 296.75, "396.85"),
        (0.1 + 0.2, "0.3"),
        (0.00001, "0.00001"),
        (False, "FALSE"),
        (dt.date(2025, 7, 2), "2025-07-02"),
        (dt.datetime(2025, 7, 2), "2025-07-02"),
        (dt.datetime(2025, 7, 2, 9, 29, 59, 999_600), "2025-07-02 09:30:00"),
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=30), "30:00:00"),
    ],
)
def test_numbers_and_moments_are_what_the_screen_shows(cell: object, text: str) -> None:
    assert text_of(cell) == text


def test_a_damaged_spreadsheet_is_said(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "a.xlsx").read_bytes()
    old = xls(tmp_path / "a.xls").read_bytes()
    for name, content in (("b.xlsx", whole[: len(whole) // 2]), ("b.xls", old[:700]), ("c.xls", old[:8])):
        with pytest.raises(NotDone) as damage:
            open_path(put(tmp_path, name, content), name)
        assert (damage.value.key, damage.value.values) == ("file_damaged", {"path": name})


def test_a_cell_in_the_far_corner_is_refused_and_ends_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active.cell(1_048_576, 16_384, "z")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(NotDone) as refusal:
        open_path(tmp_path / "a.xlsx", "a.xlsx")
    assert refusal.value.key == "file_too_big"


def test_colour_in_the_far_corner_is_no_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active.cell(1_048_576, 16_384).fill = openpyxl.styles.PatternFill("solid", "FFFF00")
    book.save(tmp_path / "a.xlsx")
    assert records(open_path(tmp_path / "a.xlsx", "a.xlsx")[0]) == [(1, ["a"])]


def test_an_old_workbook_with_a_wrong_count_is_damaged_and_ends_nothing(tmp_path: Path) -> None:
    content = bytearray(xls(tmp_path / "a.xls").read_bytes())
    content[content.index(b"\x00\x02\x0e\x00") + 7] = 0x11  # the first row of the sheet, far below its last
    with pytest.raises(NotDone) as damage:
        open_path(put(tmp_path, "b.xls", bytes(content)), "b.xls")
    assert (damage.value.key, damage.value.values) == ("file_damaged", {"path": "b.xls"})


def test_a_workbook_locked_with_a_password_is_said(tmp_path: Path) -> None:
    # a locked XLSX lies in the same container as an XLS, without a workbook in it
    whole = xls(tmp_path / "a.xls").read_bytes()
    content = whole.replace("Workbook".encode("utf-16-le"), "Encrypt1".encode("utf-16-le"))
    with pytest.raises(NotDone) as damage:
        open_path(put(tmp_path, "b.xlsx", content), "b.xlsx")
    assert damage.value.key == "file_damaged"

"""XLSX workbooks for the office: typed cells, headings of the language, and never a formula.

Written row by row in openpyxl's write-only mode, so memory does not grow with the answer. Every text, ID and
card number is a text cell; money, counts, days and moments are real numbers and dates.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from store.cells import width
from store.labels import label
from store.safe import safe
from store.tables import Column, Kind, Table
from store.words import say
from store.writers._cells import cell
from store.writers._facts import number
from store.writers._sections import sections

BINARY = True
ENCODING = None

FORMATS = {
    Kind.MONEY: "#,##0.00",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
}
TEXT_FORMAT = "@"
WIDEST, NARROWEST, MEASURED_ROWS = 60, 6, 500
MOST_ROWS = 1_048_575  # below the headings
LONGEST = 32_767  # UTF-16 units in a cell; a longer text makes the workbook unreadable
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


def write(table: Table, out: BinaryIO, lang: str, title: str = "") -> None:
    """Write a workbook: a sheet for the answer (more, where it has more rows than a sheet can hold) and one
    for each array within it.
    """
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for section in sections(table, title or say("output.sheet", lang), lang):
        for start in range(0, max(1, len(section.table.rows)), MOST_ROWS):
            sheet = book.create_sheet(_sheet_title(section.title, taken))
            _write_sheet(sheet, section.table, start, lang)
    book.save(out)


def _write_sheet(sheet: Any, table: Table, start: int, lang: str) -> None:
    headings = [label(column.key, lang) for column in table.columns]
    sheet.freeze_panes = "A2"
    for place, cells in enumerate(_widths(table, headings, lang), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = cells
    sheet.append([_text_cell(sheet, heading, bold=True) for heading in headings])
    # A cell is written out as soon as it is appended, so one for each column serves all rows.
    moulds = [_mould(sheet, column) for column in table.columns]
    for row in islice(table.rows, start, start + MOST_ROWS):
        sheet.append(
            [
                _filled(mould, column, value, lang)
                for mould, column, value in zip(moulds, table.columns, row, strict=True)
            ]
        )


def _mould(sheet: Any, column: Column) -> Any:
    mould = WriteOnlyCell(sheet)
    if column.kind is not Kind.NUMBER:
        mould.number_format = FORMATS.get(column.kind, TEXT_FORMAT)
    return mould


def _filled(mould: Any, column: Column, value: Any, lang: str) -> Any:
    if value is None:
        return None
    typed = _typed(column.kind, value)
    if typed is None:
        return _as_text(mould, cell(column, value, lang))
    mould.value = typed
    return mould


def _typed(kind: Kind, value: Any) -> Any:
    """The value as a sheet has it, or None for what can only be text there."""
    if kind is Kind.MONEY:
        return Decimal(value).scaleb(-2)
    if kind is Kind.NUMBER:
        return number(value)
    if kind is Kind.MOMENT:
        value = value.replace(tzinfo=None)
    # Spreadsheets know no day before 1900, and count a day too many until March of that year.
    return value if kind in (Kind.DAY, Kind.MOMENT) and (value.year, value.month) >= (1900, 3) else None


def _text_cell(sheet: Any, text: str, bold: bool = False) -> Any:
    made = WriteOnlyCell(sheet)
    made.number_format = TEXT_FORMAT
    if bold:
        made.font = Font(bold=True)
    return _as_text(made, text)


def _as_text(mould: Any, text: str) -> Any:
    mould.value = _fitting(text)
    # openpyxl takes `=...` for a formula and `#N/A` for an error; said last, it is a text.
    mould.data_type = "s"
    return mould


def _fitting(text: str) -> str:
    if len(text) * 2 <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) // 2 <= LONGEST:
        return text
    return units[: (LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _widths(table: Table, headings: list[str], lang: str) -> list[int]:
    widest = [width(heading) for heading in headings]
    for row in islice(table.rows, MEASURED_ROWS):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            widest[place] = max(widest[place], width(cell(column, value, lang)))
    return [max(NARROWEST, min(WIDEST, cells + 2)) for cells in widest]


def _sheet_title(title: str, taken: set[str]) -> str:
    """A title that a workbook takes: 31 characters at most, unlike every other, none that is forbidden."""
    plain = _NOT_IN_TITLES.sub(" ", safe(title)).strip()[:31] or "1"
    found, count = plain, 1
    while found.casefold() in taken:
        count += 1
        found = f"{plain[: 31 - len(f' {count}')]} {count}"
    taken.add(found.casefold())
    return found

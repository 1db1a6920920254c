"""CSV as scripts and spreadsheets get it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.safe import safe
from store.tables import Column, Kind, Table
from store.writers import writer


def written(table: Table, **options: Any) -> str:
    out = io.StringIO(newline="")
    writer("csv").write(table, out, "zh", **options)
    return out.getvalue()


def test_the_header_is_the_keys_and_the_values_are_those_of_json(lines: Table) -> None:
    assert written(lines, title="名单") == (
        "t_no,t_name,t_stage,t_amount,t_count,t_rate,t_day,t_at,t_late\n"
        "511002202507020014,何*明,t_town,1234.50,3,0.5,2025-07-02,2025-07-02 09:05:00,true\n"
        "002,,,,,,,,\n"
    )


def test_nothing_is_a_header_alone(no_lines: Table) -> None:
    assert written(no_lines) == "t_no,t_name,t_stage,t_amount,t_count,t_rate,t_day,t_at,t_late\n"


def test_the_mark_for_spreadsheets_stands_first(lines: Table) -> None:
    assert written(lines, bom=True) == "\ufeff" + written(lines)


def test_what_is_nested_is_json(item: Table) -> None:
    header, row = csv.reader(io.StringIO(written(item)))
    cells = dict(zip(header, row, strict=True))
    assert cells["t_amount"] == "-1000.00"
    assert cells["t_tags"] == '["低保", "特困"]'
    assert json.loads(cells["t_steps"])[1]["t_files"][0] == {"t_name": "照片.jpg", "t_count": 2}
    assert cells["t_facts"] == '{"t_count": 2, "left": {"t_name": "何*明", "t_day": "2025-07-02"}}'


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86 138", "'+86 138"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\rx", "'␍x"),
        ("\tx", "' x"),
        ("  =1", "'  =1"),
        ("\u3000=1", "'\u3000=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("\u200d=1", "'=1"),
        ("\n=1", "⏎=1"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("何\x1b[31m\u202e明", "何␛[31m�明"),
        ('a,"b"', 'a,"b"'),
        ("", ""),
    ],
)
def test_a_text_is_never_a_formula_nor_a_command(with_name: Any, text: str, cell: str) -> None:
    assert list(csv.reader(io.StringIO(written(with_name(text)))))[1][1] == cell


def test_ids_and_codes_are_texts_too() -> None:
    columns = (Column("t_no", Kind.DIGITS), Column("t_stage", Kind.CODE))
    assert written(Table(columns, [("=A1", "@x")])) == "t_no,t_stage\n'=A1,'@x\n"


def test_figures_of_our_own_are_left_alone() -> None:
    columns = (Column("t_amount", Kind.MONEY), Column("t_count", Kind.NUMBER), Column("t_late", Kind.FLAG))
    assert written(Table(columns, [(-100000, -3, False)])) == "t_amount,t_count,t_late\n-1000.00,-3,false\n"


@given(st.lists(st.text(st.characters(exclude_categories=[])), min_size=1))
def test_any_text_stays_in_its_cell(texts: list[str]) -> None:
    columns = tuple(Column(f"t_{place}", Kind.TEXT) for place in range(len(texts)))
    _, row = csv.reader(io.StringIO(written(Table(columns, [tuple(texts)]))))
    assert [cell.removeprefix("'") for cell in row] == [safe(text).removeprefix("'") for text in texts]
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r"} for cell in row if cell)

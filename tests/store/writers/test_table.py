"""Tables as a person sees them on a terminal."""

from __future__ import annotations

import io
from typing import Any

from store.cells import width
from store.tables import Table
from store.writers import writer


def written(table: Table, lang: str = "zh", title: str = "") -> str:
    out = io.StringIO()
    writer("table").write(table, out, lang, title)
    return out.getvalue()


def test_a_list_has_the_headings_and_words_of_the_language(lines: Table) -> None:
    only = lines.only(["t_no", "t_name", "t_stage", "t_amount", "t_count", "t_day", "t_late"])
    assert written(only, title="名单").splitlines() == [
        "名单",
        "编号                姓名    环节        金额    次数  日期        迟到",
        "------------------  ------  ------  --------  ------  ----------  ------",
        "511002202507020014  何*明   镇审    1,234.50       3  2025-07-02  是",
        "002",
    ]
    assert written(only, "en").splitlines() == [
        "No.                 Name    Stage          Amount    Count  Day         Late",
        "------------------  ------  -----------  --------  -------  ----------  ------",
        "511002202507020014  何*明   Town review  1,234.50        3  2025-07-02  yes",
        "002",
    ]


def test_columns_stand_below_one_another_in_cells(with_name: Any) -> None:
    names = ["何*明", "阿布都·克力木", "abc", "𠀀𠀀", "e\u0301e\u0301", "x\x1b[2J\n\u202ey", "1e5", ""]
    table = with_name(*names).only(["t_name", "t_no"])
    _, rule, *rows = written(table).splitlines()
    start = len(rule.split("  ")[0]) + 2
    assert rows and all(row.endswith("1") and width(row) == start + 1 for row in rows)
    assert any(row.startswith("1e5 ") for row in rows)
    assert any("x␛[2J⏎�y" in row for row in rows)


def test_nothing_is_cut(with_name: Any) -> None:
    assert "何" * 500 in written(with_name("何" * 500))


def test_nothing_to_show_is_said(no_lines: Table) -> None:
    assert written(no_lines) == "没有符合条件的记录。\n"
    assert written(no_lines, "en") == "There is nothing to show.\n"


def test_a_single_answer_is_a_sheet_and_a_table_for_each_array(item: Table) -> None:
    assert written(item, title="整改\x1b事项") == (
        "整改␛事项\n"
        "编号    Z-1\n"
        "金额    -1,000.00\n"
        "t_tags  低保、特困\n"
        "\n"
        "步骤\n"
        "时间                 环节\n"
        "-------------------  ------\n"
        "2025-07-01 08:00:00  立项\n"
        "2025-07-02 08:00:00  镇审\n"
        "\n"
        "证据\n"
        "时间                 姓名        次数\n"
        "-------------------  --------  ------\n"
        "2025-07-02 08:00:00  照片.jpg       2\n"
        "2025-07-02 08:00:00  a|b.pdf        1\n"
        "\n"
        "比对\n"
        "次数  2\n"
        "\n"
        "本方\n"
        "姓名  何*明\n"
        "日期  2025-07-02\n"
    )


def test_an_array_of_a_list_says_whose_each_line_is(items: Table) -> None:
    assert written(items.only(["t_no", "t_tags", "t_steps"]), "en") == (
        "No.    t_tags\n"
        "-----  ----------\n"
        "Z-1    低保, 特困\n"
        "Z-2\n"
        "\n"
        "Steps\n"
        "No.    Time                 Stage\n"
        "-----  -------------------  -----------\n"
        "Z-1    2025-07-01 08:00:00  opened\n"
        "Z-1    2025-07-02 08:00:00  Town review\n"
        "\n"
        "Evidence\n"
        "No.    Time                 Name        Count\n"
        "-----  -------------------  --------  -------\n"
        "Z-1    2025-07-02 08:00:00  照片.jpg        2\n"
        "Z-1    2025-07-02 08:00:00  a|b.pdf         1\n"
    )


def test_an_object_in_a_list_is_put_in_one_line(items: Table) -> None:
    row = written(items.only(["t_no", "t_facts"])).splitlines()[2]
    assert row == "Z-1     次数：2、本方：姓名：何*明、日期：2025-07-02"


def test_an_array_that_a_single_answer_lacks_is_said_to_be_empty(items: Table) -> None:
    second = Table(items.columns, items.rows[1:], single=True)
    assert written(second.only(["t_no", "t_steps"])) == "编号  Z-2\n\n步骤\n没有符合条件的记录。\n"

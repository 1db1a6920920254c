"""Markdown in which no text becomes markup."""

from __future__ import annotations

import io
from typing import Any

from store.tables import Table
from store.writers import writer


def written(table: Table, lang: str = "zh", title: str = "") -> str:
    out = io.StringIO()
    writer("markdown").write(table, out, lang, title)
    return out.getvalue()


def test_a_list_is_a_pipe_table(lines: Table) -> None:
    only = lines.only(["t_no", "t_name", "t_stage", "t_amount", "t_late"])
    assert written(only, title="名单 [一]") == (
        "## 名单 \\[一\\]\n"
        "\n"
        "| 编号 | 姓名 | 环节 | 金额 | 迟到 |\n"
        "| --- | --- | --- | ---: | --- |\n"
        "| 511002202507020014 | 何\\*明 | 镇审 | 1,234.50 | 是 |\n"
        "| 002 |  |  |  |  |\n"
    )


def test_no_text_is_markup(with_name: Any) -> None:
    table = with_name("a|b <img src=x> [x](http://y) `c` *d* _e_ \\| ~~f~~ &lt; $g$\n| --- |").only(
        ["t_name"]
    )
    assert written(table, "en") == (
        "| Name |\n"
        "| --- |\n"
        "| a\\|b \\<img src=x\\> \\[x\\](http://y) \\`c\\` \\*d\\* \\_e\\_ \\\\\\| \\~\\~f\\~\\~ "
        "\\&lt; \\$g\\$⏎\\| --- \\| |\n"
    )


def test_nothing_to_show_is_said(no_lines: Table) -> None:
    assert written(no_lines, "en", "List") == "## List\n\nThere is nothing to show.\n"


def test_a_single_answer_is_a_table_of_fields_and_one_for_each_array(item: Table) -> None:
    assert written(item.only(["t_no", "t_tags", "t_steps"]), "en", "Item") == (
        "## Item\n"
        "\n"
        "| Field | Value |\n"
        "| --- | --- |\n"
        "| No. | Z-1 |\n"
        "| t\\_tags | 低保, 特困 |\n"
        "\n"
        "## Steps\n"
        "\n"
        "| Time | Stage |\n"
        "| --- | --- |\n"
        "| 2025-07-01 08:00:00 | opened |\n"
        "| 2025-07-02 08:00:00 | Town review |\n"
        "\n"
        "## Evidence\n"
        "\n"
        "| Time | Name | Count |\n"
        "| --- | --- | ---: |\n"
        "| 2025-07-02 08:00:00 | 照片.jpg | 2 |\n"
        "| 2025-07-02 08:00:00 | a\\|b.pdf | 1 |\n"
    )

"""JSON as scripts get it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.tables import Column, Kind, Table, Text, table_of
from store.writers import writer


def written(table: Table, **options: Any) -> str:
    out = io.StringIO()
    writer("json").write(table, out, "zh", **options)
    return out.getvalue()


def test_a_list_is_an_array_with_an_object_a_line(lines: Table) -> None:
    assert written(lines, title="名单") == (
        '[{"t_no": "511002202507020014", "t_name": "何*明", "t_stage": "t_town", "t_amount": "1234.50", '
        '"t_count": 3, "t_rate": 0.5, '
        '"t_day": "2025-07-02", "t_at": "2025-07-02 09:05:00", "t_late": true},\n'
        ' {"t_no": "002", "t_name": null, "t_stage": null, "t_amount": null, "t_count": null, '
        '"t_rate": null, "t_day": null, "t_at": null, "t_late": null}]\n'
    )


def test_nothing_is_an_empty_array(no_lines: Table) -> None:
    assert written(no_lines) == "[]\n"


def test_a_single_answer_is_one_object_with_what_it_nests(item: Table) -> None:
    assert written(item) == (
        '{"t_no": "Z-1", "t_amount": "-1000.00", "t_tags": ["低保", "特困"], "t_steps": ['
        '{"t_at": "2025-07-01 08:00:00", "t_stage": "t_open", "t_files": []}, '
        '{"t_at": "2025-07-02 08:00:00", "t_stage": "t_town", "t_files": '
        '[{"t_name": "照片.jpg", "t_count": 2}, {"t_name": "a|b.pdf", "t_count": 1}]}], '
        '"t_facts": {"t_count": 2, "left": {"t_name": "何*明", "t_day": "2025-07-02"}}}\n'
    )


@dataclass(frozen=True)
class Inner:
    t_name: Text


@dataclass(frozen=True)
class Outer:
    t_one: Inner
    t_maybe: Inner | None
    t_some: tuple[Inner, ...] | None


def test_a_row_within_a_row_is_an_object() -> None:
    table = table_of(Outer, [Outer(Inner("x"), Inner("y"), (Inner("z"),)), Outer(Inner("x"), None, None)])
    assert json.loads(written(table)) == [
        {"t_one": {"t_name": "x"}, "t_maybe": {"t_name": "y"}, "t_some": [{"t_name": "z"}]},
        {"t_one": {"t_name": "x"}, "t_maybe": None, "t_some": None},
    ]


def test_what_hides_is_escaped_and_comes_back_whole(with_name: Any) -> None:
    name = '\x00\x1b\x7f\x9b\u061c\u200e\u202e\u2069\u2028\u2029\ud800\ufeff\U000e0041\\"何𠀀\n'
    text = written(with_name(name))
    assert (
        r'"\u0000\u001b\u007f\u009b\u061c\u200e\u202e\u2069\u2028\u2029\ud800\ufeff\udb40\udc41\\\"何𠀀\n"'
    ) in text
    assert json.loads(text)[0]["t_name"] == name
    text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_comes_back_as_it_was(name: str) -> None:
    table = Table((Column(name, Kind.TEXT),), [(name,)])
    text = written(table)
    # An escaped pair of halves reads back as the one character it stands for.
    whole = name.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(text) == [{whole: whole}]
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in text.replace("\n", "", 1))


def test_numbers_are_numbers_that_json_has() -> None:
    table = Table(
        (Column("t_count", Kind.NUMBER), Column("t_late", Kind.FLAG)),
        [(0, 0), (float("nan"), 1), (float("inf"), False), (Decimal("0.9512"), None), (10**17, True)],
    )
    assert [tuple(each.values()) for each in json.loads(written(table))] == [
        (0, False),
        (None, True),
        (None, False),
        (0.9512, None),
        (10**17, True),
    ]


def test_a_moment_that_knows_its_zone_is_written_without_it() -> None:
    table = Table((Column("t_at", Kind.MOMENT),), [(datetime(2025, 7, 2, 9, 5, 0, 123456, UTC),)])
    assert written(table) == '[{"t_at": "2025-07-02 09:05:00"}]\n'


def test_many_rows_are_written_one_by_one(lines: Table) -> None:
    class Counting(io.StringIO):
        longest = 0

        def write(self, text: str, /) -> int:
            self.longest = max(self.longest, len(text))
            return super().write(text)

    out = Counting()
    many = Table(lines.columns, list(lines.rows) * 5_000)
    writer("json").write(many, out, "en")
    assert len(json.loads(out.getvalue())) == 10_000
    assert out.longest < 300

"""`--where` on the commands that list: exactly the rows that pass, of what the post may see."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.running import InProcess

DAY = ("--as-of", "2025-10-20")
SQLITE = pytest.mark.parametrize("database", ["sqlite"])
PERSONAL = ("name", "person_id", "card_no")


def asked(golden: InProcess, *words: str) -> list[dict[str, Any]]:
    """The rows of a command as of the last day of the world."""
    found: list[dict[str, Any]] = golden(*words, *DAY, "--format", "json", check=0).json()
    return found


def _is_red_elsewhere(row: dict[str, Any]) -> bool:
    return row["grade"] in ("red", "orange") and row["stage"] != "town_review"


@pytest.mark.parametrize(
    ("words", "where", "passes"),
    [
        (("overdue",), "超时>10", lambda row: row["overdue_days"] > 10),
        (("overdue",), "grade=red,橙 and not 镇审", _is_red_elsewhere),
        (("overdue",), "entered_at=2025-09", lambda row: row["entered_at"][:7] == "2025-09"),
        (("overdue", "--kind", "all"), "kind=failure", lambda row: row["kind"] == "failure"),
        (("overdue", "--kind", "all"), "case_no=-", lambda row: row.get("case_no") is None),
        (("failed", "--all"), "状态=已到账", lambda row: row["status"] == "cleared"),
        (("failed", "--all"), "未反馈=是", lambda row: row["without_feedback"] is True),
        (("failed", "--all"), "outstanding>=0.05万", lambda row: float(row["outstanding"]) >= 500),
        (("failed", "--daily"), "county=-", lambda row: row["county"] is None),
        (("ledger", "--all"), "category=late", lambda row: row["category"] == "late"),
        (("imports",), "rejected>0", lambda row: row["rejected"] > 0),
        (("reasons",), "cause=base_data", lambda row: row["cause"] == "base_data"),
        (("posts",), "owner", lambda row: True),
    ],
)  # fmt: skip
def test_exactly_the_rows_that_pass_are_printed(
    golden: InProcess, words: tuple[str, ...], where: str, passes: Any
) -> None:
    every = asked(golden, *words)
    wanted = [row for row in every if passes(row)]
    assert asked(golden, *words, "--where", where) == wanted
    assert asked(golden, *words, "--where", f"not ({where})") == [row for row in every if row not in wanted]


@SQLITE
@pytest.mark.parametrize("format", ["json", "csv", "xlsx", "markdown", "table"])
def test_every_format_has_the_same_rows(golden: InProcess, tmp_path: Path, format: str) -> None:
    wanted = [row["case_no"] for row in asked(golden, "overdue", "--where", "overdue_days>10")]
    every = [row["case_no"] for row in asked(golden, "overdue")]
    path = tmp_path / "out"
    line = ("overdue", *DAY, "--where", "超时＞10", "--format", format, "--output", str(path))
    golden(*line, lang="zh_CN.UTF-8", check=0)
    if format == "json":
        found = [row["case_no"] for row in json.loads(path.read_text("utf-8"))]
    elif format == "csv":
        found = [row["case_no"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))]
    elif format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active
        cells = {str(cell) for row in sheet.values for cell in row}
        found = [no for no in every if no in cells]
    else:
        text = path.read_text("utf-8")
        found = [no for no in every if no in text]
    assert found == wanted and 0 < len(wanted) < len(every)
    manifest = json.loads(path.with_name("out.manifest.json").read_text("utf-8"))
    assert manifest["filters"]["where"] == "超时＞10" and manifest["rows"] == len(wanted)


@SQLITE
def test_a_filter_goes_before_order_number_and_columns(golden: InProcess) -> None:
    line = ("overdue", "--where", "overdue_days>1", "--sort", "overdue_days", "--limit", "2")
    found = asked(golden, *line, "--columns", "case_no")
    days = sorted(row["overdue_days"] for row in asked(golden, "overdue") if row["overdue_days"] > 1)
    assert [row["overdue_days"] for row in asked(golden, *line)] == days[:2]
    assert [list(row) for row in found] == [["case_no"], ["case_no"]]
    assert golden("overdue", *DAY, "--where", "overdue_days>9999", "--check", check=0).stdout
    golden("overdue", *DAY, "--where", "overdue_days>0", "--check", check=3)


@pytest.mark.parametrize("words", [("overdue",), ("failed", "--all"), ("overdue", "--kind", "all")])
def test_no_filter_finds_what_is_masked(golden: InProcess, words: tuple[str, ...]) -> None:
    shown = asked(golden, *words)
    whole = asked(golden, *words, "--reveal", "--why", "核对")
    assert len(shown) == len(whole) > 0
    tried = 0
    for masked, bare in zip(shown, whole, strict=True):
        for key in PERSONAL:
            if not bare.get(key) or bare[key] == masked[key]:
                continue
            hidden = bare[key][6:14] if key == "person_id" else bare[key]
            for where in (f'{key}="{bare[key]}"', f'{key}~"{hidden}"', f'"{bare[key]}"'):
                assert asked(golden, *words, "--where", where) == [], where
            # an order is that of the masked texts
            later = [row for row in shown if row.get(key) and row[key] > bare[key].casefold()]
            assert asked(golden, *words, "--where", f'{key}>"{bare[key]}"') == later
            same = asked(golden, *words, "--where", f'{key}=="{masked[key]}"')
            assert same == [row for row in shown if row.get(key) == masked[key]]
            tried += 1
        if tried > 8:
            break
    assert tried > 2


@SQLITE
def test_what_is_revealed_can_be_found_and_the_filter_is_recorded(golden: InProcess) -> None:
    whole = asked(golden, "overdue", "--reveal", "--why", "核对")
    name = whole[0]["name"]
    found = asked(golden, "overdue", "--reveal", "--why", "复核", "--where", f"name=={name}")
    assert [row["case_no"] for row in found] == [row["case_no"] for row in whole if row["name"] == name]
    events = golden("audit", "--verb", "reveal", "--format", "json", check=0).json()
    assert f"name=={name}" in events[-1]["detail"]


@SQLITE
@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("nothing=1", "There is no field nothing (character 1)"),
        ("overdue>", "needs a value at character 9"),
        ("grade=purple", "Grade is never purple (character 7); it may be: upcoming, yellow, orange, red"),
        ("(red", "The parenthesis at character 1 is not closed"),
    ],
)
def test_a_wrong_filter_is_a_sentence(golden: InProcess, where: str, said: str) -> None:
    ran = golden("overdue", *DAY, "--where", where, "--lang", "en", check=2)
    assert ran.stdout == b"" and said in ran.stderr and len(ran.stderr.splitlines()) == 1


@SQLITE
def test_the_counties_of_the_morning_are_filtered_and_its_figures_not(golden: InProcess) -> None:
    every = asked(golden, "home", "--silent")
    name = every[0]["county"]
    assert asked(golden, "home", "--silent", "--where", f"county=={name}") == every[:1]
    assert "--silent" in golden("home", *DAY, "--where", "county=-", check=2).stderr


@SQLITE
@pytest.mark.parametrize(
    "words", [("ledger", "show", "2025-0001"), ("settings", "set", "x", "1"), ("rejects", "retry")]
)
def test_an_act_takes_no_filter(golden: InProcess, words: tuple[str, ...]) -> None:
    ran = golden(*words, "--where", "a", "--lang", "en", check=2)
    assert "--where" in ran.stderr

"""What every command takes and refuses, on the contract's small world."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from commands.app import NOT_COMMANDS
from commands.options import commands_in
from store import discovery
from tests.builders import write
from tests.running import InProcess

DAY = ("--as-of", "2025-10-20")
SHARED = (
    *("store", "post", "as-of", "format", "output", "limit", "sort", "columns", "lang", "check", "bom"),
    *("reveal", "why"),
)
OWN = {
    "overdue": "kind county region programme stage grade upcoming finished-late since",
    "failed": "all daily weekly by without-feedback county region programme reason since",
    "failed feedback": "text",
    "failed refund": "voucher why",
    "failed link": "to why",
    "explain": "",
    "ledger": "all status county overdue",
    "ledger open": "title category source source-ref region unit responsible leader due measures type amount "
    "doc-no",
    "ledger assign": "unit responsible leader due why evidence",
    "ledger progress": "recovered why evidence",
    "ledger extend": "due why evidence",
    "ledger transfer": "to why evidence",
    "ledger merge": "into why evidence",
    "import": "feed map watch",
}
READING = [
    ("overdue",),
    ("overdue", "--kind", "payments"),
    ("overdue", "--kind", "failures"),
    ("overdue", "--kind", "rectification"),
    ("overdue", "--kind", "all", "--upcoming"),
    ("overdue", "--upcoming"),
    ("overdue", "--finished-late"),
    ("failed", "--all"),
    ("failed", "--daily"),
    ("failed", "--weekly"),
    ("failed", "--weekly", "--by", "unit"),
    ("failed", "--without-feedback"),
    ("ledger",),
    ("rejects",),
    ("doubtful",),
    ("held",),
    ("imports",),
    ("reasons",),
    ("reasons", "--wordings"),
    ("audit",),
    ("explain", "C06"),
    ("explain", "B1"),
    ("explain", "P103"),
]


def every_command() -> list[str]:
    """The words of all commands."""
    modules = [name for name in discovery.names("commands") if name not in NOT_COMMANDS]
    return [words for name in modules for words in commands_in(discovery.load("commands", name))]


def rows(golden: InProcess, *words: str) -> Any:
    """What a command answers as JSON."""
    more = () if words[0] == "audit" else DAY
    return golden(*words, *more, "--format", "json", check=0).json()


@pytest.mark.parametrize("words", every_command())
def test_every_command_takes_the_shared_options_and_its_own(golden: InProcess, words: str) -> None:
    told = golden(*words.split(), "--help", check=0).text
    taken = set(re.findall(r"--([a-z-]+)", told))
    assert set(SHARED) <= taken
    assert set(OWN.get(words, "").split()) <= taken


@pytest.mark.parametrize("words", [each for each in every_command() if " " in each])
def test_options_before_a_subcommand_are_refused(golden: InProcess, words: str) -> None:
    first, second = words.split()
    for option in (("--store", "other.db"), ("--post=X",), ("--format", "json"), ("--check",)):
        ran = golden(first, *option, second, "P105", "--lang", "en")
        assert (ran.code, ran.stdout) == (2, b""), ran


@pytest.mark.parametrize(
    "words",
    [
        ("overdue", "--county", "成都市"),
        ("overdue", "--county", "5110"),
        ("overdue", "--county", "511025116"),
        ("overdue", "--region", "没有这里"),
        ("overdue", "--programme", "Z99"),
        ("overdue", "--kind", "people"),
        ("overdue", "--stage", "lunch"),
        ("overdue", "--kind", "payments", "--stage", "lunch"),
        ("overdue", "--grade", "purple"),
        ("overdue", "--kind", "failures", "--grade", "purple"),
        ("overdue", "--kind", "rectification", "--grade", "purple"),
        ("overdue", "--finished-late", "--since", "yesterday"),
        ("overdue", "--as-of", "2025-02-29"),
        ("overdue", "--as-of", "0001-01-01"),
        ("overdue", "--as-of", "9999-12-31"),
        ("overdue", "--sort", "shoe_size"),
        ("overdue", "--columns", "case_no,shoe_size"),
        ("overdue", "--columns", ","),
        ("overdue", "--format", "pdf"),
        ("overdue", "--lang", "fr"),
        ("overdue", "--reveal"),
        ("overdue", "--limit", "-1"),
        ("overdue", "--limit", "many"),
        ("overdue", "--shoe-size", "3"),
        ("failed", "--reason", "no_such_reason"),
        ("failed", "--daily", "--weekly"),
        ("failed", "--by", "unit"),
        ("failed", "--weekly", "--by", "county"),
        ("failed", "--daily", "--reason", "other"),
        ("failed", "--weekly", "--without-feedback"),
        ("failed", "--county", "资"),
        ("explain",),
        ("failed", "refund", "P105", "--voucher", "V1", "--why", "死亡", "--format", "pdf"),
        ("failed", "refund", "P105", "--voucher", "V1", "--why", "死亡", "--columns", "shoe_size"),
        ("failed", "feedback", "P105", "--text", "已换卡", "--format", "pdf"),
        ("failed", "feedback", "P105", "--text", "已换卡", "--columns", "shoe_size"),
        ("failed", "link", "P204", "--to", "P108", "--why", "漏填", "--columns", "shoe_size"),
        ("reasons", "map", "户名不符", "other", "--columns", "shoe_size"),
        ("settings", "set", "grade.red", "12", "--columns", "shoe_size"),
        ("posts", "add", "X", "--name", "某", "--kind", "audit", "--columns", "shoe_size"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_sentence_and_does_nothing(golden: InProcess, words: tuple[str, ...]) -> None:
    before = len(rows(golden, "audit"))
    more = () if "--as-of" in words else DAY
    ran = golden(*words, *more, check=2)
    assert ran.stdout == b""
    said = [line for line in ran.stderr.splitlines() if line.strip()]
    assert said
    if not said[0].startswith(("Usage", "用法")):
        assert len(said) == 1, ran
    assert len(rows(golden, "audit")) == before


def test_an_ambiguous_county_is_refused_with_the_places(golden: InProcess, tmp_path: Path) -> None:
    # the capital has a 市中区 of the same name
    twins = [{"region_code": "5101", "name": "乐山市"}, {"region_code": "511102", "name": "市中区"}]
    golden("import", str(write(tmp_path, "regions", twins)), *DAY, check=0)
    ran = golden("failed", "--county", "市中区", *DAY, check=2)
    assert "511002" in ran.stderr and "511102" in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
    for text in ("511002", "511002000000", "５１１００２", "内江市市中区", "内江市市中"):
        found = rows(golden, "failed", "--all", "--county", text)
        assert [row["payment_no"] for row in found] == ["P303"], text


@pytest.mark.parametrize("county", ["511025", "资中县", "资中", "内江市资中县", "四川省内江市资中县"])
def test_a_county_is_known_by_code_name_parents_and_without_its_last_character(
    golden: InProcess, county: str
) -> None:
    found = rows(golden, "failed", "--all", "--county", county)
    assert {row["county"] for row in found} == {"资中县"}
    assert len(found) == 9


def test_all_kinds_keep_their_own_keys(golden: InProcess) -> None:
    golden(
        "ledger",
        "open",
        "--title",
        "迟发",
        "--category",
        "late",
        "--region",
        "511025",
        *("--due", "2025-10-10"),
        "--as-of",
        "2025-10-01",
        check=0,
    )
    every = rows(golden, "overdue", "--kind", "all")
    apart = [
        row
        for kind in ("approvals", "payments", "failures", "rectification")
        for row in rows(golden, "overdue", "--kind", kind)
    ]
    assert every == apart
    assert [list(row) for row in every] == [list(row) for row in apart]
    assert {row["kind"] for row in every} == {"approval", "payment", "failure", "rectification"}
    assert len(rows(golden, "overdue", "--kind", "all", "--limit", "3")) == 3
    by_days = rows(golden, "overdue", "--kind", "all", "--sort", "-overdue_days")
    days = [row["overdue_days"] for row in by_days]
    assert days == sorted(days, reverse=True)
    by_case = rows(golden, "overdue", "--kind", "all", "--sort", "case_no")
    cases = [row.get("case_no") for row in by_case]
    assert cases == [*sorted(no for no in cases if no), *[None] * cases.count(None)]


def test_what_is_upcoming_is_listed_for_every_kind(golden: InProcess) -> None:
    def upcoming(kind: str, day: str, key: str) -> list[tuple[str, int]]:
        words = ("overdue", "--kind", kind, "--upcoming", "--as-of", day, "--format", "json")
        found = golden(*words, check=0).json()
        assert [r for r in found if r["grade"] != "upcoming"] == golden(
            *(word for word in words if word != "--upcoming"), check=0
        ).json()
        assert all(row["overdue_days"] == 0 for row in found if row["grade"] == "upcoming")
        return [(row[key], row["overdue_days"]) for row in found if row["grade"] == "upcoming"]

    # P303 is due on 10-15 and P105 on 10-16: listed from the second working day before, up to the day itself
    assert upcoming("failures", "2025-10-10", "payment_no") == []
    assert upcoming("failures", "2025-10-13", "payment_no") == [("P303", 0)]
    assert upcoming("failures", "2025-10-14", "payment_no") == [("P105", 0), ("P303", 0)]
    assert upcoming("failures", "2025-10-16", "payment_no") == [("P105", 0)]
    assert upcoming("failures", "2025-10-17", "payment_no") == []
    # BR1 is to be paid by 09-26; 09-25 and 09-26 are working days
    assert ("BR1", 0) not in upcoming("payments", "2025-09-23", "batch_no")
    assert ("BR1", 0) in upcoming("payments", "2025-09-24", "batch_no")
    assert ("BR1", 0) in upcoming("payments", "2025-09-26", "batch_no")


def test_a_row_makes_check_end_with_three(golden: InProcess) -> None:
    assert golden("overdue", *DAY, "--check").code == 3
    assert golden("overdue", "--as-of", "2020-01-01", "--check").code == 0
    assert golden("overdue", *DAY, "--limit", "0", "--check").code == 0
    assert golden("failed", "--all", "--county", "511002", *DAY, "--check").code == 3


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_sort_limit_and_columns_are_kept(golden: InProcess, words: tuple[str, ...]) -> None:
    found = rows(golden, *words)
    if isinstance(found, dict):
        chosen = list(found)[:2]
        assert list(rows(golden, *words, "--columns", ",".join(reversed(chosen)))) == chosen[::-1]
        return
    if not found:
        return
    for key in dict.fromkeys(key for row in found for key in row):
        values = [row.get(key) for row in rows(golden, *words, f"--sort=-{key}")]
        assert sorted(map(str, values)) == sorted(str(row.get(key)) for row in found)
        filled = [value for value in values if value is not None]
        assert values == [*filled, *[None] * (len(values) - len(filled))], key
    first = rows(golden, *words, "--limit", "1")
    assert first == found[:1]
    key = next(iter(found[0]))
    assert all(list(row) == [key] for row in rows(golden, *words, "--columns", key))


@pytest.mark.parametrize("format", ["csv", "json", "markdown", "table", "xlsx"])
def test_an_output_file_holds_what_would_be_printed(golden: InProcess, tmp_path: Path, format: str) -> None:
    path = tmp_path / "out"
    ran = golden("failed", *DAY, "--format", format, "--output", str(path), "--lang", "zh", check=0)
    assert ran.stdout == b""
    if format != "xlsx":
        printed = golden("failed", *DAY, "--format", format, "--lang", "zh", check=0)
        assert path.read_bytes() == printed.stdout
    bom = golden("failed", *DAY, "--format", "csv", "--bom", check=0).stdout
    assert bom.startswith(b"\xef\xbb\xbf") and bom.count(b"\xef\xbb\xbf") == 1


def test_codes_stay_codes_in_json_whatever_the_language(golden: InProcess) -> None:
    for words in READING:
        zh, en = (golden(*words, *DAY, "--format", "json", "--lang", lang).json() for lang in ("zh", "en"))
        if words[0] in ("rejects", "doubtful", "explain"):
            continue  # their sentences are the reader's
        assert zh == en, words


def test_control_characters_leave_json_escaped(golden: InProcess, tmp_path: Path) -> None:
    bad = {
        "payment_no": "P108",
        "result": "failure",
        "settled_at": "2025-10-19",
        "reason": "户名\x1b[31m\u202e不符",
    }
    golden("import", str(write(tmp_path, "returns", [bad])), *DAY, check=0)
    ran = golden("failed", *DAY, "--format", "json", check=0)
    assert "\x1b" not in ran.text and "\u202e" not in ran.text
    assert "\\u001b[31m\\u202e" in ran.text
    row = next(row for row in json.loads(ran.text) if row["payment_no"] == "P108")
    assert row["reason_text"] == bad["reason"]


def test_a_word_that_only_stands_before_others_has_a_help_of_them(golden: InProcess) -> None:
    page = golden("store", "--help", check=0).text
    assert all(f"store {word}" in page for word in ("check", "info", "backup", "restore", "move"))

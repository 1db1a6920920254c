"""The officer's morning on the command line: many rows at once, attention, changes, and exports."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from commands import bulk
from tests.golden import CASES
from tests.running import InProcess

OPEN = ("ledger", "open", "--title", "补贴未到户", "--category", "late", "--region", "511002")


@pytest.fixture
def run(supervise: InProcess) -> InProcess:
    """The command line on a store with three items, the last one rectifying."""
    for _ in range(3):
        supervise(*OPEN, "--due", "2099-01-05", check=0)
    supervise("ledger", "assign", nos(supervise)[2], check=0)
    supervise("ledger", "progress", nos(supervise)[2], check=0)
    return supervise


def nos(run: InProcess) -> list[str]:
    rows = run("ledger", "--all", "--format", "json", check=0).json()
    return [row["item_no"] for row in rows]


def test_many_items_by_status_by_county_and_by_their_numbers(run: InProcess, tmp_path: Path) -> None:
    first, second, third = nos(run)
    act = ("ledger", "bulk", "extend", "--why", "农忙", "--format", "json")
    ran = run(*act, "--due", "2099-02-01", "--where-status", "已登记", "--dry-run", check=0)
    assert ran.json() == [{"item_no": no, "done": True, "why": None} for no in (first, second)]
    assert "nothing was changed" in ran.stderr
    assert all(row["due_on"] == "2099-01-05" for row in run("ledger", "--format", "json", check=0).json())
    run(*act, "--due", "2099-02-01", "--where-status", "registered", check=0)
    rows = run(*act, "--due", "2099-02-01", "--county", "511002", check=3).json()
    assert [(row["item_no"], row["done"]) for row in rows] == [(first, False), (second, False), (third, True)]
    assert rows[0]["why"] and rows[2]["why"] is None
    assert run(*act, "--due", "2099-03-01", "--overdue", check=0).json() == []
    listed = tmp_path / "编号.csv"
    listed.write_text(f"\ufeffitem_no,title\r\n{third},x\r\n\r\n9999-0001,y\r\n", encoding="utf-8")
    rows = run(*act, "--due", "2099-03-01", "--numbers", str(listed), check=3).json()
    assert [(row["item_no"], row["done"]) for row in rows] == [(third, True), ("9999-0001", False)]
    run("audit", "verify", check=0)
    zh = run("ledger", "bulk", "关闭", "--numbers", str(listed), "--lang", "zh")
    assert zh.code == 2 and "销号" in zh.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("assign",), 2),
        (("assign", "--numbers", "x", "--overdue"), 1),
        (("assign", "--numbers", "nothing.txt"), 1),
        (("nonsense", "--overdue"), 2),
        (("withdraw", "--overdue"), 2),
        (("open", "--overdue", "--title", "t", "--category", "late"), 2),
        (("assign", "--overdue", "--due", "soon"), 2),
        (("assign", "--overdue", "--columns", "nonsense"), 2),
    ],
)
def test_a_bulk_act_put_wrongly_is_refused(run: InProcess, words: tuple[str, ...], code: int) -> None:
    ran = run("ledger", "bulk", *words)
    assert (ran.code, ran.stdout) == (code, b"") and ran.stderr.strip(), str(ran)


def test_numbers_come_from_standard_input_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('"payment_no"\n P1 ,x\n\nP2\n'))
    assert bulk._typed("-") == ["P1", "P2"]


def test_items_and_feedback_on_many_failures(supervise: InProcess, tmp_path: Path) -> None:
    supervise("import", str(CASES / "1-september"), "--as-of", "2025-09-30")
    day = ("--as-of", "2025-09-30", "--format", "json")
    failures = [row["payment_no"] for row in supervise("failed", *day, check=0).json()]
    listed = tmp_path / "numbers"
    listed.write_text("\n".join([*failures, "P0"]), encoding="utf-8")
    said = ("failed", "bulk", "feedback", "--numbers", str(listed), "--text", "已通知", *day)
    rows = supervise(*said, check=3).json()
    assert [row["payment_no"] for row in rows if row["done"]] == failures
    assert all(not row["without_feedback"] for row in supervise("failed", *day, check=0).json())
    opening = ("--source", "failure", "--title", "失败未复发", "--category", "failed_payment")
    rows = supervise("ledger", "bulk", "open", "--numbers", str(listed), *opening, *day, check=3).json()
    assert [row["source_ref"] for row in rows if row["item_no"]] == failures
    assert [row["done"] for row in rows] == [True] * len(failures) + [False]


def test_attention_and_changes(run: InProcess) -> None:
    first, second, _ = nos(run)
    made = run("attention", "follow", first, "--note", "久拖不决", "--format", "json", check=0).json()
    keys = "subject_kind subject at post login note follows"
    assert (list(made), made["subject_kind"]) == (keys.split(), "item")
    run("attention", "mark", second, "--note", "已电话了解", check=0)
    run("attention", "mark", second, check=2)
    run("attention", "follow", first, check=1)
    rows = run("attention", "--format", "json", check=0).json()
    assert [row["subject"] for row in rows] == [first]
    assert len(run("attention", "--all", "--format", "json", check=0).json()) == 2
    assert len(run("attention", "of", second, "--format", "json", check=0).json()) == 1
    looked = run("changes", "looked", "--format", "json", check=0).json()
    assert list(looked) == ["post", "login", "seq", "at"]
    assert run("changes", "--format", "json", check=0).json() == []
    run("ledger", "assign", first, check=0)
    run("ledger", "assign", second, check=0)
    rows = run("changes", "--format", "json", check=0).json()
    assert [(row["subject"], row["followed"]) for row in rows] == [(first, True), (second, False)]
    keys = "seq at verb subject_kind subject post login followed count landed updated held rejected"
    assert list(rows[0]) == keys.split()
    assert len(run("changes", "--since", "2020-01-01", "--format", "json", check=0).json()) > 5
    run("changes", "--since", "soon", check=2)
    run("attention", "unfollow", first, check=0)
    assert run("attention", "--format", "json", check=0).json() == []


def test_an_output_file_says_how_it_was_asked_for(run: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    asked = (
        "--all",
        "--county",
        "511002",
        "--sort",
        "-item_no",
        "--limit",
        "2",
        "--columns",
        "item_no,title",
    )
    run("ledger", *asked, "--format", "csv", "--output", str(path), check=0)
    told = json.loads((tmp_path / "out.csv.manifest.json").read_text("utf-8"))
    assert told["filters"] == {
        "all": True,
        "county": "511002",
        "sort": "-item_no",
        "limit": 2,
        "columns": "item_no,title",
    }
    assert (told["view"], told["rows"], told["columns"]) == ("ledger", 2, ["item_no", "title"])
    assert path.read_text("utf-8").splitlines()[0] == "item_no,title"
    exported = run("audit", "--verb", "export", "--format", "json", check=0).json()
    assert [row["seq"] for row in exported] == [told["event"]]

"""The ledger on the command line: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commands.app import main
from commands.desk import login, now
from store.database import writing
from store.models.posts import Actor, Post
from store.services import posts
from store.services.opening import open_store

ITEM = ("--title", "补贴未到户", "--category", "超时", "--region", "511002")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with two posts, named by the environment."""
    path = tmp_path / "s.db"
    store = open_store(path, True, login(), now())
    owner = Post("owner", login(), "discipline", everything=True)
    with writing(store) as connection:
        for post in (Post("F", "财政", "finance", "511002"), Post("D", "纪委", "discipline", "5110")):
            posts.add(connection, Actor(owner, login(), now(), now().date()), post)
    monkeypatch.setenv("SUPERVISE_STORE", str(path))
    monkeypatch.setenv("SUPERVISE_POST", "F")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    return tmp_path


class Run:
    """Runs the command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capfd = monkeypatch, capfd

    def __call__(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of `supervise ledger WORDS`."""
        self.monkeypatch.setattr("sys.argv", ["supervise", "ledger", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self.capfd.readouterr()
        return int(ended.value.code or 0), out, err

    def json(self, *words: str) -> Any:
        """What it printed as JSON, when all went well."""
        code, out, err = self(*words, "--format", "json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capfd)


def test_an_item_goes_from_opening_to_closing(run: Run, place: Path) -> None:
    file = place / "回执.pdf"
    file.write_bytes(b"paid")
    made = run.json(
        "open", *ITEM, "--due", "2099年1月5日", "--amount", "1,234.50", "--doc-no", "内纪〔2025〕3号"
    )
    no = made["item_no"]
    assert (made["status"], made["due_on"], made["amount"]) == ("registered", "2099-01-05", "1234.50")
    assert run.json("assign", no, "--responsible", "李强", "--leader", "王芳")["leader"] == "王芳"
    assert run.json("progress", no, "--recovered", "300")["recovered"] == "300.00"
    assert run.json("extend", no, "--due", "2099-02-01", "--why", "农忙")["extensions"] == 1
    assert run.json("transfer", no, "--to", "D", "--why", "涉嫌违纪")["transferred_to"] == "D"
    submitted = run.json("submit", no, "--evidence", str(file), "--evidence", str(file))
    assert [each["name"] for each in submitted["steps"][-1]["evidence"]] == ["回执.pdf", "回执.pdf"]
    assert run.json("return", no, "--why", "不全", "--post", "D")["returns"] == 1
    run.json("submit", no)
    assert run("close", no)[0] == 1
    assert run.json("close", no, "--post", "D")["closed_by"] == "D"
    assert run.json("reopen", no, "--post", "D", "--why", "销号有误")["status"] == "rectifying"
    second = run.json("open", *ITEM)["item_no"]
    assert run.json("merge", second, "--into", no, "--why", "同一问题")["merged_into"] == no
    assert run.json("withdraw", no, "--why", "误登")["status"] == "withdrawn"
    found = run.json("show", no)
    steps = "open assign progress extend transfer submit return submit close reopen withdraw"
    assert [each["step"] for each in found["steps"]] == steps.split()
    keys = "at step post why due_on unit_code responsible evidence"
    assert list(found["steps"][0]) == keys.split()
    assert run.json() == []
    assert [row["item_no"] for row in run.json("--all")] == [no, second]
    assert [row["item_no"] for row in run.json("--status", "merged")] == [second]
    assert [row["item_no"] for row in run.json("--all", "--county", "511002")] == [no, second]


REFUSED: list[tuple[tuple[str, ...], int]] = [
    (("show", "2025-9999"), 1),
    (("close", "{no}"), 1),
    (("assign", "{no}", "--evidence", "nothing.pdf"), 1),
    (("assign", "{no}", "--unit", "U9"), 1),
    (("assign", "{no}", "--as-of", "2020-01-01"), 1),
    (("assign", "{no}", "--as-of", "2999-01-01"), 1),
    (("extend", "{no}", "--due", "2020-01-01", "--why", "x"), 1),
    (("transfer", "{no}", "--to", "F", "--why", "x"), 1),
    (("merge", "{no}", "--into", "{no}", "--why", "x"), 1),
    (("open", *ITEM, "--source", "case", "--source-ref", "C9"), 1),
    (("open", "--title", "t", "--category", "late"), 2),
    (("open", "--title", "t", "--region", "511002"), 2),
    (("open", "--category", "late", "--region", "511002"), 2),
    (("open", *ITEM, "--due", "soon"), 2),
    (("open", *ITEM, "--amount", "1.234"), 2),
    (("open", *ITEM, "--amount", "-1"), 2),
    (("open", *ITEM[:-1], "511025"), 2),
    (("open", *ITEM[:-1], "无此县"), 2),
    (("open", *ITEM, "--format", "nonsense"), 2),
    (("open", *ITEM, "--columns", "nonsense"), 2),
    (("withdraw", "{no}"), 2),
    (("extend", "{no}", "--why", "x"), 2),
    (("assign",), 2),
    (("--status", "nonsense"), 2),
    (("--county", "无此县"), 2),
    (("--post", "F", "assign", "{no}"), 2),
]


def test_what_is_refused_says_so_and_changes_nothing(run: Run) -> None:
    no = run.json("open", *ITEM)["item_no"]
    before = run.json("--all"), run.json("show", no)
    for words, code in REFUSED:
        ended, out, err = run(*(word.format(no=no) for word in words))
        assert (ended, out) == (code, ""), words
        assert err.strip(), words
    assert (run.json("--all"), run.json("show", no)) == before


def test_damaged_evidence_is_said(run: Run, place: Path) -> None:
    import sqlite3

    file = place / "a.pdf"
    file.write_bytes(b"paid")
    no = run.json("open", *ITEM, "--evidence", str(file))["item_no"]
    assert run("show", no)[2] == ""
    with sqlite3.connect(place / "s.db") as raw:
        raw.execute("UPDATE evidence SET content = x'00'")
    code, out, err = run("show", no, "--format", "json")
    assert code == 0 and json.loads(out)["steps"][0]["evidence"][0]["intact"] is False
    assert "a.pdf" in err and "损坏" in err


def test_every_label_and_word_of_the_ledger_is_in_the_catalogue() -> None:
    from store.models.rectification import CATEGORIES, SOURCES, STATUSES, TYPES, Status, Step
    from store.words import knows

    words = {"status": STATUSES, "category": CATEGORIES, "source": SOURCES, "type": TYPES}
    keys = [f"enum.{field}.{code}" for field, codes in words.items() for code in codes]
    keys += [f"enum.step.{step}" for step in Step]
    keys += [f"command.ledger.{each}" for each in ("show", *Step)]
    assert [key for key in keys if not knows(key)] == []
    assert list(STATUSES) == list(Status)

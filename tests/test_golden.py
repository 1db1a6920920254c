"""The contract's small world: every answer of it, on both databases and however its files are brought in."""

from __future__ import annotations

import copy
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.golden import (
    CASES,
    LISTS_OF_LINES,
    REFERENCE,
    Case,
    answer,
    as_workbook,
    cases,
    differences,
    feed_of,
    play,
    split,
    unordered,
)
from tests.running import AsProcess, InProcess

DROPS = ("1-september", "2-national-day", "3-october")
COUNTS = ("rows", "landed", "unchanged", "updated", "held", "rejected", "doubtful", "freed")
IMPORT_KEYS = ("file", "feed", *COUNTS[:6], "seconds", *COUNTS[6:])


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The folder of the drops, to be run in."""
    folder = tmp_path / "cases"
    for drop in DROPS:
        shutil.copytree(CASES / drop, folder / drop)
    return folder


@pytest.fixture
def clean(empty_url: str, home: Path) -> InProcess:
    """The command line where there is no store yet: the first import makes it."""
    return InProcess(home, empty_url)


def report(found: list[str]) -> None:
    """Fail with everything that was found."""
    if found:
        pytest.fail(f"{len(found)} differences\n" + "\n".join(found), pytrace=False)


def drop_of(case: Case) -> str:
    """The folder that an import takes."""
    return case.argv[1]


def files_of(world: Path, case: Case) -> list[str]:
    """The files of a drop, as they are given on the command line."""
    return [f"{drop_of(case)}/{path.name}" for path in sorted((world / drop_of(case)).iterdir())]


def taken(
    supervise: InProcess, world: Path, case: Case, *files: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """Import these files as of the day of the drop: the report, and what is wrong with it in itself."""
    ran = supervise("import", *files, *case.argv[2:], cwd=world)
    rows, wrong = answer(ran, Case(case.name, ran.code, case.argv))
    rows = rows or []
    rejected = any(row["rejected"] for row in rows)
    if ran.code != (3 if rejected else 0):
        wrong.append(f"{case.name} {files}: exit {ran.code}\n{ran.stderr}")
    for row in rows:
        if tuple(row) != IMPORT_KEYS:
            wrong.append(f"{case.name} {row}: keys {list(row)}")
        elif row["rows"] != sum(row[name] for name in COUNTS[1:6]):
            wrong.append(f"{case.name} {row}: its figures do not add up")
    return rows, wrong


def by_feed(rows: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """The figures of a report by feed."""
    sums: dict[str, Counter[str]] = {}
    for row in rows:
        sums.setdefault(str(row["feed"]), Counter()).update({name: row[name] for name in COUNTS})
    return sums


def test_the_cases_are_answered_as_the_contract_says(clean: InProcess, world: Path) -> None:
    report(play(clean, world))


def test_what_is_imported_twice_changes_nothing(clean: InProcess, world: Path) -> None:
    def take(case: Case) -> list[str]:
        rows, wrong = taken(clean, world, case, drop_of(case))
        wrong += differences(case.expected, rows, case.name)
        again, more = taken(clean, world, case, drop_of(case))
        wrong += more
        if [row["file"] for row in again] != [row["file"] for row in rows]:
            wrong.append(f"{case.name} again: other files {[row['file'] for row in again]}")
        for first, row in zip(rows, again, strict=False):
            same = {name: row[name] for name in COUNTS}
            allowed = [{**dict.fromkeys(COUNTS, 0), "rows": first["rows"], "unchanged": first["rows"]}]
            if first["feed"] is None:  # a file that no feed fits was never taken in whole
                allowed.append(
                    {**dict.fromkeys(COUNTS, 0), "rows": first["rows"], "rejected": first["rejected"]}
                )
            if same not in allowed:
                wrong.append(f"{case.name} again: {row}")
        return wrong

    report(play(clean, world, take))


def test_the_same_lines_in_other_bytes_change_nothing(clean: InProcess, world: Path) -> None:
    def take(case: Case) -> list[str]:
        rows, wrong = taken(clean, world, case, drop_of(case))
        wrong += differences(case.expected, rows, case.name)
        for path in (world / drop_of(case)).iterdir():
            if feed_of(path) and not path.read_bytes().startswith(b"\xff\xfe"):
                path.write_bytes(path.read_bytes() + b"\r\n")
        again, more = taken(clean, world, case, drop_of(case))
        for row in again:
            if row["landed"] or row["updated"] or row["freed"]:
                more.append(f"{case.name} again: {row}")
        return wrong + more

    def lines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        # the copies are other files: what they bring is kept beside what the first ones brought
        seen: dict[str, dict[str, Any]] = {}
        for row in unordered(rows):
            seen.setdefault(str([value for key, value in row.items() if key != "message"]), row)
        return list(seen.values())

    report(play(clean, world, take, lines))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_files_does_not_matter(clean: InProcess, world: Path, seed: int) -> None:
    def take(case: Case) -> list[str]:
        files = files_of(world, case)
        random.Random(seed).shuffle(files)
        rows, wrong = taken(clean, world, case, *files)
        return wrong + differences(unordered(case.expected), unordered(rows), case.name)

    report(play(clean, world, take, unordered))


def test_a_drop_may_come_in_more_files(clean: InProcess, world: Path) -> None:
    def take(case: Case) -> list[str]:
        whole, parts = world / drop_of(case), world / f"{drop_of(case)}-split"
        parts.mkdir()
        for path in sorted(whole.iterdir()):
            split(path, parts)
        assert len(list(parts.iterdir())) > len(list(whole.iterdir()))
        rows, wrong = taken(clean, world, case, parts.name)
        return wrong + differences(by_feed(case.expected), by_feed(rows), case.name)

    report(play(clean, world, take, lambda rows: unordered(rows, ("file", "line"))))


def test_children_may_come_before_their_parents(clean: InProcess, world: Path) -> None:
    def take(case: Case) -> list[str]:
        files = files_of(world, case)
        first = [file for file in files if feed_of(Path(file)) in REFERENCE]
        wrong = taken(clean, world, case, *first)[1] if first else []
        for file in reversed([file for file in files if file not in first]):
            wrong += taken(clean, world, case, file)[1]
        return wrong

    report(play(clean, world, take, unordered))


@pytest.mark.parametrize("typed", [False, True], ids=["text", "typed"])
def test_a_drop_may_come_as_workbooks(clean: InProcess, world: Path, typed: bool) -> None:
    def take(case: Case) -> list[str]:
        books = world / f"{drop_of(case)}-xlsx"
        books.mkdir()
        for path in sorted((world / drop_of(case)).iterdir()):
            as_workbook(path, books, typed)
        rows, wrong = taken(clean, world, case, books.name)
        expected, got = by_feed(case.expected), by_feed(rows)
        if "people" in expected:  # the line that does not decode has no place in a workbook
            expected["people"].subtract({"rows": 1, "rejected": 1})
        return wrong + differences(expected, got, case.name)

    def lines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept = [row for row in rows if row.get("code") != "bad_encoding"]
        return unordered(kept, ("file", "line", *(["value"] if typed else [])))

    report(play(clean, world, take, lines))


def _locale(folder: Path) -> dict[str, str] | None:
    """What makes a process run in zh_CN.GB18030: a locale of this machine, or one made in a folder."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.lower()
    if "zh_cn.gb18030" in known:
        return {"LC_ALL": "zh_CN.GB18030"}
    made = folder / "zh_CN.GB18030"
    make = ["localedef", "-i", "zh_CN", "-f", "GB18030", str(made)]
    try:
        subprocess.run(make, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return {"LC_ALL": "zh_CN.GB18030", "LOCPATH": str(folder)} if made.is_dir() else None


@pytest.mark.parametrize("how", ["locale", "encoding"])
def test_a_chinese_terminal_of_another_charset(
    new_database: Callable[..., str], home: Path, world: Path, tmp_path: Path, how: str
) -> None:
    env = {"LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "gb18030"}
    if how == "locale":
        found = _locale(tmp_path)
        if found is None:
            pytest.skip("there is no locale zh_CN.GB18030 here, nor what makes one (package locales)")
        env = {**found, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    supervise = AsProcess(home, new_database("sqlite"))
    wrong = []
    for case in cases()[:4]:
        got, more = answer(supervise(*case.argv, cwd=world, env=env), case)
        wrong += more + (differences(case.expected, got, case.name) if got is not None else [])
        if case.command in LISTS_OF_LINES and got and "message" in got[0]:
            assert not got[0]["message"].isascii(), "sentences are in the language of the locale"
    report(wrong)
    table = supervise("posts", "--format", "table", cwd=world, env=env)
    assert table.code == 0, str(table)
    assert "owner" in table.stdout.decode("gb18030")
    refused = supervise("audit", "verify", "--against", "x", cwd=world, env=env)
    assert refused.code == 2


def test_a_process_answers_like_the_tests_do(
    new_database: Callable[..., str], home: Path, world: Path
) -> None:
    supervise = AsProcess(home, new_database("sqlite"))
    wrong = []
    for case in cases()[:3]:
        got, more = answer(supervise(*case.argv, cwd=world), case)
        wrong += more + (differences(case.expected, got, case.name) if got is not None else [])
    report(wrong)


# --- the comparison itself: what it must find ---


def _changed(change: Callable[[list[dict[str, Any]]], object]) -> list[str]:
    case = next(case for case in cases() if case.name == "failed-0930")
    got = copy.deepcopy(case.expected)
    change(got)
    return differences(case.expected, got, case.name)


def test_the_comparison_finds_what_differs() -> None:
    def other_order_of_keys(rows: list[dict[str, Any]]) -> None:
        rows[0]["payment_no"] = rows[0].pop("payment_no")

    assert _changed(lambda rows: None) == []
    assert _changed(lambda rows: rows[0].update(amount="1.00")) == [
        'failed-0930 row 0 (B1 P103) amount: expected "500.00", got "1.00"'
    ]
    assert len(_changed(lambda rows: rows[0].update(attempts=True) or rows[1].update(amount=None))) == 2
    assert "another order" in _changed(lambda rows: rows.reverse())[0]
    assert "another order" in _changed(other_order_of_keys)[0]
    assert "keys missing ['cause']" in _changed(lambda rows: rows[1].pop("cause"))[0]
    assert len(_changed(lambda rows: rows.pop())) == 2
    assert len(_changed(lambda rows: rows.append({**rows[0], "payment_no": "P000"}))) == 2


def test_every_expected_answer_belongs_to_a_case() -> None:
    assert {case.name for case in cases()} == {path.stem for path in (CASES / "expected").iterdir()}

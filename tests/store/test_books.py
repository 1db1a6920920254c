"""The books of the benchmarks are real ones: unspoiled every line lands, spoiled ones show every fault."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.benchmarks.books.writing import Wanted, write_books
from tests.running import InProcess


def taken(supervise: InProcess, folder: Path, wanted: Wanted, code: int) -> dict[str, Counter[str]]:
    """By feed what became of the lines of books."""
    paths = [str(path) for path in write_books(folder, wanted)]
    rows = supervise("import", *paths, "--format", "json", check=code).json()
    found: dict[str, Counter[str]] = {}
    for row in rows:
        counts = {key: value for key, value in row.items() if key in ("rows", "landed", "held", "rejected")}
        found.setdefault(row["feed"], Counter()).update(counts)
    return found


def test_every_line_of_plain_books_lands(supervise: InProcess, tmp_path: Path) -> None:
    found = taken(supervise, tmp_path, Wanted(2000, per_file=1200), 0)
    assert found["payments"]["rows"] == 2000
    assert {feed: counts["rows"] - counts["landed"] for feed, counts in found.items()} == dict.fromkeys(
        found, 0
    )
    assert supervise("failed", "--all", "--format", "json").json()


def test_spoiled_books_have_rejected_held_and_doubtful_lines(supervise: InProcess, tmp_path: Path) -> None:
    found = taken(supervise, tmp_path, Wanted(2000, scattered=True, spoiled=10), 3)
    assert found["payments"]["rejected"] and found["payments"]["held"] and found["returns"]["held"]
    codes = {row["code"] for row in supervise("rejects", "--format", "json", check=None).json()}
    assert codes >= {"bad_money", "missing", "bad_region", "wrong_columns", "bad_encoding", "duplicate_line"}
    doubts = {row["code"] for row in supervise("doubtful", "--format", "json", check=None).json()}
    assert doubts >= {"bad_citizen_id", "bad_card_no", "destroyed_by_spreadsheet"}

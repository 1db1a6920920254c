"""No text that came from a file or a person does anything, whatever the command prints it as."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.hostile import TEXTS, bring
from tests.running import InProcess

QUESTIONS = (
    ("overdue", "--kind", "all"),
    ("overdue", "--limit", "200"),
    ("failed",),
    ("failed", "--all"),
    ("ledger", "--all"),
    ("rejects",),
    ("held",),
    ("doubtful",),
    ("imports",),
    ("reasons", "--unmapped"),
    ("audit",),
    ("attention",),
    ("changes", "--since", "2025-09-01"),
    ("home",),
    ("progress",),
    ("payments", "--batch", "BH00"),
    ("show", "CH00"),
    ("show", "PH02"),
    ("ledger", "show", "2025-0001"),
    ("explain", "CH05"),
)
FORBIDDEN = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    "\U000e0041",
} - {"\n"}


@pytest.fixture(scope="module")
def hostile_store(golden_template: Path, tmp_path_factory: pytest.TempPathFactory) -> InProcess:
    folder = tmp_path_factory.mktemp("hostile")
    store = Path(shutil.copyfile(golden_template, folder / "store.db"))
    (folder / "in").mkdir()
    supervise = InProcess(folder, str(store))
    bring(supervise, folder / "in")
    return supervise


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_format_is_harmless(
    hostile_store: InProcess, question: tuple[str, ...], tmp_path: Path
) -> None:
    def ask(form: str, *more: str) -> str:
        ran = hostile_store(*question, "--as-of", "2025-10-20", "--lang", "zh", "--format", form, *more)
        assert ran.code == 0, ran
        return ran.text

    for form in ("table", "markdown", "csv", "json"):
        found = {f"U+{ord(each):04X}" for each in set(ask(form)) & FORBIDDEN}
        assert found == set(), form
    for line in csv.reader(io.StringIO(ask("csv"))):
        assert [cell for cell in line if cell[:1] in ("=", "@", "\t", "\r")] == []
    markdown = ask("markdown")
    assert re.search(r"(?<!\\)[<\[`]", markdown) is None
    json.loads(ask("json"))
    path = tmp_path / "book.xlsx"
    ask("xlsx", "--output", str(path))
    for sheet in load_workbook(path).worksheets:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds
        links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        assert links == []


def test_the_corpus_is_in_the_answers(hostile_store: InProcess) -> None:
    failed = hostile_store("failed", "--all", "--as-of", "2025-10-20", "--format", "json").json()
    texts = {row["reason_text"] for row in failed if row["payment_no"].startswith("PH")}
    assert len(texts) >= len(TEXTS) - 2  # what was only blanks beside another is that other
    late = hostile_store("overdue", "--as-of", "2025-10-20", "--format", "json").json()
    assert sum(row["case_no"].startswith("CH") for row in late) == len(TEXTS)

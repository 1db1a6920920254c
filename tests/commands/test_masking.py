"""No command prints an ID, a card, a phone or a beneficiary's name unmasked, whatever the format."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.builders import write
from tests.golden import CASES
from tests.running import InProcess

DAY = ("--as-of", "2025-10-20")
FORMATS = ("json", "csv", "markdown", "table", "xlsx")
COMMANDS = [
    ("overdue", "--kind", "all", "--upcoming"),
    ("overdue", "--finished-late"),
    ("failed", "--all"),
    ("failed", "--daily"),
    ("failed", "--weekly", "--by", "unit"),
    ("rejects",),
    ("doubtful",),
    ("held",),
    ("imports",),
    ("reasons",),
    ("reasons", "--wordings"),
    ("audit",),
    ("explain", "C04"),
    ("explain", "B1"),
    ("explain", "P103"),
]
# what people type into the wrong cell
ID, CARD, PHONE = "511025196301304581", "6230960000004188665", "13890512345"
SLIPS = f"户名不符：{ID}，卡{CARD}，电话{PHONE}"


def personal() -> dict[str, set[str]]:
    """Every ID, card, phone and name in the files of the world."""
    found: dict[str, set[str]] = {"person_id": set(), "card_no": set(), "phone": set(), "name": set()}
    headers = {"证件号码": "person_id", "身份证号": "person_id", "享受人姓名": "name", "姓名": "name"}
    headers |= {"银行账号": "card_no", "社保卡号": "card_no", "联系电话": "phone"}
    for path in sorted(CASES.glob("*/*")):
        if path.stem[3:] not in ("people", "cards", "cases", "payments"):
            continue
        raw = path.read_bytes()
        for encoding in ("utf-8-sig", "gb18030", "utf-16"):
            try:
                text = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
        else:
            text = raw.decode("gb18030", "replace")
        for row in csv.DictReader(io.StringIO(text)):
            for header, value in row.items():
                field = headers.get(header or "", header)
                if field in found and isinstance(value, str) and len(value.strip()) > 1:
                    found[field].add(value.strip())
    return found


def text_of(printed: bytes, format: str) -> str:
    """What a person finds in an answer."""
    if format != "xlsx":
        return printed.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(printed)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


@pytest.fixture
def slipped(golden: InProcess, tmp_path: Path) -> InProcess:
    """The world, and lines whose personal values stand where they do not belong."""
    lines: dict[str, list[dict[str, Any]]] = {
        "returns": [
            {"payment_no": "P108", "result": "failure", "settled_at": "2025-10-18", "reason": SLIPS},
            {"payment_no": "P109", "result": ID, "settled_at": "2025-10-18", "reason": ""},
            {"payment_no": "P109", "result": "failure", "settled_at": CARD, "reason": ""},
        ],
        "payments": [
            {
                "payment_no": f"X{number}",
                "batch_no": "B1",
                "person_id": ID,
                "name": "张桂芳",
                "card_no": CARD,
                "amount": "5.00",
                "region_code": "511025116",
                **slip,
            }
            for number, slip in enumerate(
                (
                    {"amount": ID},
                    {"amount": CARD},
                    {"region_code": PHONE},
                    {"name": ID},
                    {"card_no": ID},
                    {"person_id": CARD},
                    {"nature": f"补发给{ID}"},
                )
            )
        ],
        "cases": [
            {
                "case_no": "Y1",
                "programme_code": "A01",
                "period": ID,
                "person_id": ID,
                "region_code": "511025",
                "applied_on": "2025-09-01",
            },
            {
                "case_no": "Y2",
                "programme_code": ID.lower(),
                "period": "2025",
                "person_id": ID,
                "region_code": "511025",
                "applied_on": "2025-09-01",
            },
        ],
        "feedback": [{"payment_no": "P108", "given_at": "2025-10-19", "content": SLIPS, "unit_code": PHONE}],
    }
    for feed, rows in lines.items():
        golden("import", str(write(tmp_path / "slips", feed, rows)), *DAY)
    golden("failed", "feedback", "P108", "--text", SLIPS, *DAY, check=0)
    return golden


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nothing_personal_is_printed(slipped: InProcess, words: tuple[str, ...]) -> None:
    values = personal()
    assert all(values[field] for field in ("person_id", "card_no", "name"))
    hidden = {ID, CARD, PHONE}.union(*values.values())
    for format in FORMATS:
        for lang in ("zh", "en"):
            day = () if words[0] == "audit" else DAY
            ran = slipped(*words, *day, "--format", format, "--lang", lang, check=0)
            told = text_of(ran.stdout, format) + ran.stderr
            assert [value for value in sorted(hidden) if value in told] == [], (format, lang)


def test_names_and_numbers_are_shown_where_they_are_revealed_and_that_is_recorded(slipped: InProcess) -> None:
    for words, subject, shown in (
        (("failed", "--all"), "failed", (ID, CARD, "张桂芳", SLIPS)),
        (("overdue",), "overdue", ("511025195803121019",)),
        (("rejects",), "rejects", (ID, CARD, PHONE)),
        (("doubtful",), "doubtful", ("5.11025E+17",)),
    ):
        before = events(slipped)
        ran = slipped(*words, *DAY, "--reveal", "--why", "核对本人", "--format", "json", check=0)
        assert [value for value in shown if value not in ran.text] == [], words
        assert events(slipped)[len(before) :] == [("reveal", subject)]
        assert slipped(*words, *DAY, "--reveal", "--format", "json").code == 2


def test_a_reveal_is_recorded_before_anything_is_shown(slipped: InProcess) -> None:
    before = len(events(slipped))
    ran = slipped("explain", "C99", *DAY, "--reveal", "--why", "核对本人")
    assert ran.code == 1
    assert events(slipped)[before:] == [("reveal", "C99")]


def events(golden: InProcess) -> list[tuple[str, str]]:
    """The verbs and subjects of all events."""
    rows = golden("audit", "--format", "json", check=0).json()
    return [(row["verb"], row["subject"]) for row in rows]


def test_what_only_looks_like_a_number_stays_as_it_is(golden: InProcess, tmp_path: Path) -> None:
    said = "批次511025202509150012第3次退回，凭证20250915000000017，金额1,234.50"
    bad = {"payment_no": "P108", "result": "failure", "settled_at": "2025-10-18", "reason": said}
    golden("import", str(write(tmp_path, "returns", [bad])), *DAY, check=0)
    rows = golden("failed", *DAY, "--format", "json", check=0).json()
    assert said in [row["reason_text"] for row in rows]

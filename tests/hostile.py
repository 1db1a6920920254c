"""Texts that would draw, colour, link, copy, ring, retitle or end something, brought in by real feeds."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.running import InProcess

TEXTS = (
    "甲\x1b[2J\x1b[31m乙",
    "甲\x1b]8;;http://x.example\x1b\\乙\x1b]8;;\x07",
    "甲\x1b]52;c;cm0gLXJm\x07乙",
    "甲\x1b]0;改名\x07\x1bP1$r\x1b\\乙",
    "甲\x9b31m\x9d0;x\x9c\x90乙",
    "甲\x07\x08\x7f\x0b乙",
    "甲\n乙\r丙\u2028丁\x85戊",
    "甲\t乙",
    "甲\u202e乙\u2066丙\u200f\u061c丁",
    "甲\u200b\u200d\u2060\ufeff\U000e0041乙",
    "甲[/]乙[red]丙[/red]",
    "甲[@click=app.leave]乙[/] [link=http://x]丙",
    "=HYPERLINK(1)甲",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3甲",
    "甲|乙`丙`<b>丁</b>[戊](http://x)",
    "甲" + "\u0301\u0489\u20dd" * 300 + "乙",
    "长" * 5000 + "e\u0301" * 2500,
    "{甲} %s {0} $乙 \\丙",
)
PERSON = "511025194911022224"
CARD = "6217990000002293799"
FEEDS = {
    "units": "unit_code,name,kind,region_code,leader,contact",
    "programmes": "programme_code,name,unit_kind,cycle,basis,inclusion_note",
    "deadlines": "programme_code,stage,limit,limit_unit,basis",
    "cases": "case_no,programme_code,period,person_id,region_code,applied_on,amount",
    "stages": "case_no,stage,entered_at,unit_code,operator,opinion",
    "batches": "batch_no,programme_code,period,region_code,unit_code,submitted_on,voucher_no",
    "payments": "payment_no,batch_no,person_id,name,card_no,amount,region_code,payee_relation",
    "returns": "payment_no,result,reason,settled_at,bank_serial",
    "feedback": "payment_no,given_at,content",
    "complaints": "complaint_no,received_at,region_code,content,reply",
}


def _rows(feed: str, number: int, text: str) -> list[str]:
    no = f"H{number:02d}"
    return {
        "units": [f"U{no}", text, "town", "511025116", text, text],
        "programmes": [f"Z{no}", text, "civil_affairs", "monthly", text, text],
        "deadlines": [f"Z{no}", "town_review", "5", "workday", text],
        "cases": [f"C{no}", f"Z{no}", "2025-09", PERSON, "511025116", "2025-09-01", "100"],
        "stages": [f"C{no}", "town_review", "2025-09-02 09:00", f"U{no}", text, text],
        "batches": [f"B{no}", f"Z{no}", "2025-09", "511025", "MZ25", "2025-09-02", text],
        "payments": [f"P{no}", f"B{no}", PERSON, text, CARD, "100.00", "511025116", text],
        "returns": [f"P{no}", "失败", text, "2025-09-05 10:00", text],
        "feedback": [f"P{no}", "2025-10-13 10:00", text],
        "complaints": [f"T{no}", "2025-09-05 10:00", "511025116", text, text],
    }[feed]


def written(folder: Path) -> list[str]:
    """The corpus as files of every feed that has free texts; the last of each is bytes that are no text."""
    paths = []
    for feed, header in FEEDS.items():
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(header.split(","))
        for number, text in enumerate(TEXTS):
            writer.writerow(_rows(feed, number, text))
        data = out.getvalue().encode("utf-8", "surrogatepass")
        path = folder / f"{feed}.csv"
        path.write_bytes(data)
        paths.append(str(path))
    return paths


def bring(supervise: InProcess, folder: Path) -> list[str]:
    """Import the corpus, and open, note and map what people type; the answers of the imports."""
    said = [
        supervise("import", "--feed", Path(path).stem, path, "--as-of", "2025-10-19").text
        for path in written(folder)
    ]
    for number, text in enumerate(TEXTS[:16]):
        typed = text.replace("\x00", "")
        words = ("--category", "late", "--source", "other", "--source-ref", typed, "--region", "511025")
        supervise(
            "ledger",
            "open",
            "--title",
            f"{typed} ",
            *words,
            "--measures",
            typed,
            "--as-of",
            "2025-10-19",
            check=0,
        )
        supervise("attention", "mark", f"CH{number:02d}", "--note", f"{typed} ")
    return said

"""What a post does about failed payments on the command line: feedback, refund, link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import write
from tests.running import InProcess, Ran

DAY = ("--as-of", "2025-10-20")


def asked(golden: InProcess, *words: str) -> Any:
    """What a command answers as of the last day of the world."""
    return golden(*words, *DAY, "--format", "json", check=0).json()


def failure(golden: InProcess, no: str, *more: str) -> dict[str, Any]:
    """One failure as it is listed."""
    rows = golden("failed", "--all", *(more or DAY), "--format", "json", check=0).json()
    return next(row for row in rows if row["payment_no"] == no)


def events(golden: InProcess) -> list[tuple[str, str]]:
    """The verbs and subjects of all events."""
    rows = golden("audit", "--format", "json", check=0).json()
    return [(row["verb"], row["subject"]) for row in rows]


def refused(golden: InProcess, code: int, *words: str) -> str:
    """The sentence of a command that ends so and changes nothing."""
    before = (events(golden), asked(golden, "failed", "--all"))
    ran: Ran = golden(*words, "--lang", "en", check=code)
    assert ran.stdout == b"", ran
    assert len(ran.stderr.strip().splitlines()) == 1, ran
    assert (events(golden), asked(golden, "failed", "--all")) == before
    return ran.stderr


def test_feedback_is_recorded_for_the_failure_by_any_payment_of_its_chain(golden: InProcess) -> None:
    before = events(golden)
    made = asked(
        golden, "failed", "feedback", "P202", "--text", "已换卡，等待补发", "--expected", "2025年11月1日"
    )
    assert made["given_at"].startswith("2025-10-20 ")
    assert (made["payment_no"], made["expected_on"]) == ("P202", "2025-11-01")
    assert failure(golden, "P103")["last_feedback_on"] == "2025-10-20"
    assert events(golden)[len(before) :] == [("failed.feedback", "P103")]


def test_feedback_satisfies_the_week_it_is_dated_in(golden: InProcess) -> None:
    golden("failed", "feedback", "P303", "--text", "已联系", "--as-of", "2025-10-16", check=0)
    assert failure(golden, "P303")["without_feedback"] is False
    golden("failed", "feedback", "P112", "--text", "已联系", *DAY, check=0)
    assert failure(golden, "P112")["without_feedback"] is True


@pytest.mark.parametrize(
    "words",
    [
        ("feedback", "P105", "--text", "已联系", "--as-of", "2025-09-25"),  # before it opened
        ("feedback", "P109", "--text", "已联系", "--as-of", "2025-09-25"),  # before its reissue bounced
        ("feedback", "P105", "--text", "已联系", "--as-of", "2099-01-01"),  # after today
        ("refund", "P109", "--voucher", "V1", "--why", "死亡", "--as-of", "2025-10-08"),
        ("refund", "P105", "--voucher", "V1", "--why", "死亡", "--as-of", "2099-01-01"),
        ("refund", "P102", "--voucher", "V1", "--why", "死亡", *DAY),  # nothing is outstanding
        ("refund", "P101", "--voucher", "V1", "--why", "死亡", *DAY),  # it never failed
        ("refund", "P999", "--voucher", "V1", "--why", "死亡", *DAY),
        ("refund", "P105", "--voucher", "T1", "--why", "死亡", *DAY),  # the treasury's line of P107
        ("link", "P204", "--to", "P108", "--why", "漏填", "--as-of", "2025-09-22"),  # before it was returned
        ("link", "P204", "--to", "P108", "--why", "漏填", "--as-of", "2099-01-01"),
        ("link", "P204", "--to", "P204", "--why", "漏填", *DAY),  # a circle
        ("link", "P102", "--to", "P201", "--why", "漏填", *DAY),  # a circle
        ("link", "P201", "--to", "P108", "--why", "漏填", *DAY),  # a second original
        ("link", "P204", "--to", "P105", "--why", "漏填", *DAY),  # another person
        ("link", "P204", "--to", "P999", "--why", "漏填", *DAY),
    ],
    ids=lambda words: " ".join(words[:4]),
)
def test_what_cannot_be_done_changes_nothing(golden: InProcess, words: tuple[str, ...]) -> None:
    refused(golden, 1, "failed", *words)


@pytest.mark.parametrize(
    "words",
    [
        ("refund", "P105", "--voucher", "V1", *DAY),
        ("refund", "P105", "--why", "死亡", *DAY),
        ("refund", "P105", "--voucher", " ", "--why", "死亡", *DAY),
        ("link", "P204", "--to", "P108", *DAY),
        ("link", "P204", "--why", "漏填", *DAY),
        ("feedback", "P105", "--text", " ", *DAY),
        ("feedback", "P105", "--text", "已联系", "--as-of", "2025-02-30"),
        ("feedback", "P105", "--text", "已联系", "--expected", "soon"),
    ],
    ids=lambda words: " ".join(words),
)
def test_what_is_not_said_whole_is_wrong_usage(golden: InProcess, words: tuple[str, ...]) -> None:
    ran = golden("failed", *words, check=2)
    assert ran.stdout == b""


def test_an_earlier_feedback_cannot_be_put_before_a_later_one(golden: InProcess) -> None:
    golden("failed", "feedback", "P105", "--text", "已换卡", *DAY, check=0)
    refused(golden, 1, "failed", "feedback", "P105", "--text", "已联系", "--as-of", "2025-10-19")
    golden("failed", "feedback", "P105", "--text", "又换卡", *DAY, check=0)


def test_a_refund_takes_all_that_is_outstanding_and_the_treasurys_line_does_not_count_twice(
    golden: InProcess, tmp_path: Path
) -> None:
    before = events(golden)
    made = asked(golden, "failed", "refund", "P108", "--voucher", " T９９ ", "--why", "本人放弃")
    assert (made["payment_no"], made["amount"], made["on_date"]) == ("P108", "500.00", "2025-10-20")
    assert made["voucher"] == "T99"
    row = failure(golden, "P108")
    assert (row["outstanding"], row["status"], row["cleared_by"]) == ("0.00", "cleared", "refund")
    assert failure(golden, "P108", "--as-of", "2025-10-19")["status"] == "open"
    assert events(golden)[len(before) :] == [("failed.refund", "P108")]
    day = asked(golden, "failed", "--daily", "--since", "2025-10-20")[-1]
    assert (day["cleared_count"], day["cleared_amount"]) == (1, "500.00")
    line = {
        "entry_no": "T99",
        "kind": "refund",
        "programme_code": "A01",
        "region_code": "511025",
        "amount": "300.00",
        "on_date": "2025-10-17",
        "payment_no": "P108",
    }
    golden("import", str(write(tmp_path, "funds", [line])), *DAY, check=0)
    row = failure(golden, "P108")  # the treasury's own figure and day
    assert (row["outstanding"], row["status"]) == ("200.00", "open")
    assert failure(golden, "P108", "--as-of", "2025-10-17")["outstanding"] == "200.00"


def test_a_treasury_line_that_names_no_payment_leaves_the_recorded_refund(
    golden: InProcess, tmp_path: Path
) -> None:
    line = {
        "entry_no": "T98",
        "kind": "refund",
        "programme_code": "A01",
        "region_code": "511025",
        "amount": "500.00",
        "on_date": "2025-10-17",
    }
    golden("import", str(write(tmp_path, "funds", [line])), *DAY, check=0)
    golden("failed", "refund", "P108", "--voucher", "T98", "--why", "国库回单未写流水号", *DAY, check=0)
    assert failure(golden, "P108")["status"] == "cleared"
    golden("failed", "refund", "P105", "--voucher", "T97", "--why", "本人放弃", *DAY, check=0)
    more = {**line, "entry_no": "T97"}
    golden("import", str(write(tmp_path, "funds", [more], "more")), *DAY, check=0)
    # what is derived anew says the same
    golden("failed", "feedback", "P105", "--text", "已退库", *DAY, check=0)
    returned = {"payment_no": "P105", "result": "pending", "settled_at": "2025-10-20 08:00"}
    golden("import", str(write(tmp_path, "returns", [returned])), *DAY, check=0)
    assert failure(golden, "P105")["cleared_by"] == "refund"


def test_a_treasury_line_of_the_same_voucher_for_another_payment_takes_the_recorded_one_back(
    golden: InProcess, tmp_path: Path
) -> None:
    golden("failed", "refund", "P108", "--voucher", "T99", "--why", "本人放弃", *DAY, check=0)
    line = {
        "entry_no": "T99",
        "kind": "refund",
        "programme_code": "A01",
        "region_code": "511025",
        "amount": "500.00",
        "on_date": "2025-10-17",
        "payment_no": "P105",
    }
    golden("import", str(write(tmp_path, "funds", [line])), *DAY, check=0)
    assert failure(golden, "P105")["cleared_by"] == "refund"
    assert failure(golden, "P108")["status"] == "open"


def test_a_link_counts_from_the_day_of_the_payment_itself(golden: InProcess) -> None:
    before = events(golden)
    made = asked(golden, "failed", "link", "P204", "--to", "P108", "--why", "复发单漏填原流水号")
    assert (made["payment_no"], made["reissue_of"]) == ("P204", "P108")
    row = failure(golden, "P108")
    assert (row["status"], row["cleared_by"], row["cleared_on"]) == ("cleared", "reissue", "2025-09-23")
    assert row["attempts"] == 2
    assert failure(golden, "P108", "--as-of", "2025-09-22")["status"] == "open"
    assert events(golden)[len(before) :] == [("failed.link", "P204")]
    days = asked(golden, "failed", "--daily", "--since", "2025-09-23")[:3]
    assert [(row["day"], row["cleared_count"]) for row in days][-1] == ("2025-09-23", 3)


def test_the_trace_is_whole_after_acts(golden: InProcess) -> None:
    golden("failed", "feedback", "P105", "--text", "已换卡", *DAY, check=0)
    golden("failed", "refund", "P105", "--voucher", "V1", "--why", "死亡", *DAY, check=0)
    golden("failed", "link", "P204", "--to", "P108", "--why", "漏填", *DAY, check=0)
    golden("audit", "verify", check=0)

"""The story of a number: its rows in order, of any day, within scope, and with nobody's name in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from store.database import Store, reading, writing
from store.errors import NotFound
from store.models.claims import claim
from store.models.columns import end_of
from store.models.payments import batch, payment
from store.models.posts import Post, Viewer
from store.queries.story import Story, told
from tests.running import InProcess
from tests.worlds import unmasked

OCTOBER = date(2025, 10, 20)
OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "何丽")


@pytest.fixture
def asked(golden_store: Store) -> Iterator[Connection]:
    with reading(golden_store) as connection:
        yield connection


def ask(connection: Connection, no: str, day: date = OCTOBER, viewer: Viewer = OWNER) -> Story:
    return told(connection, viewer, day, no, "en")


def sequence(story: Story) -> list[str]:
    """Each happening in short: its day, what it was, and to what record."""
    return [f"{each.at:%m-%d} {each.what} {each.ref or '-'}" for each in story.timeline]


def test_the_whole_chain_of_a_payment_is_on_one_timeline(asked: Connection) -> None:
    story = ask(asked, "P104")
    assert sequence(story) == [
        "09-09 batched -",
        "09-09 batch_sent B1",
        "09-10 return_failure -",
        "09-10 failure_opened -",
        "09-22 reissued P203",
        "09-22 batch_sent BR1",
        "09-23 return_failure P203",
        "10-02 feedback P203",
        "10-10 reissued P601",
        "10-10 batch_sent BR2",
        "10-13 return_success P601",
        "10-13 failure_cleared -",
    ]
    assert (story.kind, story.status, story.outstanding, story.failure_no) == (
        "payment",
        "failure",
        0,
        "P104",
    )
    assert (story.due_on, story.overdue_days, story.grade) == (date(2025, 9, 24), 9, "orange")
    assert [each.late for each in story.timeline if each.what.startswith("return_")] == [True] * 3
    assert "account dormant" in str(story.timeline[2].detail)


def test_a_hop_tells_the_same_chain_and_what_it_reissues(asked: Connection) -> None:
    story = ask(asked, "P203")
    assert (story.reissue_of, story.batch_no, story.failure_no) == ("P104", "BR1", "P104")
    assert len(story.timeline) == len(ask(asked, "P104").timeline)


def test_what_came_back_after_a_success_is_open_again(asked: Connection) -> None:
    opened = [each for each in sequence(ask(asked, "P109")) if "failure_" in each and "return" not in each]
    assert opened == ["09-10 failure_opened -", "09-23 failure_cleared -", "10-09 failure_reopened -"]


def test_a_refund_clears_on_its_day(asked: Connection) -> None:
    assert sequence(ask(asked, "P107"))[-2:] == ["09-28 refund -", "09-28 failure_cleared -"]


def test_a_case_tells_its_stages_and_pauses(asked: Connection) -> None:
    story = ask(asked, "C06")
    assert sequence(story) == ["09-01 applied -", "09-22 entered -", "09-26 paused -", "10-10 resumed -"]
    assert (story.stage, story.status, story.due_on, story.grade) == (
        *("town_review", "in_stage"),
        *(date(2025, 10, 14), "orange"),
    )
    paused = ask(asked, "C06", date(2025, 10, 9))
    assert (paused.status, paused.due_on, paused.overdue_days) == ("paused", None, None)
    returned = ask(asked, "C07")
    assert sequence(returned) == [
        "08-30 applied -",
        "09-01 entered -",
        "09-04 left -",
        "09-04 entered -",
        "09-12 left -",
        "09-12 entered -",
        "10-09 left -",
        "10-09 entered -",
    ]
    assert [each.detail for each in returned.timeline if each.what == "left"] == [
        "village review, passed",
        "town review, returned",
        "village review, passed",
    ]


def test_an_end_that_came_with_a_later_file_does_not_make_the_entry_late(asked: Connection) -> None:
    # entered 09-12 and imported 09-30, left 10-09 and imported that day: only the entry was late
    stay = [each for each in ask(asked, "C07").timeline if each.what in ("entered", "left")][4:6]
    assert [(each.what, each.late) for each in stay] == [("entered", True), ("left", False)]


def test_a_batch_tells_its_days_in_sums(asked: Connection) -> None:
    story = ask(asked, "B1")
    assert [(f"{each.at:%m-%d}", each.what, each.detail, each.amount) for each in story.timeline][:6] == [
        ("09-09", "batch_sent", "12 payments", 600_000),
        ("09-09", "return_pending", "2 payments", 100_000),
        ("09-09", "return_success", "3 payments", 150_000),
        ("09-10", "pay_by", None, None),
        ("09-10", "return_failure", "7 payments", 350_000),
        ("09-10", "failures_opened", "7 payments", 350_000),
    ]
    assert (story.status, story.due_on, story.overdue_days, story.grade) == (
        *("sent", date(2025, 9, 10)),
        *(40, "red"),
    )
    opened = sum(each.amount or 0 for each in story.timeline if each.what == "failures_opened")
    cleared = sum(each.amount or 0 for each in story.timeline if each.what == "failures_cleared")
    assert opened - cleared == 200_000  # what the contract says is outstanding of B1 on that day


def every_number(connection: Connection) -> list[str]:
    columns = (claim.c.case_no, payment.c.payment_no, batch.c.batch_no)
    return [no for column in columns for no in connection.scalars(select(column).order_by(column))]


def test_an_earlier_day_tells_what_had_happened_by_then(asked: Connection) -> None:
    wrong = []
    for no in ("C01", "C06", "C07", "C10", "P103", "P105", "P109", "P110", "P204", "B1", "BR1", "B6"):
        whole = ask(asked, no).timeline
        for day in (date(2025, 9, 9), date(2025, 9, 23), date(2025, 9, 30), date(2025, 10, 9)):
            expected = [each for each in whole if each.at <= end_of(day)]
            if list(ask(asked, no, day).timeline) != expected:
                wrong.append((no, day))
    assert wrong == []


def test_what_lies_outside_the_scope_is_not_found(asked: Connection) -> None:
    town = Viewer(Post("T", "白马镇", "discipline", "511002100"), "何丽")
    farm = Viewer(Post("F", "农业", "department", "511025", "agriculture"), "何丽")
    nobody = Viewer(Post("N", "空", "audit"), "何丽")
    for viewer, seen in ((town, {"C04", "C09"}), (farm, {"C10"}), (nobody, set())):
        found = set()
        for no in [*every_number(asked)[::2], "C04", "C09", "C10", "P101", "B1", "NO-SUCH"]:
            try:
                found.add(ask(asked, no, viewer=viewer).no)
            except NotFound:
                continue
        cases = {no for no in found if no.startswith("C")}
        assert cases == seen, viewer.post.code
        assert not {"P101", "B1"} & found


def test_a_chain_is_told_as_far_as_it_lies_within_scope(golden: InProcess, golden_store: Store) -> None:
    with writing(golden_store) as connection:
        moved = update(payment).where(payment.c.payment_no == "P203")
        connection.execute(moved.values(region_code="511002100"))
    town = Viewer(Post("S", "水南镇", "discipline", "511025116"), "何丽")
    with reading(golden_store) as connection:
        story = ask(connection, "P104", viewer=town)
        assert "P203" not in str(story) and sequence(story)[0] == "09-09 batched -"
        with pytest.raises(NotFound):
            ask(connection, "P203", viewer=town)


def test_a_number_of_several_records_is_taken_in_a_fixed_order(
    golden: InProcess, golden_store: Store
) -> None:
    def kind(no: str) -> str:
        with reading(golden_store) as connection:
            return ask(connection, no).kind

    with writing(golden_store) as connection:
        connection.execute(update(batch).where(batch.c.batch_no == "B6").values(batch_no="P101"))
    assert kind("P101") == "batch"
    with writing(golden_store) as connection:
        connection.execute(update(claim).where(claim.c.case_no == "C10").values(case_no="P101"))
    assert kind("P101") == "case"


ITEM = ("--title", "李秀英补贴未到账", "--category", "failed_payment", "--why", "群众来访")


def test_an_item_tells_its_steps_its_evidence_and_its_origin(golden: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "回执.pdf"
    file.write_bytes(b"paid")
    dated = ("--as-of", "2025-10-16", "--format", "json")
    opened = golden("ledger", "open", *ITEM, "--source", "failure", "--source-ref", "P105", *dated, check=0)
    no = opened.json()["item_no"]
    for act in (["assign", no, "--unit", "MZ25"], ["progress", no, "--evidence", str(file)]):
        golden("ledger", *act, *dated, check=0)
    golden("show", "P105", "--reveal", "--why", "核对卡号", check=0)
    shown = golden("show", no, "--format", "json", check=0).json()
    assert (shown["kind"], shown["source"], shown["source_ref"]) == ("item", "failure", "P105")
    what = [each["what"] for each in shown["timeline"]]
    assert what.count("failure_opened") == 1 and what[-3:] == ["item_open", "item_assign", "item_progress"]
    assert "回执.pdf" in shown["timeline"][-1]["detail"]
    of_payment = golden("show", "P105", "--format", "json", check=0).json()["timeline"]
    assert [each["what"] for each in of_payment if each["ref"] == no] == what[-3:]
    acts = [each for each in of_payment if each["what"] == "act"]
    assert len(acts) == 1 and "核对卡号" in acts[0]["detail"]  # the reveal; feedback and steps are no acts
    assert "李秀英" not in str(shown) and shown["title"] == "李*英补贴未到账"


def test_a_link_and_a_recorded_refund_are_told(golden: InProcess, golden_store: Store) -> None:
    dated = ("--as-of", "2025-10-16", "--why", "核对一致")
    golden("failed", "link", "P204", "--to", "P108", *dated, check=0)
    golden("failed", "refund", "P105", "--voucher", "T9", *dated, check=0)
    with reading(golden_store) as connection:
        linked, refunded = ask(connection, "P108"), ask(connection, "P105")
    assert "10-16 linked P204" in sequence(linked) and "act" not in str(sequence(linked))
    assert sequence(refunded)[-2:] == ["10-16 refund -", "10-16 failure_cleared -"]
    assert "T9" in str(refunded.timeline[-2].detail)


def test_nothing_personal_is_told_in_any_format(golden: InProcess, golden_store: Store) -> None:
    said = "已电话联系李秀英（511025194911022224），卡号6217990000002293799"
    golden("failed", "feedback", "P105", "--text", said, "--as-of", "2025-10-16", check=0)
    with reading(golden_store) as connection:
        numbers = every_number(connection)
    found: list[Any] = []
    for no in numbers:
        with reading(golden_store) as connection:
            found += [(no, each) for each in unmasked(str(ask(connection, no)))]
    for format in ("table", "json", "csv", "markdown"):
        for no in ("P105", "C07", "B1"):
            ran = golden("show", no, "--format", format, check=0)
            found += [(no, format, each) for each in unmasked(ran.text)]
    assert found == []
    revealed = golden("show", "P105", "--reveal", "--why", "核对", "--format", "json", check=0).json()
    assert revealed["name"] == "李秀英" and revealed["card_no"] == "6217990000002293799"
    assert said in [each["detail"] for each in revealed["timeline"]]

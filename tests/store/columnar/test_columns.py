"""The columnar copy: in step or said not to be, the very rows of the store, and never the truth."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import update

from store.columnar import file, filling, making, steps, verifying
from store.columnar.asking import answering
from store.columnar.file import Copy
from store.columnar.kept import ALL, PAYMENTS
from store.columnar.steps import Step
from store.database import Store, reading, writing
from store.models.payments import payment
from tests.builders import write
from tests.running import InProcess

DAY = ("--as-of", "2025-10-20", "--format", "json")
QUESTIONS = (("totals",), ("duplicates",), ("against", "death"))


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of three payments, so that a small world has many."""
    for module in (filling, verifying):
        monkeypatch.setattr(module, "BLOCK", 3)


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """Where a copy may stand."""
    return tmp_path / "copy.columns"


def made(store: Store, at: Path, anew: bool = False) -> making.Brought:
    """The copy, made or brought up to date."""
    return making.bring(store, at, anew, lambda rows: None)


def unchanged(store: Store, at: Path) -> None:
    """That the copy is in step and holds the very rows of the store."""
    step, proved, uneven = making.prove(store, at)
    assert (step, uneven) == (Step.IN_STEP, [])
    assert {each.part for each in proved} == {kept.name for kept in ALL}
    with reading(store) as connection:
        for each in proved:
            counted = connection.exec_driver_sql(f"SELECT count(*) FROM {each.part}").scalar()
            assert each.rows == counted


def more(folder: Path) -> list[str]:
    """Files of a later day: a payment more, and another word of the bank on an older one."""
    paid = {"payment_no": "P9001", "batch_no": "B2", "person_id": "511025199001011219", "name": "何丽"}
    paid |= {"card_no": "6228480000000000011", "amount": "5.00", "region_code": "511025"}
    said = {"payment_no": "P9001", "result": "success", "settled_at": "2025-10-01 09:00:00"}
    older = {"payment_no": "P105", "result": "success", "settled_at": "2025-10-18 09:00:00"}
    return [str(write(folder, "payments", [paid])), str(write(folder, "returns", [said, older]))]


@pytest.mark.usefixtures("small_blocks")
def test_a_copy_is_brought_up_to_date_by_what_came_alone(
    golden: InProcess, golden_store: Store, at: Path, tmp_path: Path
) -> None:
    first = made(golden_store, at)
    assert first.anew and first.written == first.payments + first.return_rows
    unchanged(golden_store, at)
    again = made(golden_store, at)
    assert (again.anew, again.written) == (False, 0)
    golden("import", *more(tmp_path / "later"))
    assert making.prove(golden_store, at)[0] is Step.BEHIND
    brought = made(golden_store, at)
    assert not brought.anew and 0 < brought.written < first.written
    assert brought.return_rows > first.return_rows
    unchanged(golden_store, at)


def test_looking_and_exporting_leave_a_copy_in_step(golden: InProcess, golden_store: Store, at: Path) -> None:
    made(golden_store, at)
    golden("overdue", *DAY, "--reveal", "--why", "核对", check=0)
    assert making.prove(golden_store, at)[0] is Step.IN_STEP
    golden("ledger", "open", "--title", "T", "--category", "late", "--region", "511025", check=0)
    assert making.prove(golden_store, at)[0] is Step.IN_STEP
    golden("failed", "refund", "P105", "--voucher", "V1", "--why", "退", *DAY, check=0)
    assert making.prove(golden_store, at)[0] is Step.BEHIND


@pytest.mark.usefixtures("small_blocks")
def test_a_filling_that_was_cut_short_goes_on(
    golden_store: Store, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, written = Copy.add, []

    def cut(copy: Copy, kept: object, piece: object) -> None:
        written.append(kept)
        if len(written) == 3:
            raise KeyboardInterrupt
        honest(copy, kept, piece)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Copy, "add", cut)
        with pytest.raises(KeyboardInterrupt):
            made(golden_store, at)
    with file.opened(at) as copy, reading(golden_store) as connection:
        assert steps.step(connection, copy) is Step.BEHIND
        assert len(filling.noted(copy, PAYMENTS)) == 2
    brought = made(golden_store, at)
    assert not brought.anew and brought.written < brought.payments + brought.return_rows
    unchanged(golden_store, at)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("payment", "UPDATE payment SET amount = amount + 1 WHERE payment_no = 'P105'"),
        ("payment", "UPDATE payment SET name = '张三' WHERE payment_no = 'P105'"),
        ("payment", "DELETE FROM payment WHERE payment_no = 'P105'"),
        ("payment_return", "UPDATE payment_return SET result = 0 WHERE result = 1"),
        ("batch", "UPDATE batch SET period = '2024-01' WHERE batch_no = 'B2'"),
        ("block", "UPDATE block SET hash = '' WHERE kept = 'payment'"),
    ],
)
def test_verify_finds_what_was_changed_in_a_copy(
    golden: InProcess, golden_store: Store, at: Path, part: str, change: str
) -> None:
    made(golden_store, at)
    with duckdb.connect(str(at)) as raw:
        raw.execute(change)
    ran = golden("store", "columns", "--verify", "--at", str(at), "--format", "json", check=1)
    assert {row["part"] for row in ran.json()} == {"payment" if part == "block" else part}
    golden("store", "columns", "--rebuild", "--at", str(at), check=0)
    golden("store", "columns", "--verify", "--at", str(at), check=0)


def test_verify_finds_what_was_changed_in_the_store_past_the_program(golden_store: Store, at: Path) -> None:
    made(golden_store, at)
    with writing(golden_store) as connection:
        connection.execute(update(payment).where(payment.c.payment_no == "P105").values(amount=1))
    step, _, uneven = making.prove(golden_store, at)
    assert (step, [each.part for each in uneven]) == (Step.IN_STEP, ["payment"])


def test_answers_are_the_same_with_a_copy_and_without(
    golden: InProcess, golden_store: Store, at: Path, tmp_path: Path
) -> None:
    def answers(words: str) -> list[bytes]:
        said = []
        for question in QUESTIONS:
            ran = golden(*question, *DAY, "--at", str(at), "--lang", "en", check=0)
            assert words in ran.stderr and (words or not ran.stderr)
            said.append(ran.stdout)
        return said

    alone = answers("There is no columnar copy")
    assert all(len(each) > 2 for each in alone[:1])
    made(golden_store, at)
    assert answers("") == alone
    golden("import", *more(tmp_path / "later"))
    ran = golden("totals", *DAY, "--at", str(at), "--lang", "en", check=0)
    assert "brought up to date" in ran.stderr
    copied = answers("")
    at.unlink()
    assert copied == answers("There is no columnar copy") != alone


def test_without_the_package_a_sentence_tells_what_to_install(
    golden: InProcess, golden_store: Store, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(golden_store, at)
    monkeypatch.setattr(file, "is_installed", lambda: False)
    ran = golden("store", "columns", "--at", str(at), "--lang", "en", check=1)
    assert "supervise[columns]" in ran.stderr and ran.stdout == b""
    ran = golden("totals", *DAY, "--at", str(at), "--lang", "en", check=0)
    assert "supervise[columns]" in ran.stderr and ran.json()


def test_a_copy_that_another_process_has_is_left_alone(
    golden: InProcess, golden_store: Store, at: Path
) -> None:
    made(golden_store, at)
    hold = f"import duckdb; c = duckdb.connect({str(at)!r}); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdout.readline()
        ran = golden("totals", *DAY, "--at", str(at), "--lang", "en", check=0)
        assert "Another process" in ran.stderr and ran.json()
        golden("store", "columns", "--at", str(at), check=1)
        other.communicate(b"\n")
    assert golden("totals", *DAY, "--at", str(at), check=0).json() == ran.json()


def test_another_store_or_another_file_is_not_taken_for_a_copy(
    golden: InProcess, golden_store: Store, store: Store, at: Path, tmp_path: Path
) -> None:
    made(store, at)
    with reading(golden_store) as connection, answering(golden_store, connection, at) as asked:
        assert asked.word == "columns.other"
    assert made(golden_store, at).anew
    junk, other = tmp_path / "notes.txt", tmp_path / "other.db"
    junk.write_bytes(b"notes" * 300)
    with duckdb.connect(str(other)) as raw:
        raw.execute("CREATE TABLE payment AS SELECT 1 AS mine")
    for path in (junk, other, golden_store.path or junk):
        before = path.stat().st_size
        for words in ((), ("--rebuild",)):
            golden("store", "columns", *words, "--at", str(path), check=1)
        assert path.stat().st_size == before
    assert golden("totals", *DAY, "--at", str(junk), check=0).json()
    with duckdb.connect(str(other)) as raw:
        assert raw.execute("SELECT mine FROM payment").fetchall() == [(1,)]


def test_a_copy_of_a_later_state_is_not_used(golden: InProcess, golden_store: Store, at: Path) -> None:
    with reading(golden_store) as connection:
        steps.mark_of(connection)  # from here on the connection reads this state
        golden("failed", "refund", "P105", "--voucher", "V1", "--why", "退", *DAY, check=0)
        made(golden_store, at)
        with answering(golden_store, connection, at) as asked:
            assert asked.word == "columns.ahead"


def test_only_a_post_that_sees_everything_makes_a_copy(golden: InProcess, at: Path) -> None:
    golden("posts", "add", "zizhong", "--name", "资中", "--kind", "audit", "--region", "511025", check=0)
    golden("store", "columns", "--post", "zizhong", "--at", str(at), check=1)
    assert not at.exists()


def test_a_copy_has_what_the_questions_read_and_no_card(golden_store: Store, at: Path) -> None:
    made(golden_store, at)
    with duckdb.connect(str(at), read_only=True) as raw:
        columns = {row[0] for row in raw.execute("SELECT column_name FROM duckdb_columns()").fetchall()}
    assert {"person_id", "amount", "settled_at"} <= columns
    assert not {"card_no", "phone", "payee_id", "bank_serial"} & columns
    assert at.stat().st_mode & 0o077 == 0 or golden_store.path is not None

"""The made-up world: the same bytes for the same arguments, whole, and alive on its last day."""

import csv
import hashlib
import importlib
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from seeds.demo import write_world
from store import money
from store.identity import is_card_no, is_citizen_id
from store.models.feed import Feed, Field, FieldKind

TODAY = date(2026, 3, 16)
YESTERDAY = "2026-03-13"  # the last working day before it
ENCODINGS = {"90": "gb18030", "91": "utf-8-sig", "92": "utf-16"}
UNTIDY = {
    "90-untidy-payments.csv": "payments",
    "91-untidy-funds.csv": "funds",
    "92-untidy-returns.tsv": "returns",
}
Row = dict[str, str]


@dataclass(frozen=True)
class World:
    """The rows of the orderly files by feed, and all paths."""

    paths: list[Path]
    rows: dict[str, list[Row]]


def feed_of(name: str) -> str:
    return name[3:].partition(".")[0]


def feed(name: str) -> Feed:
    found: Feed = importlib.import_module(f"store.feeds.{name}").FEED
    return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    paths = write_world(tmp_path_factory.mktemp("world"), "small", 7, TODAY)
    rows: dict[str, list[Row]] = {}
    for path in paths:
        if path.name not in UNTIDY:
            with open(path, encoding="utf-8", newline="") as file:
                rows[feed_of(path.name)] = list(csv.DictReader(file))
    return World(paths, rows)


def digest(paths: list[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_same_arguments_give_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    first, again, other = (
        digest(write_world(tmp_path / name, 5_000, seed, TODAY))
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == again
    differing = {name for name in first if first[name] != other[name]}
    assert "14-payments.csv" in differing and "15-returns.csv" in differing


@pytest.mark.parametrize(
    "today", [date(2026, 1, 1), date(2026, 2, 20), date(2026, 12, 31), date(2027, 6, 15)]
)
def test_a_world_can_end_on_any_day(tmp_path: Path, today: date) -> None:
    paths = write_world(tmp_path, 5_000, 3, today)
    latest = str(today) + " 23:59:59"
    with open(tmp_path / "15-returns.csv", encoding="utf-8") as file:
        assert all(row["settled_at"] <= latest for row in csv.DictReader(file))
    assert [path.name for path in paths] == sorted(path.name for path in tmp_path.iterdir())


def test_a_world_of_a_few_payments_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too few"):
        write_world(tmp_path, 100, 1, TODAY)


def test_every_feed_has_a_file_and_every_header_is_its_own(world: World) -> None:
    assert [path.name for path in world.paths] == sorted(path.name for path in world.paths)
    assert len(world.rows) == 20
    for path in world.paths:
        shape = feed(UNTIDY.get(path.name) or feed_of(path.name))
        text = path.read_bytes().decode(ENCODINGS.get(path.name[:2], "utf-8"))
        headers = [
            {shape.headers[cell] for cell in cells if cell in shape.headers}
            for line in text.splitlines()[:10]
            if (cells := line.replace("\t", ",").split(","))
        ]
        assert any(shape.required <= header for header in headers), path.name


def readable(field: Field, text: str) -> bool:
    match field.kind:
        case FieldKind.CITIZEN_ID:
            return is_citizen_id(text) and text.startswith("9901")
        case FieldKind.CARD_NO:
            return is_card_no(text)
        case FieldKind.MONEY:
            fen = money.parse(text)
            return fen > 0 or (fen == 0 and field.zero) or (fen < 0 and field.negative)
        case FieldKind.DATE:
            return str(date.fromisoformat(text)) == text
        case FieldKind.DATETIME:
            return str(datetime.fromisoformat(text)) == text
        case FieldKind.INT:
            return int(text) >= 0
        case FieldKind.DECIMAL:
            return float(text) > 0
        case FieldKind.ENUM:
            return text in field.words
        case FieldKind.REGION:
            return text.isdigit() and len(text) in (2, 4, 6, 9, 12)
        case FieldKind.CODES:
            return not field.words or set(text.split(";")) <= set(field.words)
    return text == text.strip()


def test_every_value_of_the_orderly_files_can_be_read(world: World) -> None:
    for name, rows in world.rows.items():
        shape = feed(name)
        assert set(rows[0]) <= set(shape.by_name)
        for row in rows:
            assert None not in row and None not in row.values(), (name, row)
            for column, text in row.items():
                field = shape.by_name[column]
                assert readable(field, text) if text else not field.required or column == "reason", (
                    name,
                    row,
                )


def test_natural_keys_are_unique(world: World) -> None:
    for name, rows in world.rows.items():
        keys = Counter(tuple(row[key] for key in feed(name).keys) for row in rows)
        assert [key for key, count in keys.items() if count > 1] == [], name


def test_payment_numbers_are_short_and_have_no_spaces(world: World) -> None:
    assert all(len(row["payment_no"]) <= 24 and row["payment_no"].isalnum() for row in world.rows["payments"])


def test_what_a_line_refers_to_is_there(world: World) -> None:
    known = {
        "programme_code": {row["programme_code"] for row in world.rows["programmes"]} | {"*"},
        "unit_code": {row["unit_code"] for row in world.rows["units"]},
        "region_code": {row["region_code"] for row in world.rows["regions"]},
        "batch_no": {row["batch_no"] for row in world.rows["batches"]},
        "payment_no": {row["payment_no"] for row in world.rows["payments"]},
        "case_no": {row["case_no"] for row in world.rows["cases"]},
    }
    known["bank_code"] = known["parent_code"] = known["unit_code"]
    known["reissue_of"] = known["payment_no"]
    for name, rows in world.rows.items():
        for column, values in known.items():
            if column in rows[0]:
                assert {row[column] for row in rows} - {""} <= values, (name, column)
    entries = {row["entry_no"] for row in world.rows["funds"]}
    assert {row["parent_no"] for row in world.rows["funds"]} - {""} <= entries


def test_control_totals_are_those_of_the_payments(world: World) -> None:
    total: dict[str, int] = defaultdict(int)
    count: Counter[str] = Counter()
    for row in world.rows["payments"]:
        total[row["batch_no"]] += money.parse(row["amount"])
        count[row["batch_no"]] += 1
    stated = {
        row["batch_no"]: (int(row["count"]), money.parse(row["amount"])) for row in world.rows["batches"]
    }
    untidy = set(stated) - set(count)
    assert untidy == {"PC2026029MZ13511024"}
    assert {no: (count[no], total[no]) for no in count} == {no: stated[no] for no in count}


def outcomes(world: World) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in world.rows["returns"]:
        found[row["payment_no"]].append((row["settled_at"], row["result"]))
    return {no: sorted(each) for no, each in found.items()}


def test_about_one_first_attempt_in_a_hundred_fails_and_most_succeed_when_reissued(world: World) -> None:
    returned = outcomes(world)
    shares: dict[bool, list[bool]] = {True: [], False: []}
    for row in world.rows["payments"]:
        results = {result for _, result in returned.get(row["payment_no"], [])}
        if results - {"pending"}:
            shares[row["nature"] == "reissue"].append("failure" in results)
    first, again = (sum(each) / len(each) for each in (shares[False], shares[True]))
    assert 0.007 <= first <= 0.013
    assert 0.08 <= again <= 0.32
    assert {result for each in returned.values() for _, result in each} == {
        "success",
        "failure",
        "bounced",
        "pending",
    }


def test_one_or_two_reissues_come_without_their_original(world: World) -> None:
    alone = [row for row in world.rows["payments"] if row["nature"] == "reissue" and not row["reissue_of"]]
    assert 1 <= len(alone) <= 2


def test_no_chain_pays_more_than_once(world: World) -> None:
    first: dict[str, str] = {}
    owed: dict[str, int] = {}
    paid: dict[str, int] = defaultdict(int)
    returned = outcomes(world)
    for row in world.rows["payments"]:
        no = row["payment_no"]
        first[no] = first[row["reissue_of"]] if row["reissue_of"] else no
        owed.setdefault(first[no], money.parse(row["amount"]))
        if returned.get(no, [("", "")])[-1][1] == "success":
            paid[first[no]] += money.parse(row["amount"])
    for row in world.rows["funds"]:
        if row["kind"] == "refund":
            paid[first[row["payment_no"]]] += money.parse(row["amount"])
    assert [no for no, fen in paid.items() if fen > owed[no]] == []
    assert any(0 < fen < owed[no] for no, fen in paid.items())


def test_something_failed_yesterday_and_something_is_cleared_today(world: World) -> None:
    by_day = Counter(
        (row["settled_at"][:10], row["result"]) for row in world.rows["returns"] if row["result"] != "pending"
    )
    assert by_day[YESTERDAY, "failure"] >= 4
    reissued = {row["payment_no"] for row in world.rows["payments"] if row["nature"] == "reissue"}
    today = [row for row in world.rows["returns"] if row["settled_at"].startswith(str(TODAY))]
    assert any(row["payment_no"] in reissued and row["result"] == "success" for row in today)


def test_nothing_happens_after_the_last_day(world: World) -> None:
    after = str(TODAY) + " 23:59:59"
    moments = {
        "returns": ("settled_at",),
        "stages": ("entered_at", "left_at"),
        "pauses": ("paused_at", "resumed_at"),
        "feedback": ("given_at",),
        "messages": ("sent_at",),
        "funds": ("on_date",),
        "balances": ("on_date",),
        "batches": ("submitted_on", "created_on", "approved_on"),
        "complaints": ("received_at", "replied_at"),
        "cards": ("issued_on",),
        "people": ("status_on",),
        "lists": ("effective_on",),
    }
    for name, columns in moments.items():
        assert [row for row in world.rows[name] for column in columns if row[column] > after] == [], name


def test_a_case_is_in_one_stage_at_a_time_and_in_the_order_of_the_contract(world: World) -> None:
    stays: dict[str, list[Row]] = defaultdict(list)
    for row in world.rows["stages"]:
        stays[row["case_no"]].append(row)
    for case, rows in stays.items():
        assert all(before["left_at"] == after["entered_at"] for before, after in itertools.pairwise(rows)), (
            case
        )
        assert all(row["left_at"] >= row["entered_at"] for row in rows if row["left_at"])
        assert rows[0]["stage"] == "declare"
    open_stages = [rows[-1]["stage"] for rows in stays.values() if not rows[-1]["left_at"]]
    assert len(open_stages) >= 400 and len(set(open_stages)) >= 7
    assert any(not row["resumed_at"] for row in world.rows["pauses"])
    assert {"passed", "returned", "rejected", "suspended"} <= {row["outcome"] for row in world.rows["stages"]}


def test_batches_are_late_stuck_silent_and_coming(world: World) -> None:
    unsent = [row for row in world.rows["batches"] if not row["submitted_on"]]
    stuck = [
        row
        for row in unsent
        if row["region_code"] == "511025" and not row["voucher_no"] and row["approved_on"]
    ]
    assert len(unsent) >= 8 and stuck
    returned = outcomes(world)
    answered = {row["batch_no"] for row in world.rows["payments"] if row["payment_no"] in returned}
    silent = [row for row in world.rows["batches"] if row["submitted_on"] and row["batch_no"] not in answered]
    assert [row for row in silent if row["submitted_on"] < "2026-03-12"]


def test_accounts_hold_what_was_neither_paid_nor_refunded(world: World) -> None:
    returned = outcomes(world)
    account = {row["batch_no"]: row["account_no"] for row in world.rows["batches"]}
    held: dict[str, int] = defaultdict(int)
    for row in world.rows["funds"]:
        if row["account_no"]:
            held[row["account_no"]] += money.parse(row["amount"]) * (1 if row["kind"] == "voucher" else -1)
    for row in world.rows["payments"]:
        if returned.get(row["payment_no"], [("", "")])[-1][1] == "success":
            held[account[row["batch_no"]]] -= money.parse(row["amount"])
    read = {
        row["account_no"]: money.parse(row["balance"])
        for row in world.rows["balances"]
        if row["on_date"] == str(TODAY)
    }
    unexplained = {name: read[name] - held[name] for name in read if read[name] != held[name]}
    assert unexplained == {"DF5110240388": 8_000_000}


def test_untidy_files_hold_what_cannot_land(world: World) -> None:
    path = next(path for path in world.paths if path.name.startswith("90"))
    lines = path.read_bytes().decode("gb18030").splitlines()
    assert lines[0].startswith("威远县") and lines[2].startswith("流水号,") and lines[-1].startswith("合计,")
    rows = list(csv.DictReader(lines[2:-1]))
    wrong_ids = [row for row in rows if not is_citizen_id(row["证件号码"])]
    wrong_cards = [row for row in rows if not is_card_no(row["银行账号"])]
    assert [len(wrong_ids), len(wrong_cards)] == [2, 2]
    assert sum(row["享受人姓名"] == "" for row in rows) == 1

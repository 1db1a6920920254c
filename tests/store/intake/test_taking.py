"""Random small drops, judged by the program and by a second reading of the contract."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from store.database import Store, reading, writing
from store.models.intake import doubtful, held, history, reject
from store.models.posts import Actor, Post
from store.services import imports
from store.services.imported import Outcome, Wanted
from store.services.opening import open_store
from tests.intake_state import TABLES, Names, figures, rows_of
from tests.reference_intake import COUNTS, FEEDS, Drop, Reference

NOW = datetime(2025, 9, 30, 9, 0)
OWNER = Post("owner", "tester", "discipline", logins=("tester",), everything=True)
IDS = ("510824198301173396", "510824197808266618")
WRONG_ID = "511002199001011232"
CARDS = ("6228480402564890018", "6222020903001483077")
BASE = (
    Drop(
        "base/regions.csv",
        "regions",
        ("region_code", "name"),
        (
            ("51", "四川省"),
            ("511025", "资中县"),
            ("511025100", "重龙镇"),
            ("511025000000", "县直"),
            ("511002", "市中区"),
        ),
    ),
    Drop(
        "base/units.csv",
        "units",
        ("unit_code", "name", "kind", "region_code"),
        (("U1", "财政局", "finance", "511025"),),
    ),
    Drop(
        "base/programmes.csv",
        "programmes",
        ("programme_code", "name", "unit_kind", "cycle"),
        (("A01", "低保", "finance", "monthly"),),
    ),
)
REGIONS = ("511025100", "511025100000", "511025000", "511025000000", "511002000000", "511002", "5110251")
PAYMENTS = ("P1", "P2", "P3", "P4", "P１")
POOLS: dict[str, dict[str, tuple[str, ...]]] = {
    "regions": {
        "region_code": ("511025", "511025000", "511024", "511024000", "511024000000", "51"),
        "name": ("资中县", "威远县", ""),
    },
    "units": {
        "unit_code": ("U1", "U2", "U3", "U4"),
        "name": ("财政局", "财政所"),
        "kind": ("财政", "finance"),
        "region_code": ("511025", "511025000000"),
        "parent_code": ("", "U1", "U2", "U3", "U4", "U5"),
        "phone": ("", "123", "１２３"),
    },
    "programmes": {
        "programme_code": ("A01", "A02", "A03"),
        "name": ("低保", "高龄"),
        "unit_kind": ("finance",),
        "cycle": ("monthly", "按月", "never"),
        "notice_days": ("", "7", "x"),
    },
    "people": {
        "person_id": (*IDS, WRONG_ID),
        "name": ("何明", ""),
        "region_code": ("511025100", "511025100000"),
        "phone": ("", "138"),
    },
    "cases": {
        "case_no": ("C1", "C2", "C3"),
        "programme_code": ("A01", "A02"),
        "period": ("2025-07",),
        "person_id": (*IDS, "5.11002E+17"),
        "region_code": REGIONS,
        "amount": ("", "100", "100.00", "0"),
        "applied_on": ("2025-07-01", "20250701", ""),
    },
    "stages": {
        "case_no": ("C1", "C2", "C3"),
        "stage": ("village_review", "村评", "town_review"),
        "entered_at": ("2025-07-02 09:00", "2025/7/2T09:00:00", "2025-07-03"),
        "left_at": ("", "2025-07-05 10:00"),
        "unit_code": ("U1", "U2", "U9"),
        "operator": ("", "李四"),
    },
    "notices": {
        "programme_code": ("A01", "A02"),
        "period": ("2025-07",),
        "region_code": REGIONS[:4],
        "posted_on": ("2025-07-01", "2025-07-02"),
        "place": ("", "村口"),
        "round": ("", "1", "2"),
    },
    "batches": {
        "batch_no": ("B1", "B2", "B3"),
        "programme_code": ("A01", "A01", "A02"),
        "period": ("2025-07",),
        "region_code": ("511025",),
        "unit_code": ("U1", "U1", "U2"),
        "submitted_on": ("", "2025-07-10", "2025年7月10日"),
        "amount": ("", "100", "1,00", "200.00"),
    },
    "payments": {
        "payment_no": PAYMENTS,
        "batch_no": ("B1", "B1", "B2", "B3"),
        "person_id": (IDS[0], IDS[0], WRONG_ID, ""),
        "name": ("何明",),
        "card_no": (CARDS[0], CARDS[0], CARDS[1], "123"),
        "amount": ("100", "100.00", "１00", "250.5", "0"),
        "region_code": ("511025100", "511025100000"),
        "reissue_of": ("", "", "", *PAYMENTS, "P5"),
    },
    "returns": {
        "payment_no": PAYMENTS,
        "result": ("success", "成功", "失败", "bounced"),
        "reason": ("", "户名不符"),
        "settled_at": ("2025-07-12", "2025-07-12 00:00", "2025-07-13 10:30:00"),
        "bank_serial": ("", "7", "７"),
    },
    "feedback": {
        "payment_no": PAYMENTS[:3],
        "given_at": ("2025-07-20 10:00",),
        "unit_code": ("", "U1", "U2"),
        "content": ("已联系", "再核"),
    },
}
assert POOLS.keys() == FEEDS.keys()


@st.composite
def drops(draw: st.DrawFn) -> list[list[Drop]]:
    """Up to four imports of a few files, some of them resent."""
    found: list[list[Drop]] = []
    made: list[Drop] = []
    among = draw(st.lists(st.sampled_from(sorted(POOLS)), min_size=1, max_size=4, unique=True))
    for number in range(draw(st.integers(1, 3))):
        files = []
        for place in range(draw(st.integers(1, 4))):
            name = f"{number}/{place}.csv"
            if made and draw(st.integers(0, 5)) == 0:
                again = draw(st.sampled_from(made))
                files.append(Drop(name, again.feed, again.columns, again.lines))
            else:
                files.append(draw(a_file(name, draw(st.sampled_from(among)))))
            made.append(files[-1])
        found.append(files)
    return found


@st.composite
def a_file(draw: st.DrawFn, name: str, feed: str) -> Drop:
    """A file of a few lines; columns that are not required may be absent."""
    rules = FEEDS[feed]
    columns = [field for field in rules.kinds if field in rules.required or draw(st.integers(0, 3)) != 0]
    columns = draw(st.permutations(columns)) if draw(st.booleans()) else columns
    line = st.tuples(*(st.sampled_from(POOLS[feed][field]) for field in columns))
    return Drop(name, feed, tuple(columns), tuple(draw(st.lists(line, min_size=1, max_size=6))))


def write(folder: Path, drop: Drop) -> str:
    """Write a file, and say where it is."""
    path = folder / drop.name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([drop.columns, *drop.lines])
    return str(path)


def take(store: Store, paths: Sequence[str], chunk: int | None = None, feed: str | None = None) -> Outcome:
    """Import files as the owner of the store."""
    actor = Actor(OWNER, "tester", NOW, NOW.date())
    return imports.run(lambda: writing(store), actor, paths, Wanted(feed=feed, chunk=chunk))


def compare(store: Store, folder: Path, plan: list[list[Drop]], chunk: int) -> None:
    """Import after import: the same figures, lines and rows on both sides."""
    reference = Reference(valid_ids=frozenset(IDS), valid_cards=frozenset(CARDS))
    for files in ([*BASE], *plan):
        paths = [write(folder, drop) for drop in files]
        expected = reference.take(files)
        rows = {row.file: row for row in take(store, paths, chunk).rows}
        report = {
            drop.name: {count: getattr(rows[path], count) for count in COUNTS}
            for path, drop in zip(paths, files, strict=True)
        }
        with reading(store) as connection:
            names = Names(connection)
            everything = figures(connection)
            held_now = Counter(_path(row, folder) for row in rows_of(connection, held, names))
            _compare_lines(connection, names, folder, reference)
            _compare_rows(connection, names, folder, reference)
        assert report == {
            name: {count: counts[count] for count in COUNTS} for name, counts in expected.items()
        }
        for path, counts in everything.items():
            assert counts["rows"] == sum(counts[name] for name in COUNTS[1:6]), path
            name = path.removeprefix(f"{folder}/")
            assert {n: counts[n] for n in COUNTS} == {n: reference.counts[name][n] for n in COUNTS}, name
            assert counts["held"] == held_now[name], name


def _path(row: dict[str, Any], folder: Path) -> str:
    return str(row["file"]).removeprefix(f"{folder}/")


def _compare_lines(connection: Connection, names: Names, folder: Path, reference: Reference) -> None:
    rejects = {
        (_path(row, folder), row["line"]): (row["feed"], row["code"], row["field"], row["value"])
        for row in rows_of(connection, reject, names)
    }
    waiting = {
        (_path(row, folder), row["line"], row["feed"], row["waits_for"], row["key"])
        for row in rows_of(connection, held, names)
    }
    odd = {
        (_path(row, folder), row["line"], row["field"], row["code"])
        for row in rows_of(connection, doubtful, names)
    }
    changes = Counter(row["feed"] for row in rows_of(connection, history, names))
    assert rejects == reference.rejects
    assert waiting == {(line.file, line.number, line.feed, feed, key) for line, feed, key in reference.held}
    assert odd == reference.doubtful
    expected: Counter[str] = Counter()
    for (feed, _), count in reference.history.items():
        expected[feed] += count
    assert changes == expected


def _compare_rows(connection: Connection, names: Names, folder: Path, reference: Reference) -> None:
    for feed, rules in FEEDS.items():
        found = {}
        for row in rows_of(connection, TABLES[feed], names):
            key = tuple(row[name] for name in rules.key)
            found[key] = {name: row[name] for name in rules.kinds} | {"file": _path(row, folder)}
        expected = {
            key: {name: stored["values"].get(name) for name in rules.kinds}
            | rules.empty_of(key)
            | {"file": stored["file"]}
            for key, stored in reference.stored[feed].items()
        }
        assert found == expected, feed


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store, to be copied."""
    path = tmp_path_factory.mktemp("template") / "s.db"
    open_store(path, True, "tester", NOW).engine.dispose()
    return path


def on_a_copy(template: Path, run: Callable[[Store, Path], None]) -> None:
    """Run something on a copy of a new store, in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(template, folder / "s.db")
        store = open_store(folder / "s.db", False, "tester", NOW)
        try:
            run(store, folder)
        finally:
            store.engine.dispose()


@settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a failing example is small as it is
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(plan=drops(), chunk=st.sampled_from([1, 2, 3, None]))
def test_random_drops_are_judged_as_the_contract_says(
    template: Path, plan: list[list[Drop]], chunk: int
) -> None:
    on_a_copy(template, lambda store, folder: compare(store, folder, plan, chunk))


def test_a_unit_line_taken_again_is_known_to_have_been_said_before(template: Path) -> None:
    """Its parent comes with a later file of the same import; its key stood in its own file once more."""
    columns = ("unit_code", "name", "kind", "region_code", "parent_code")
    known = ("U2", "财政所", "finance", "511025", "")
    first = [Drop("1/0.csv", "units", columns, (known,))]
    again = ("U2", "财政所", "finance", "511025", "U4")
    parent = ("U4", "财政局", "finance", "511025", "")
    second = [
        Drop("2/0.csv", "units", columns, (again, known)),
        Drop("2/1.csv", "units", columns, (parent,)),
    ]
    on_a_copy(template, lambda store, folder: compare(store, folder, [first, second], 1))


def test_a_unit_may_stand_before_the_one_above_it_however_few_lines_are_taken_at_a_time(
    template: Path,
) -> None:
    columns = ("unit_code", "name", "kind", "region_code", "parent_code")
    lines = (
        ("U4", "财政局", "finance", "511025", "U2"),
        ("U1", "财政所", "finance", "511025", "U1"),
        ("U4", "财政局", "finance", "511025", ""),
        ("U2", "财政所", "finance", "511025", "U1"),
    )
    plan = [[Drop("1/0.csv", "units", columns, lines)]]
    for chunk in (1, 2, 3):
        on_a_copy(template, lambda store, folder, chunk=chunk: compare(store, folder, plan, chunk))

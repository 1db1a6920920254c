"""Where cases stand by kept sums: the very answer of their rows, for every scope and on every day."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Connection, select

from commands.desk import login
from store.database import Store, reading
from store.models.columns import county_of
from store.models.figures import SPANS, claim_sum
from store.models.posts import Actor, Post, Viewer
from store.models.wordlists import STAGES
from store.queries import case_sums, late_stays, overdue, rounds
from store.queries.filters import Filters
from store.queries.posts import take
from store.services import checking
from store.services.opening import open_store
from tests.builders import card_no, citizen_id, write, write_reference
from tests.conftest import NOW
from tests.killing import take_in

START = date(2025, 1, 6)
LENGTH = 400
PLACES = ("5110", "511025", "511025116", "511025116201", "511025117", "511002", "511002100", "511002999")
VIEWERS = [
    Viewer(post, "何丽")
    for post in (
        Post("owner", "全部", "discipline", everything=True),
        Post("C", "资中县", "discipline", "511025"),
        Post("T", "镇", "discipline", "511025116"),
        Post("A", "项目", "finance", None, None, ("A",)),
        Post("D", "农业", "department", "511025", "agriculture"),
        Post("N", "空", "audit"),
    )
]
NARROWED = (Filters(), Filters(county="511025"), Filters(region="511025116"), Filters(programme="A"))
LINES = (("*", "", 5, "workday"), ("B", "", 30, "day"), ("*", "511002", 90, "day"))
LIMITS = [
    {"programme_code": code, "stage": stage, "region_code": region, "limit": limit, "limit_unit": unit}
    for code, region, limit, unit in LINES
    for stage in list(STAGES)[:5]
]
Answer = Counter[tuple[Any, ...]]


def of_rows(asked: rounds.Asked) -> Answer:
    """How many cases, and their fen, stand where, from each of them."""
    found: Answer = Counter()
    for *key, amount in asked.connection.execute(rounds.cases(asked)):
        found[(*key, "count")] += 1
        found[(*key, "amount")] += int(amount)
    return +found


def of_sums(asked: rounds.Asked) -> Answer:
    """The same from the sums."""
    found: Answer = Counter()
    for *key, count, amount in asked.connection.execute(case_sums.cases(asked)):
        found[(*key, "count")] += int(count)
        found[(*key, "amount")] += int(amount)
    assert min(found.values(), default=0) >= 0
    return +found


def compare(connection: Connection, day: date, narrowed: tuple[Filters, ...] = NARROWED) -> None:
    """Both answers as of a day, for every post, narrowing and level of places."""
    for viewer in VIEWERS:
        for filters in narrowed if viewer.post.everything else (Filters(),):
            for by in rounds.LEVELS:
                asked = rounds.Asked(connection, viewer, day, filters, None, by)
                assert of_sums(asked) == of_rows(asked), (day, viewer.post.code, filters, by)


def compare_late(connection: Connection, day: date) -> None:
    """The late stays that are counted, and those that are listed, for every post."""
    for viewer in VIEWERS:
        listed = overdue.approvals(connection, viewer, day, Filters(), upcoming=True)
        by_grade = Counter((county_of(row.region_code) or "", row.grade) for row in listed)
        assert late_stays.by_county(connection, viewer, day) == by_grade, (day, viewer.post.code)


def test_the_contracts_world_stands_as_its_rows_say_on_every_day(golden_store: Store) -> None:
    with reading(golden_store) as connection:
        for day in ("2025-06-30", "2025-09-30", "2025-10-20", "2026-01-01"):
            compare(connection, date.fromisoformat(day), NARROWED[:2])
            compare_late(connection, date.fromisoformat(day))


@given(some.integers(-800_000, 3_000_000), some.integers(-1_000, 1_000))
def test_the_pieces_are_every_day_once_up_to_the_day_that_is_asked_for(until: int, more: int) -> None:
    latest = until + more
    found: Counter[int] = Counter()
    read = case_sums.pieces(until, latest)
    for piece in read:
        for start in range(piece.last // piece.span * piece.span, until - 2_000, -piece.span):
            if piece.first is not None and start < piece.first:
                break
            found.update({day: piece.sign for day in range(start, start + piece.span) if day <= latest})
    days = range(until - 1_500, latest + 300)
    assert {day: found[day] for day in days} == {day: int(day <= min(until, latest)) for day in days}
    for piece in read[:-1]:
        larger = SPANS[SPANS.index(piece.span) + 1]
        assert piece.first is not None
        assert min(piece.last, latest) - piece.first < larger // 2 + piece.span


class World:
    """Random cases with their stays, and the payments and batches that pay them, each line more than once."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.lines: list[tuple[str, dict[str, object]]] = []
        for number in range(6):
            self._batch(f"B{number}")
        for number in range(40):
            self._case(f"C{number:02d}", number)

    def _day(self) -> date:
        return START + timedelta(days=self.chance.randint(0, LENGTH))

    def _maybe(self, value: object) -> object:
        return value if self.chance.random() < 0.5 else None

    def _batch(self, number: str) -> None:
        row = {"batch_no": number, "programme_code": "A", "period": "2025-03", "region_code": "511025"}
        row |= {"unit_code": "U1", "created_on": None, "approved_on": None, "submitted_on": None}
        days = {name: self._day() for name in ("created_on", "approved_on", "submitted_on")}
        known = {name: self._maybe(day) for name, day in days.items()}
        self.lines += [("batches", row), ("batches", row | known), ("batches", row | days)]

    def _case(self, number: str, person: int) -> None:
        for _ in range(self.chance.choice([1, 1, 2])):
            row: dict[str, object] = {"case_no": number, "programme_code": self.chance.choice("ABC")}
            row |= {"period": self.chance.choice(["2025-03", "2025Q2"]), "person_id": citizen_id(person)}
            row |= {"region_code": self.chance.choice(PLACES), "applied_on": self._day()}
            self.lines.append(("cases", row | {"amount": self._maybe(f"{self.chance.randint(1, 9)}00.00")}))
        for stage in self.chance.sample(list(STAGES), self.chance.randint(0, 6)):
            came = datetime.combine(self._day(), datetime.min.time()) + timedelta(hours=9)
            stay: dict[str, object] = {
                "case_no": number,
                "stage": stage,
                "entered_at": came,
                "unit_code": "U1",
            }
            for _ in range(self.chance.choice([1, 1, 2])):
                gone = self._maybe(came + timedelta(days=self.chance.randint(-2, 40), hours=5))
                said = self.chance.choice(["passed", "returned", "rejected", "suspended", None])
                self.lines.append(("stages", stay | {"left_at": gone, "outcome": said}))
        if self.chance.random() < 0.3:
            halt = {"case_no": number, "paused_at": datetime.combine(self._day(), datetime.min.time())}
            self.lines.append(("pauses", halt | {"resumed_at": self._maybe(datetime(2025, 12, 1, 9))}))
        for at in range(self.chance.choice([0, 0, 1, 2])):
            paid: dict[str, object] = {
                "payment_no": f"P{number}{at}",
                "batch_no": f"B{self.chance.randint(0, 5)}",
            }
            who = person if self.chance.random() < 0.8 else person + 1
            paid |= {"person_id": citizen_id(who), "name": "何丽明", "card_no": card_no(person)}
            paid |= {"amount": "100.00", "region_code": "511025", "case_no": self._maybe(number)}
            self.lines.append(("payments", paid))

    def drops(self) -> list[tuple[str, list[dict[str, object]]]]:
        """The lines in a random order, some at a time, those of a drop of one feed."""
        self.chance.shuffle(self.lines)
        found: list[tuple[str, list[dict[str, object]]]] = []
        for at in range(0, len(self.lines), 40):
            for feed in ("stages", "payments", "cases", "pauses", "batches"):
                rows = [row for kind, row in self.lines[at : at + 40] if kind == feed]
                found += [(feed, rows)] if rows else []
        return found


@pytest.mark.parametrize("seed", range(2))
def test_random_feeds_in_random_order_stand_as_their_rows_say(
    new_database: Callable[..., str], database: str, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    store = open_store(new_database(database, made=True), False, login(), NOW)
    write_reference(tmp_path / "0", PLACES[:-1])
    with reading(store) as connection:
        actor = Actor(take(connection, None, login()), login(), NOW, START)
    write(tmp_path / "0", "deadlines", LIMITS, "04-deadlines")
    for path in sorted((tmp_path / "0").iterdir()):
        take_in(store, actor, path, None)
    for number, (feed, rows) in enumerate(World(chance).drops()):
        take_in(store, actor, write(tmp_path / f"{number + 1}", feed, rows), chance)
        with reading(store) as connection:
            assert checking.check(connection, ["claim_sum", "stay_sum"]) == []
            if number % 8 == 0:
                compare(connection, START + timedelta(days=chance.randint(0, LENGTH)), NARROWED[:1])
                compare_late(connection, START + timedelta(days=chance.randint(0, LENGTH)))
    with reading(store) as connection:
        assert len(connection.execute(select(claim_sum)).all()) > 200
        for day in (START - timedelta(days=1), *(START + timedelta(days=n) for n in (0, 90, 250, 400, 900))):
            compare(connection, day)
            compare_late(connection, day)
    store.engine.dispose()

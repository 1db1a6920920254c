"""Failed payments, their boards and overdue batches against a slow reading, for every day of a random world.

The world comes in twice: in one import a drop, and in many small ones whose files are shuffled.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from commands.desk import login
from store.database import Store, reading
from store.models.posts import Post, Viewer
from store.queries import boards, failed, overdue_payments, weekly
from store.queries.filters import Filters
from store.services.opening import open_store
from tests.builders import card_no, citizen_id, write, write_reference
from tests.reference_clock import ONE, grade_of, is_working
from tests.reference_failures import (
    Fact,
    Failed,
    Payment,
    board,
    failures,
    sheet,
    unpaid,
    without_feedback,
)
from tests.running import InProcess

OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "何丽")
EVERYTHING = Filters(everything=True)
START = date(2025, 9, 15)
DAYS = 30  # over National Day
DROPS = (date(2025, 9, 22), date(2025, 9, 30), date(2025, 10, 20))
REASONS = {"账号不存在": "account_not_found", "户名不符": "name_mismatch", "说不清": None, None: "other"}
PLACES = ("511025116", "511025", "511002100", "5110")


@dataclass
class World:
    """Trees of payments with what happened to them, and the batches they stand in."""

    trees: list[tuple[list[Payment], list[Fact]]] = field(default_factory=list)
    linked: set[str] = field(default_factory=set)
    feedback: list[tuple[str, datetime]] = field(default_factory=list)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)

    @cache  # noqa: B019
    def failed(self, day: date) -> list[Failed]:
        """The failures known at the end of a day."""
        return [each for tree in self.trees for each in failures(*tree, day).values()]

    def __hash__(self) -> int:
        return id(self)


def make_world(chance: random.Random) -> World:
    """A random world."""
    world = World()
    for number in range(5):
        world.batches[f"B{number}"] = {
            "batch_no": f"B{number}",
            "programme_code": "ABC"[number % 3],
            "period": "2025-09",
            "region_code": chance.choice(["511025", "511002"]),
            "unit_code": f"U{1 + number % 2}",
            "pay_by": chance.choice([None, START + timedelta(days=chance.randint(0, 12))]),
            "submitted_on": chance.choice([None, START + timedelta(days=chance.randint(0, 20))]),
        }
    for tree in range(45):
        payments: list[Payment] = []
        for number in range(chance.randint(1, 5)):
            no, batch = f"P{tree:02d}{number}", f"B{chance.randint(0, 4)}"
            above = chance.choice(payments).no if payments and chance.random() < 0.9 else None
            if above and chance.random() < 0.15:
                world.linked.add(no)
            unit, programme = (world.batches[batch][each] for each in ("unit_code", "programme_code"))
            amount = chance.choice([10_000, 20_000, 30_000])
            payments.append(
                Payment(no, amount, above, batch, chance.choice(PLACES), str(unit), str(programme))
            )
        world.trees.append((payments, facts_of(chance, payments)))
        for _ in range(chance.choice([0, 0, 1, 3])):
            at = START + timedelta(days=chance.randint(0, DAYS - 1))
            world.feedback.append(
                (chance.choice(payments).no, datetime(at.year, at.month, at.day, 23, 59, 59))
            )
    world.feedback = list(dict.fromkeys(world.feedback))
    return world


def facts_of(chance: random.Random, payments: list[Payment]) -> list[Fact]:
    """Returns, not all in their natural order, and now and then a refund."""
    facts: dict[tuple[str, datetime, str], Fact] = {}
    for payment in payments:
        for _ in range(chance.choice([0, 1, 2, 3])):
            at = datetime(START.year, START.month, START.day, chance.choice([0, 9, 15]))
            at += timedelta(days=chance.randint(0, DAYS - 1))
            result = chance.choice(["pending", "success", "success", "failure", "failure", "bounced"])
            reason = chance.choice(list(REASONS)) if result in ("failure", "bounced") else None
            arrived = chance.choice([day for day in DROPS if day >= at.date()])
            facts[payment.no, at, result] = Fact(payment.no, at, result, reason, arrived=arrived)
    if chance.random() < 0.3:
        day = START + timedelta(days=chance.randint(0, DAYS - 1))
        at = datetime(day.year, day.month, day.day, 23, 59, 59)
        amount, arrived = chance.choice([10_000, 30_000, -10_000]), chance.choice(DROPS)
        no = chance.choice(payments).no
        facts[no, at, "refund"] = Fact(no, at, "refund", amount=amount, arrived=arrived)
    return list(facts.values())


def yuan(fen: int) -> str:
    """Fen as yuan."""
    return f"{fen / 100:.2f}"


def drops(world: World) -> dict[date, dict[str, list[dict[str, object]]]]:
    """The lines of each drop, by feed."""
    lines: dict[date, dict[str, list[dict[str, object]]]] = {day: {} for day in DROPS}
    lines[DROPS[0]]["batches"] = list(world.batches.values())
    for tree, (payments, facts) in enumerate(world.trees):
        for each in payments:
            row = {
                "payment_no": each.no,
                "batch_no": each.batch,
                "person_id": citizen_id(tree),
                "name": "何丽明",
                "card_no": card_no(tree),
                "amount": yuan(each.amount),
                "region_code": each.region,
                "reissue_of": None if each.no in world.linked else each.above,
            }
            lines[DROPS[0]].setdefault("payments", []).append(row)
        for fact in facts:
            if fact.result == "refund":
                refund = {
                    "entry_no": f"R{fact.no}",
                    "kind": "refund",
                    "programme_code": "A",
                    "region_code": "511025",
                    "amount": yuan(fact.amount),
                    "on_date": fact.at.date(),
                    "payment_no": fact.no,
                }
                lines[fact.arrived].setdefault("funds", []).append(refund)
                continue
            row = {"payment_no": fact.no, "result": fact.result, "settled_at": fact.at, "reason": fact.reason}
            lines[fact.arrived].setdefault("returns", []).append(row)
    said = [{"payment_no": no, "given_at": at, "content": "已联系"} for no, at in world.feedback]
    lines[DROPS[2]]["feedback"] = said
    return lines


def link(supervise: InProcess, world: World) -> None:
    """Say what the files did not: which payments reissue which."""
    for payments, _ in world.trees:
        for each in payments:
            if each.no in world.linked:
                supervise("failed", "link", each.no, "--to", each.above or "", "--why", "原单漏填", check=0)


def take_whole(supervise: InProcess, world: World, folder: Path) -> None:
    """One import a drop, then the links."""
    for number, (day, feeds) in enumerate(drops(world).items()):
        for feed, rows in feeds.items():
            write(folder / f"{number}", feed, rows)
        supervise("import", str(folder / f"{number}"), "--as-of", str(day), check=0)
    link(supervise, world)


def take_in_pieces(supervise: InProcess, world: World, folder: Path) -> None:
    """Many imports of a few lines, out of order, with the links made as soon as may be."""
    chance = random.Random("pieces")
    for number, (day, feeds) in enumerate(drops(world).items()):
        pieces = []
        for feed, rows in feeds.items():
            chance.shuffle(rows)
            size = len(rows) // 7 + 1
            for start in range(0, len(rows), size):
                name = f"{feed}-{start}"
                pieces.append(str(write(folder / f"{number}", feed, rows[start : start + size], name)))
        chance.shuffle(pieces)
        for piece in pieces:
            supervise("import", piece, "--as-of", str(day), check=0)
        if number == 0:
            link(supervise, world)


@pytest.fixture(scope="module")
def world() -> World:
    """The world that both tests look at."""
    return make_world(random.Random(7))


@pytest.fixture(scope="module", params=["whole", "in-pieces"])
def store(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    world: World,
) -> Iterator[Store]:
    """A store with the world in it."""
    folder = tmp_path_factory.mktemp("world")
    url = str(shutil.copyfile(sqlite_template, folder / "store.db"))
    supervise = InProcess(folder, url)
    write_reference(folder / "reference", ("51", "5110", "511025", "511002", "511025116", "511002100"))
    supervise("import", str(folder / "reference"), check=0)
    (take_whole if request.param == "whole" else take_in_pieces)(supervise, world, folder)
    made = open_store(url, True, login(), datetime(2025, 1, 1))
    yield made
    made.engine.dispose()


def county(payment: Payment) -> str:
    """The county of a payment."""
    return payment.region[:6] if len(payment.region) >= 6 else ""


def due_of(opened_on: date) -> date:
    """Ten working days after a failure opened."""
    day, left = opened_on, 10
    while left:
        day += ONE
        left -= is_working(day)
    return day


def test_every_answer_of_every_day_is_what_the_contract_says(store: Store, world: World) -> None:
    last = START + timedelta(days=DAYS)
    with reading(store) as connection:
        for step in range(0, DAYS + 1):
            as_of = START + timedelta(days=step)
            found = sorted(world.failed(as_of), key=lambda each: (each.opened_on, each.first.no))
            rows = failed.listed(connection, OWNER, as_of, EVERYTHING)
            wanted = [
                (
                    each.first.no,
                    each.first.batch,
                    each.first.amount,
                    each.outstanding,
                    each.opened_on,
                    ((each.cleared_on or as_of) - each.opened_on).days,
                    each.attempts,
                    REASONS[each.reason],
                    each.reason,
                    without_feedback(each, world.feedback, as_of),
                    "open" if each.outstanding else "cleared",
                    each.cleared_on,
                    each.cleared_by,
                )
                for each in found
            ]
            got = [
                (
                    *(row.payment_no, row.batch_no, row.amount, row.outstanding, row.opened_on, row.age_days),
                    *(row.attempts, row.reason, row.reason_text, row.without_feedback),
                    *(row.status, row.cleared_on, row.cleared_by),
                )
                for row in rows
            ]
            assert got == wanted, as_of
            still = [row.payment_no for row in failed.listed(connection, OWNER, as_of, Filters())]
            assert still == [each.first.no for each in found if each.outstanding], as_of
            late = failed.overdue(connection, OWNER, as_of, Filters())
            overdue = []
            for each in found:
                due = due_of(each.opened_on)
                days = sum(is_working(due + ONE * n) for n in range(1, (as_of - due).days + 1))
                if each.outstanding and days:
                    overdue.append((-days, each.first.no, due, grade_of(days)))
            said = [(-row.overdue_days, row.payment_no, row.due_on, row.grade) for row in late]
            assert said == sorted(overdue), as_of
    assert len(world.failed(last)) > 40


def test_the_boards_of_every_day_are_what_the_contract_says(store: Store, world: World) -> None:
    with reading(store) as connection:
        for as_of in (START + timedelta(days=step) for step in (3, 11, 17, 23, DAYS)):
            found = world.failed(as_of)
            counties = sorted({county(each.first) for each in found})
            rows = boards.daily(connection, OWNER, as_of, Filters(since=START))
            wanted = [
                (day, code, board([f for f in found if code in (None, county(f.first))], day))
                for day in (START + timedelta(days=n) for n in range((as_of - START).days + 1))
                for code in (*counties, None)
            ]
            assert [(row.day, row.county_code) for row in rows] == [each[:2] for each in wanted]
            for row, (day, code, said) in zip(rows, wanted, strict=True):
                assert {name: getattr(row, name) for name in said} == said, (as_of, day, code)
                assert row.opening_count + row.new_count - row.cleared_count == row.closing_count
                assert row.opening_amount + row.new_amount - row.cleared_amount == row.closing_amount
            closing = [row for row in rows if row.day == as_of and row.county_code is None]
            listed = failed.listed(connection, OWNER, as_of, Filters())
            assert closing[0].closing_count == len(listed)
            assert closing[0].closing_amount == sum(row.outstanding for row in listed)


@pytest.mark.parametrize("by_unit", [False, True])
def test_the_weekly_sheet_is_what_the_contract_says(store: Store, world: World, by_unit: bool) -> None:
    with reading(store) as connection:
        for as_of in (START + timedelta(days=step) for step in (5, 13, 16, 20, 26, DAYS)):
            found = world.failed(as_of)
            groups = sorted({(county(f.first), f.first.unit if by_unit else "") for f in found})
            rows = weekly.weekly(connection, OWNER, as_of, Filters(since=START), by_unit)
            wanted = []
            for monday in (START + timedelta(days=7 * n) for n in range((as_of - START).days // 7 + 1)):
                for code, unit in groups:
                    own = [
                        f for f in found if county(f.first) == code and (not by_unit or f.first.unit == unit)
                    ]
                    wanted.append((monday, code, unit or None, sheet(own, world.feedback, monday, as_of)))
                wanted.append((monday, None, None, sheet(found, world.feedback, monday, as_of)))
            assert len(rows) == len(wanted)
            for row, (monday, code, unit, said) in zip(rows, wanted, strict=True):
                assert (row.week, row.county_code, getattr(row, "unit_code", None)) == (monday, code, unit)
                assert {name: getattr(row, name) for name in said} == said, (as_of, monday, code, unit)


def test_overdue_batches_are_what_the_contract_says(store: Store, world: World) -> None:
    rules = {"A": date(2025, 9, 10), "B": date(2025, 10, 25), "C": None}
    payments = [payment for tree in world.trees for payment in tree[0]]
    facts = [fact for tree in world.trees for fact in tree[1]]
    with reading(store) as connection:
        for as_of in (START + timedelta(days=step) for step in range(0, DAYS + 14, 4)):
            found = world.failed(as_of)
            wanted = []
            for no, batch in world.batches.items():
                due = batch["pay_by"] or rules[batch["programme_code"]]
                sent = batch["submitted_on"] is not None and batch["submitted_on"] <= as_of
                if due is None or due >= as_of:
                    continue
                left = unpaid(found, payments, facts, no, sent, as_of)
                if sent and not left["unpaid_count"]:
                    continue
                days = (as_of - due).days
                wanted.append((-days, no, due, batch["submitted_on"] if sent else None, grade_of(days), left))
            rows = overdue_payments.listed(connection, OWNER, as_of, Filters())
            got = [
                (
                    *(-row.overdue_days, row.batch_no, row.pay_by, row.submitted_on, row.grade),
                    {name: getattr(row, name) for name in wanted[0][5]},
                )
                for row in rows
            ]
            assert got == sorted(wanted, key=lambda each: each[:2]), as_of
            for row in rows:
                assert row.unpaid_count == row.not_sent_count + row.no_return_count + row.failed_count

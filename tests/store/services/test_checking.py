"""What is derived always agrees with the raw rows, and where it was meddled with it is named and mended."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from commands.desk import login
from store.database import Store, reading, writing
from store.intake.linking import raw_column
from store.models.derived import Difference
from store.models.figures import arrival, batch_county, batch_day, batch_now, failure_sum, feedback_sum
from store.models.payments import batch
from store.models.posts import Actor
from store.models.reference import unit
from store.queries.posts import take
from store.services import checking
from store.services.opening import open_store
from tests.builders import write, write_reference
from tests.conftest import NOW
from tests.killing import take_in
from tests.running import InProcess
from tests.store.queries.test_failures import drops, make_world

MEDDLED = {
    "UPDATE failure SET outstanding = outstanding + 1": "failures",
    "UPDATE failure SET region_code = region_code + 100, amount = 1": "failures",
    "DELETE FROM failure_event WHERE seq = 0": "failures",
    "UPDATE failure_payment SET since = since + 1": "failures",
    "DELETE FROM failure_step": "failures",
    "DELETE FROM failure": "failures",
    "DELETE FROM person_payment": "person_payment",
    "INSERT INTO person_payment (span, person_id, payment_id) VALUES (0, 1, 1)": "person_payment",
    "UPDATE person_payment SET span = 3": "person_payment",
    "UPDATE batch_day SET count = count + 1": "batch_day",
    "DELETE FROM batch_day": "batch_day",
    "UPDATE batch_now SET failed_amount = failed_amount + 1": "batch_now",
    "DELETE FROM batch_now": "batch_now",
    "UPDATE batch_county SET amount = amount + 1": "batch_county",
    "DELETE FROM batch_county": "batch_county",
    "UPDATE failure_sum SET late_count = late_count + 1": "failure_sum",
    "UPDATE failure_sum SET soon_count = soon_count + 1": "failure_sum",
    "DELETE FROM failure_sum WHERE span = 2": "failure_sum",
    "UPDATE claim_sum SET count = count + 1 WHERE digits = 6": "claim_sum",
    "UPDATE claim_sum SET amount = amount - 1 WHERE digits = 9 AND span = 16": "claim_sum",
    "UPDATE claim_sum SET digits = 7 WHERE digits = 6 AND span = 256": "claim_sum",
    "UPDATE claim_sum SET place = place + 10000000000000": "claim_sum",
    "DELETE FROM claim_sum": "claim_sum",
    "UPDATE stay_sum SET count = count + 1": "stay_sum",
    "DELETE FROM stay_sum WHERE programme_id = 0": "stay_sum",
    "UPDATE feedback_sum SET open_1 = open_1 + 1": "feedback_sum",
    "DELETE FROM feedback_sum": "feedback_sum",
    "DELETE FROM arrival": "arrival",
    "UPDATE arrival SET day = day + 10000": "arrival",
}
BEYOND_MENDING = {
    "UPDATE source_file SET landed = landed + 1 WHERE feed = 'payments'": "file_counts",
    "UPDATE event SET detail = '{}' WHERE seq = 1": "trace",
}


def meddle(store: Store, statement: str) -> None:
    """Change the store behind the program's back."""
    with writing(store) as connection:
        connection.execute(text(statement))


def found_in(store: Store) -> list[Difference]:
    """What a check finds."""
    with reading(store) as connection:
        return checking.check(connection)


def named(run: InProcess, *options: str, code: int) -> set[str]:
    """The derived things that a check names."""
    return {row["derived"] for row in run("store", "check", "--format", "json", *options, check=code).json()}


def test_what_was_meddled_with_is_named_mended_and_traced(golden: InProcess, golden_store: Store) -> None:
    with reading(golden_store) as connection:
        actor = Actor(take(connection, None, login()), login(), NOW, NOW.date())
    assert named(golden, code=0) == set()
    for statement, derived in MEDDLED.items():
        meddle(golden_store, statement)
        differences = found_in(golden_store)
        assert derived in {each.derived for each in differences}, statement
        assert derived in checking.repair(lambda: writing(golden_store), actor, differences), statement
        assert found_in(golden_store) == [], statement
    meddle(golden_store, "DELETE FROM batch_now")
    assert named(golden, code=1) == {"batch_now"}
    assert named(golden, "--repair", code=0) == {"batch_now"}
    assert named(golden, code=0) == set()
    golden("audit", "verify", check=0)
    traced = golden("audit", "--verb", "store_repair", "--format", "json", check=0).json()
    assert {row["subject"] for row in traced} >= set(MEDDLED.values())
    for statement, derived in BEYOND_MENDING.items():
        meddle(golden_store, statement)
        assert derived in named(golden, "--repair", code=1), statement


def test_a_post_that_sees_a_part_does_not_check_the_whole(supervise: InProcess) -> None:
    added = ("--name", "资中县监督岗", "--kind", "discipline", "--region", "511025")
    supervise("posts", "add", "ZZ", *added, check=0)
    ran = supervise("store", "check", "--post", "ZZ", check=1)
    assert "ZZ" in ran.stderr and not ran.stdout


def figures(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All figures, batches and units by their numbers."""
    batches = {row.batch_id: row.batch_no for row in connection.execute(select(batch))}
    units = {row.unit_id: row.unit_code for row in connection.execute(select(unit))} | {0: ""}
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in (batch_day, batch_now, batch_county, failure_sum, feedback_sum, arrival):
        rows = []
        for row in connection.execute(select(*map(raw_column, table.c))).mappings():
            told = dict(row)
            told["batch_id"] = batches.get(told.get("batch_id", 0))
            told["unit_id"] = units.get(told.get("unit_id", 0))
            rows.append(tuple(told.values()))
        found[table.name] = sorted(rows)
    return found


def test_killed_imports_in_any_order_end_with_the_same_figures(
    new_database: Callable[..., str], database: str, tmp_path: Path
) -> None:
    chance = random.Random(1)
    lines = drops(make_world(chance))
    write_reference(tmp_path / "0", ("51", "5110", "511025", "511002", "511025116", "511002100"))
    reference = sorted((tmp_path / "0").iterdir())
    plain: list[tuple[date, Path]] = []
    pieces: list[tuple[date, Path]] = []
    for number, (day, feeds) in enumerate(lines.items()):
        for feed, rows in feeds.items():
            plain.append((day, write(tmp_path / f"plain-{number}", feed, rows)))
            chance.shuffle(rows)
            size = len(rows) // 3 + 1
            for start in range(0, len(rows), size):
                some = rows[start : start + size]
                pieces.append((day, write(tmp_path / f"pieces-{number}", feed, some, f"{feed}-{start}")))
    chance.shuffle(pieces)
    told = []
    for order, kills in ((plain, None), (pieces, chance)):
        store = open_store(new_database(database, made=True), False, login(), NOW)
        with reading(store) as connection:
            post = take(connection, None, login())
        for path in reference:
            take_in(store, Actor(post, login(), NOW, date(2025, 9, 1)), path, None)
        for at, (day, path) in enumerate(order):
            take_in(store, Actor(post, login(), NOW, day), path, kills)
            if at % 4 == 0 or at == len(order) - 1:
                with reading(store) as connection:
                    assert checking.check(connection) == []
        with reading(store) as connection:
            told.append(figures(connection))
        store.engine.dispose()
    assert all(told[0].values())
    assert told[0] == told[1]

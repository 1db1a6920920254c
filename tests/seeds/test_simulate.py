"""The day that goes on: the same chances give the same end, every line lands, and it ends when told to."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from seeds import simulate
from seeds.day.now import Now
from seeds.demo import write_world
from store.database import Store, reading, store_at, writing
from store.models.columns import metadata
from store.models.posts import Actor, Post
from store.services import imports
from store.services.imported import ImportRow, Wanted
from store.services.opening import open_store
from store.services.posts import insert_post
from tests.running import ROOT

DAY = date(2026, 3, 16)
NINE = datetime(2026, 3, 16, 9, 0)
OWNER = Post("offices", "各部门", "finance", everything=True)
DROPS = 20


def actor(at: datetime = NINE) -> Actor:
    return Actor(OWNER, "tester", at, at.date())


def filled(store: Store, folder: Path) -> None:
    """A small world in a store."""
    files = [str(path) for path in write_world(folder, 5_000, 7, DAY)]
    with writing(store) as connection:
        insert_post(connection, actor(), OWNER)
    imports.run(lambda: writing(store), actor(), files, Wanted())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a small world, to be copied."""
    folder = tmp_path_factory.mktemp("live")
    path = folder / "world.db"
    store = open_store(path, True, "tester", NINE)
    filled(store, folder / "world")
    with store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    store.engine.dispose()
    return path


def copied(world: Path, tmp_path: Path, name: str = "a") -> Store:
    path = tmp_path / f"{name}.db"
    shutil.copyfile(world, path)
    return store_at(path)


def dropped(store: Store, folder: Path, seed: int, count: int = DROPS) -> list[ImportRow]:
    """What became of so many drops, four seconds from one to the next."""
    rng, rows = random.Random(seed), []
    folder.mkdir(exist_ok=True)
    with chdir(folder):
        for number in range(count):
            at = NINE + timedelta(seconds=4 * number)
            outcome = simulate.drop(store, actor(at), rng, at, Path("day"))
            assert not outcome.words and not outcome.unread
            rows += outcome.rows
    return rows


def state(store: Store) -> dict[str, list[Any]]:
    """All that the store holds, but for how long imports took."""
    found = {}
    with reading(store) as connection:
        for table in metadata.sorted_tables:
            columns = [column for column in table.c if column.name != "seconds"]
            rows = connection.execute(select(*columns).order_by(*table.primary_key)).all()
            found[table.name] = [tuple(row) for row in rows]
    return found


def test_the_same_chances_give_the_same_end_and_every_line_lands(world: Path, tmp_path: Path) -> None:
    ends = []
    for name in ("a", "b"):
        store = copied(world, tmp_path, name)
        rows = dropped(store, tmp_path / name, seed=5)
        assert len({row.file for row in rows}) >= DROPS
        assert [row for row in rows if row.landed + row.updated != row.rows or not row.rows] == []
        assert list((tmp_path / name / "day").iterdir()) == []
        ends.append(state(store))
        store.engine.dispose()
    assert ends[0] == ends[1]
    other = copied(world, tmp_path, "c")
    dropped(other, tmp_path / "c", seed=6)
    assert state(other) != ends[0]


def test_the_same_on_a_server(new_database: Callable[..., str], tmp_path: Path) -> None:
    store = open_store(new_database("postgresql", made=True), False, "tester", NINE)
    filled(store, tmp_path / "world")
    rows = dropped(store, tmp_path / "drops", seed=5)
    assert [row for row in rows if row.landed + row.updated != row.rows] == []
    store.engine.dispose()


@pytest.mark.parametrize("happening", list(simulate.HAPPENINGS), ids=lambda each: each.__name__)
def test_each_thing_that_happens_lands(
    world: Path, tmp_path: Path, happening: simulate.Happening, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copied(world, tmp_path)
    if happening.__name__ == "batches":  # nothing reached the bank today before this
        monkeypatch.setattr(simulate, "HAPPENINGS", {simulate.stages.moves: 1})
        dropped(store, tmp_path / "before", seed=1, count=60)
    monkeypatch.setattr(simulate, "HAPPENINGS", {happening: 1})
    at = NINE + timedelta(hours=1)
    rows = []
    with chdir(tmp_path):
        for number in range(3):
            moment = at + timedelta(minutes=number)
            rows += simulate.drop(store, actor(moment), random.Random(number), moment, Path("day")).rows
    assert rows or happening.__name__ == "batches"
    assert [row for row in rows if row.landed + row.updated != row.rows] == []
    store.engine.dispose()


def test_a_case_is_in_one_stage_at_a_time(world: Path, tmp_path: Path) -> None:
    store = copied(world, tmp_path)
    dropped(store, tmp_path / "a", seed=9, count=40)
    twice = "SELECT claim_id FROM stage_visit WHERE left_at IS NULL GROUP BY 1 HAVING count(*) > 1"
    with reading(store) as connection:
        assert connection.execute(text(twice)).all() == []
        late = "SELECT count(*) FROM stage_visit WHERE left_at < entered_at"
        assert connection.scalar(text(late)) == 0
    store.engine.dispose()


def test_nothing_happens_in_an_empty_store(store: Store, tmp_path: Path) -> None:
    with reading(store) as connection:
        assert simulate.next_drop(connection, random.Random(1), NINE, tmp_path / "day") == []
        assert all(each(Now(connection, NINE, random.Random(1))) == [] for each in simulate.HAPPENINGS)
    assert simulate.drop(store, actor(), random.Random(1), NINE, tmp_path / "day").rows == ()


def test_it_plays_until_it_is_stopped(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = copied(world, tmp_path)
    waits: list[float] = []

    def stop(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) > 3

    before = Path.cwd()
    simulate.play(store, lambda: actor(NINE + timedelta(seconds=len(waits))), 5, stop)
    assert len(waits) == 4 and all(2 <= each <= 6 for each in waits)
    assert Path.cwd() == before
    with reading(store) as connection:
        files = connection.scalar(text("SELECT count(*) FROM source_file WHERE path LIKE 'day/%'"))
    assert files >= 3
    store.engine.dispose()


def test_beside_the_console_it_ends_with_its_input(world: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    shutil.copyfile(world, path)
    asked = {"store": str(path), "post": "offices", "login": "tester", "seed": 5, "day": str(DAY)}
    child = subprocess.Popen(
        [sys.executable, "-m", "seeds.simulate"],
        stdin=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdin is not None
    child.stdin.write(f"{json.dumps(asked)}\n".encode())
    child.stdin.close()
    assert child.wait(timeout=60) == 0

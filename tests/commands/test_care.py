"""What is done to a store as a whole: its condition, backups, packing, and the way to another database."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from store.database import Store, reading, store_at, writing
from store.models.posts import Actor, Post
from store.models.schema import metadata
from store.models.trace import event
from store.queries.audit import verify
from store.services import backups, distributing, trace
from store.transfer import digest
from tests.conftest import NOW
from tests.golden import CASES
from tests.running import InProcess

OWNER = Post("owner", "root", "discipline", everything=True)
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}
QUESTIONS = (
    ("overdue", "--kind", "all"),
    ("failed", "--all"),
    ("ledger",),
    ("progress",),
    ("imports",),
    ("rejects",),
)
DAY = ("--as-of", "2025-10-20", "--format", "json")


def digests(url: str) -> dict[str, tuple[int, str]]:
    """Every table of a store: its rows and their digest."""
    store = store_at(url)
    with reading(store) as connection:
        found = {each.name: digest(connection, each) for each in metadata.sorted_tables}
        assert verify(connection) == []
    store.engine.dispose()
    return {name: (each.rows, each.digest) for name, each in found.items()}


def but_the_trace(found: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Without what a further event changes."""
    return {name: each for name, each in found.items() if name not in ("event", "trace_head")}


def answers(supervise: InProcess) -> list[bytes]:
    """What a store says of everything that is asked."""
    return [supervise(*words, *DAY, check=0).stdout for words in QUESTIONS]


def verbs(supervise: InProcess) -> list[str]:
    """The verbs of the trace, in its order."""
    return [row["verb"] for row in supervise("audit", "--format", "json", check=0).json()]


def test_a_move_takes_everything_to_the_other_database(
    golden: InProcess, database: str, new_database: Callable[..., str], home: Path
) -> None:
    assert golden.store is not None
    before, said = digests(golden.store), answers(golden)
    to = new_database(OTHER[database])
    ran = golden("store", "move", to, "--format", "json", check=0)
    assert {row["table"]: row["rows"] for row in ran.json()} == {
        name: count for name, (count, _) in digests(golden.store).items()
    }
    assert digests(to) == digests(golden.store)
    assert but_the_trace(digests(to)) == but_the_trace(before)
    moved = InProcess(home, to)
    assert answers(moved) == said
    assert verbs(moved)[-1] == verbs(golden)[-1] == "store_move"
    # what comes next has a number of its own
    opening = (
        "ledger",
        "open",
        "--title",
        "T",
        "--category",
        "late",
        "--source",
        "case",
        "--source-ref",
        "C06",
    )
    assert (
        moved(*opening, "--as-of", "2025-10-20").code == golden(*opening, "--as-of", "2025-10-20").code == 0
    )
    assert answers(moved) == answers(golden)


def test_a_move_goes_to_an_empty_place_alone(
    golden: InProcess, database: str, new_database: Callable[..., str]
) -> None:
    assert golden.store is not None
    before = digests(golden.store)
    for kind in ("sqlite", "postgresql"):
        taken = new_database(kind, made=True)
        held = digests(taken)
        ran = golden("store", "move", taken, "--lang", "en")
        assert (ran.code, ran.stdout) == (1, b"") and "not written over" in ran.stderr
        assert digests(taken) == held
    assert golden("store", "move", golden.store).code == 2
    assert digests(golden.store) == before


def test_a_move_that_fails_leaves_nothing(
    golden: InProcess, database: str, new_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from store import transfer

    assert golden.store is not None
    before, to = digests(golden.store), new_database(OTHER[database])
    honest = transfer.digest

    def forgetful(connection: object, table: object) -> object:
        found = honest(connection, table)  # type: ignore[arg-type]
        return transfer.Copied(found.table, found.rows - (found.table == "payment"), found.digest)

    monkeypatch.setattr(transfer, "digest", forgetful)
    ran = golden("store", "move", to, "--lang", "en")
    assert ran.code == 1 and "payment" in ran.stderr
    monkeypatch.undo()
    assert not store_at(to).exists()
    assert digests(golden.store) == before
    assert not list(Path(to).parent.glob(".*.part")) if database == "postgresql" else True


def test_a_backup_is_restored_as_it_was(
    golden: InProcess, database: str, new_database: Callable[..., str], tmp_path: Path, home: Path
) -> None:
    assert golden.store is not None
    said, file = answers(golden), tmp_path / "backup.db"
    before = digests(golden.store)
    told = golden("store", "backup", str(file), "--format", "json", check=0).json()
    assert told["method"] == {"sqlite": "pages", "postgresql": "rows"}[database]
    manifest = json.loads(Path(told["manifest"]).read_text("utf-8"))
    assert manifest["rows"] == {name: count for name, (count, _) in before.items()}
    assert (manifest["bytes"], manifest["sha256"]) == (file.stat().st_size, told["sha256"])
    assert verbs(golden)[-1] == "store_backup"
    assert sorted(each.name for each in tmp_path.glob("*backup*")) == ["backup.db", "backup.db.manifest.json"]
    for kind in ("sqlite", "postgresql"):
        restored = InProcess(home, new_database(kind))
        restored("store", "restore", str(file), check=0)
        assert restored.store is not None
        assert but_the_trace(digests(restored.store)) == but_the_trace(before)
        assert (answers(restored), verbs(restored)[-1]) == (said, "store_restore")
        assert restored("store", "restore", str(file)).code == 1
    assert golden("store", "backup", str(file)).code == 1


def test_a_backup_that_was_changed_is_refused(
    golden: InProcess, new_database: Callable[..., str], tmp_path: Path, home: Path
) -> None:
    file = tmp_path / "backup.db"
    golden("store", "backup", str(file), check=0)
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE payment SET amount = amount + 1")
    raw.close()
    place = new_database("sqlite")
    ran = InProcess(home, place)("store", "restore", str(file), "--lang", "en")
    assert ran.code == 1 and "SHA-256" in ran.stderr
    assert not Path(place).exists()


def test_a_backup_holds_one_moment_while_others_write(
    golden: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "PAGES", 1)
    assert golden.store is not None
    store, actor = store_at(golden.store), Actor(OWNER, "root", NOW, NOW.date())
    begun, done, written = threading.Event(), threading.Event(), []

    def write_on() -> None:
        other = store_at(golden.store)
        while not done.is_set():
            with writing(other) as connection:
                written.append(trace.record(connection, actor, "export", ("view", "failed"), {"rows": 1}))
            begun.set()
        other.engine.dispose()

    writer = threading.Thread(target=write_on)
    writer.start()
    begun.wait()
    made = backups.backup(store, actor, tmp_path / "b.db")
    done.set()
    writer.join()
    store.engine.dispose()
    assert made.trace is not None
    last = int(made.trace.split(":")[0])
    assert written[0] <= last < made.event
    kept = Store(store_at(tmp_path / "b.db").url, kept=True)
    with reading(kept) as connection:
        assert verify(connection) == []
        assert connection.execute(select(func.count()).select_from(event)).scalar() == last
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_store_tells_how_it_is(golden: InProcess, database: str) -> None:
    told = golden("store", "info", "--format", "json", "--lang", "en", check=0)
    found = told.json()
    assert found["database"] == database and found["bytes"] > 0 and found["read_only"] is False
    assert {each["table"] for each in found["tables"]} == set(metadata.tables)
    payments = next(each for each in found["tables"] if each["table"] == "payment")
    assert payments["rows"] > 0 and payments["exactness"] == "exact"
    assert [each["concern"] for each in found["concerns"]] == ["never_backed_up"]
    assert "never backed up" in told.stderr


def test_a_store_is_spread_only_where_citus_is(golden: InProcess, database: str) -> None:
    ran = golden("store", "distribute", "--lang", "en")
    assert (ran.code, ran.stdout) == (1, b"")
    assert {"sqlite": "store move", "postgresql": "no Citus extension"}[database] in ran.stderr
    assert "store_distribute" not in verbs(golden)


def test_the_plan_of_a_cluster_widens_keys_that_the_database_has(golden: InProcess, database: str) -> None:
    ran = golden("store", "distribute", "--dry-run", "--format", "json")
    if database == "sqlite":
        assert ran.code == 1
        return
    statements = [row["statement"] for row in ran.json()]
    spread = [each for each in statements if "create_distributed_table" in each]
    big = sorted(table.name for table in metadata.sorted_tables if "home" in table.c)
    assert [each.split("'")[1] for each in spread] == big and len(big) >= 5
    assert not [name for name in distributing.REFERENCE if name not in metadata.tables]
    store, before = store_at(golden.store), answers(golden)
    with writing(store) as connection:
        for each in statements:
            if not each.startswith(("SELECT", "SET")):  # what needs no Citus is run
                connection.exec_driver_sql(each)
        unique = "SELECT tablename, indexdef FROM pg_indexes WHERE indexdef LIKE 'CREATE UNIQUE%%'"
        found = [row for row in connection.exec_driver_sql(unique) if row.tablename in big]
        assert {row.tablename for row in found} == set(big)
        assert [row.indexdef for row in found if not row.indexdef.endswith("home)")] == []
    store.engine.dispose()
    assert answers(golden) == before
    again = golden("import", str(CASES / "3-october"), "--format", "json", "--as-of", "2025-10-20")
    assert again.code in (0, 3) and answers(golden) == before


def test_a_missing_index_is_named(golden: InProcess) -> None:
    store = store_at(golden.store)
    with writing(store) as connection:
        connection.exec_driver_sql("DROP INDEX payment_reissue")
    store.engine.dispose()
    found = golden("store", "info", "--format", "json", check=0).json()
    assert {"concern": "index_missing", "about": "payment: payment_reissue"} in found["concerns"]


def test_compact_gives_space_back_and_changes_nothing(golden: InProcess, database: str) -> None:
    assert golden.store is not None
    store = store_at(golden.store)
    with writing(store) as connection:
        connection.exec_driver_sql("CREATE TABLE ballast (line TEXT)")
        long = "x" * 2_000_000
        connection.exec_driver_sql(f"INSERT INTO ballast VALUES ('{long}')")
    with writing(store) as connection:
        connection.exec_driver_sql("DROP TABLE ballast")
    store.engine.dispose()
    before = digests(golden.store)
    told = golden("store", "compact", "--format", "json", check=0).json()
    assert told["won"] == told["bytes_before"] - told["bytes_after"]
    if database == "sqlite":
        assert told["won"] >= 1_900_000
    assert but_the_trace(digests(golden.store)) == but_the_trace(before)
    assert verbs(golden)[-1] == "store_compact"


@pytest.mark.parametrize(
    "words", [("info",), ("backup", "b.db"), ("compact",), ("move", "other.db")], ids=lambda words: words[0]
)
def test_a_post_that_sees_a_part_may_not(golden: InProcess, words: tuple[str, ...], tmp_path: Path) -> None:
    made = ("posts", "add", "COUNTY", "--name", "县", "--kind", "discipline", "--region", "511025")
    golden(*made, check=0)
    ran = golden("store", *words, "--post", "COUNTY", "--lang", "en", cwd=tmp_path)
    assert (ran.code, ran.stdout) == (1, b"") and "whole store" in ran.stderr
    assert list(tmp_path.iterdir()) == []

"""What can break under a store: a place that is read-only, a disk that is full, a server that restarts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Connection

from commands.desk import login
from console.watcher import watch
from store import database as door
from store.database import Store, reading, store_at, writing
from store.errors import NotDone, SuperviseError
from store.models.posts import Actor, Post
from store.services import imports, trace
from store.services.imports import Wanted
from store.services.opening import open_store
from tests import intake_state, postgres
from tests.builders import card_no, citizen_id, write, write_reference
from tests.running import InProcess

NOW = datetime(2025, 9, 1, 8, 30)
OWNER = Post("owner", login(), "discipline", logins=(login(),), everything=True)
ACTOR = Actor(OWNER, login(), NOW, NOW.date())
DAY = ("--as-of", "2025-10-20", "--format", "json")
PATIENCE = 60


def mounted(folder: Path, size: str = "64m") -> bool:
    """Whether a file system of its own could be put there."""
    made = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return sys.platform == "linux" and os.getuid() == 0 and subprocess.run(made, check=False).returncode == 0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Path, Callable[[], None]]]:
    """A folder, and what makes it a place where nothing may be written."""
    folder = tmp_path / "place"
    folder.mkdir()
    if mounted(folder):
        yield folder, lambda: remount(folder, "ro")
        subprocess.run(["umount", "-l", str(folder)], check=True)
    elif os.getuid() != 0:

        def close() -> None:
            for each in folder.iterdir():
                each.chmod(0o444)
            folder.chmod(0o555)

        yield folder, close
        folder.chmod(0o755)
    else:
        pytest.skip("root may write everywhere, and nothing can be mounted here")


def remount(folder: Path, options: str) -> None:
    """Change a mount."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def test_a_store_where_nothing_may_be_written_is_read(
    golden_template: Path, place: tuple[Path, Callable[[], None]], home: Path
) -> None:
    folder, close = place
    path = Path(shutil.copyfile(golden_template, folder / "store.db"))
    usual = InProcess(home, str(golden_template))
    close()
    supervise = InProcess(home, str(path))
    for words in (("overdue", "--kind", "all"), ("failed", "--all"), ("home",), ("audit", "verify")):
        ran = supervise(*words, *DAY, "--lang", "en", check=0)
        assert ran.stdout == usual(*words, *DAY, check=0).stdout
        assert "is opened read-only" in ran.stderr
    ran = supervise("settings", "set", "failure.days", "9", "--lang", "en")
    assert (ran.code, ran.stdout) == (1, b"") and "can only be read" in ran.stderr
    assert supervise("overdue", *DAY, "--reveal", "--why", "T").code == 1
    assert supervise("store", "info", *DAY, check=0).json()["read_only"] is True
    assert [each.name for each in folder.iterdir()] == ["store.db"]


def test_a_log_that_was_not_merged_is_read_or_told_of(
    golden_template: Path, place: tuple[Path, Callable[[], None]], home: Path, tmp_path: Path
) -> None:
    folder, close = place
    shutil.copyfile(golden_template, tmp_path / "store.db")
    source = store_at(tmp_path / "store.db")
    with writing(source) as connection:
        trace.record(connection, ACTOR, "export", ("view", "failed"), {"rows": 1})
    # as a process leaves them that was killed: in the file is not yet what stands in the log
    for name in ("store.db", "store.db-wal"):
        shutil.copyfile(tmp_path / name, folder / name)
    source.engine.dispose()
    close()
    ran = InProcess(home, str(folder / "store.db"))("audit", *DAY[2:], "--lang", "en")
    if ran.code == 0:
        assert ran.json()[-1]["verb"] == "export"
    else:
        assert "was not merged" in ran.stderr


def test_the_pulse_of_a_store_that_is_read_only_sees_another_file(
    golden_template: Path, tmp_path: Path
) -> None:
    from store.pulse import Pulse

    path = Path(shutil.copyfile(golden_template, tmp_path / "store.db"))
    pulse = Pulse(Store(store_at(path).url, kept=True))
    first = pulse.beat()
    assert pulse.beat() == first
    other = store_at(path)
    with writing(other) as connection:
        trace.record(connection, ACTOR, "export", ("view", "failed"), {"rows": 1})
    assert pulse.beat() != first
    other.engine.dispose()


def files(folder: Path, payments: int) -> list[str]:
    """A batch with its payments, one in ten of which failed, in three files."""
    write_reference(folder, ["511025"])
    batch = {"batch_no": "B1", "programme_code": "A", "period": "202509", "region_code": "511025"}
    batch |= {"unit_code": "U1", "count": payments, "amount": payments, "submitted_on": "2025-08-20"}
    write(folder, "batches", [batch], "04-batches")
    paid = [
        {
            "payment_no": f"P{number:06d}",
            "batch_no": "B1",
            "person_id": citizen_id(number),
            "name": "张三",
            "card_no": card_no(number),
            "amount": "1.00",
            "region_code": "511025",
        }
        for number in range(payments)
    ]
    write(folder, "payments", paid, "05-payments")
    returned = [
        {
            "payment_no": row["payment_no"],
            "result": "failure" if number % 10 == 0 else "success",
            "settled_at": "2025-08-25",
            "reason": "户名不符" if number % 10 == 0 else None,
        }
        for number, row in enumerate(paid)
    ]
    write(folder, "returns", returned, "06-returns")
    return sorted(str(path) for path in folder.iterdir())


def take(store: Store, paths: list[str], door_: Callable[[], Any] | None = None) -> None:
    """Take files in, in small chunks."""
    imports.run(door_ or (lambda: writing(store)), ACTOR, paths, Wanted(chunk=500))


def state(store: Store) -> dict[str, Any]:
    """What imports left in a store, but for clocks and ids."""
    with reading(store) as connection:
        return intake_state.state(connection)


@pytest.fixture
def untroubled(tmp_path: Path, sqlite_template: Path) -> dict[str, Any]:
    """What a store holds after an import that nothing disturbed."""
    store = open_store(shutil.copyfile(sqlite_template, tmp_path / "untroubled.db"), False, login(), NOW)
    take(store, files(tmp_path / "files", 4_000))
    found = state(store)
    store.engine.dispose()
    return found


def test_a_disk_that_is_full_leaves_nothing_half_done(
    tmp_path: Path, sqlite_template: Path, untroubled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copyfile(sqlite_template, tmp_path / "store.db"))
    paths, prepare = files(tmp_path / "files", 4_000), door._prepare_sqlite
    room = path.stat().st_size // 4096 + 100

    def small(raw: Any, record: object) -> None:
        prepare(raw, record)
        raw.execute(f"PRAGMA max_page_count={room}")

    monkeypatch.setattr(door, "_prepare_sqlite", small)
    store = store_at(path)
    with pytest.raises(NotDone) as told:
        take(store, paths)
    assert told.value.key == "disk_full"
    store.engine.dispose()
    monkeypatch.undo()
    store = store_at(path)
    landed, told_landed = landed_payments(store)
    assert 0 < landed == told_landed < 4_000
    take(store, paths)
    assert state(store) == untroubled
    store.engine.dispose()


def landed_payments(store: Store) -> tuple[int, int]:
    """How many payments a store has, and how many its files say they brought."""
    told = (
        "SELECT (SELECT count(*) FROM payment), (SELECT sum(landed) FROM source_file WHERE feed = 'payments')"
    )
    with reading(store) as connection:
        there, brought = connection.exec_driver_sql(told).one()
    return int(there), int(brought)


def test_a_small_disk_is_told_of_and_the_import_goes_on_when_there_is_room(
    tmp_path: Path, sqlite_template: Path, untroubled: dict[str, Any], home: Path
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mounted(folder, f"{(sqlite_template.stat().st_size >> 10) + 400}k"):
        pytest.skip("nothing can be mounted here")
    try:
        path = Path(shutil.copyfile(sqlite_template, folder / "store.db"))
        files(tmp_path / "files", 4_000)
        supervise = InProcess(home, str(path))
        ran = supervise("import", str(tmp_path / "files"), "--lang", "en", "--as-of", "2025-09-01")
        assert ran.code == 1 and "disk is full" in ran.stderr, ran
        remount(folder, "size=64m")
        supervise("import", str(tmp_path / "files"), "--as-of", "2025-09-01", check=0)
        store = store_at(path)
        assert state(store) == untroubled
        store.engine.dispose()
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_an_import_goes_on_after_the_server_restarted(
    own_server: postgres.Server, tmp_path: Path, untroubled: dict[str, Any]
) -> None:
    store = open_store(own_server.url(own_server.create()), True, login(), NOW)
    paths, opened = files(tmp_path / "files", 4_000), []

    @contextmanager
    def stumbling() -> Iterator[Connection]:
        with writing(store) as connection:
            yield connection
            opened.append(connection)
            if len(opened) in (6, 12):
                own_server.stop()
                own_server.start()

    stumbled = 0
    while True:
        try:
            take(store, paths, stumbling)
            break
        except SuperviseError as error:
            assert error.key == "server_lost"
            stumbled += 1
    assert stumbled == 2
    assert state(store) == untroubled
    store.engine.dispose()


def test_the_watch_tells_of_a_server_that_is_gone_and_when_it_is_back(own_server: postgres.Server) -> None:
    store = open_store(own_server.url(own_server.create()), True, login(), NOW)
    changed, troubled, stop = Event(), Event(), Event()
    told: list[str] = []

    def trouble(error: SuperviseError) -> None:
        told.append(error.key)
        troubled.set()

    watcher = Thread(target=watch, args=(store, changed.set, trouble, stop, 0.05), daemon=True)
    watcher.start()
    assert changed.wait(PATIENCE)
    own_server.stop()
    assert troubled.wait(PATIENCE)
    changed.clear()
    own_server.start()
    assert changed.wait(PATIENCE)
    changed.clear()
    with writing(store) as connection:
        trace.record(connection, ACTOR, "export", ("view", "failed"), {"rows": 1})
    assert changed.wait(PATIENCE)
    stop.set()
    watcher.join(PATIENCE)
    assert set(told) <= {"server_lost", "server_unreached"}
    store.engine.dispose()

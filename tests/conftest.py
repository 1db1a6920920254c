"""What every test may ask for: a store on either database, and the command line on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from commands.desk import login
from store.database import Store, store_at
from store.services.opening import open_store
from tests import postgres
from tests.running import AsProcess, InProcess
from tests.worlds import brought

NOW = datetime(2025, 9, 1, 8, 30)
DATABASES = ("sqlite", "postgresql")

settings.register_profile("steady", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("steady")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A running PostgreSQL; where there is none the test is skipped, but on CI it fails."""
    try:
        with postgres.running() as server:
            yield server
    except postgres.NoServer as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def own_server() -> Iterator[postgres.Server]:
    """A PostgreSQL that may be stopped and started: no other test is on it."""
    try:
        with postgres.running() as server:
            yield server
    except postgres.NoServer as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server) -> str:
    """The name of a database that holds a new store, to be copied."""
    name = postgres_server.create()
    _made(postgres_server.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds a new store, to be copied."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    _made(str(path))
    return path


def _made(url: str) -> None:
    open_store(url, True, login(), NOW).engine.dispose()


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Makes places for stores: `new_database("sqlite")` is empty, with `made=True` a new store is there."""
    dropped: list[Callable[[], None]] = []

    def create(kind: str, made: bool = False, code_points: bool = False) -> str:
        if kind == "sqlite":
            path = tmp_path / f"store-{len(list(tmp_path.glob('store-*.db')))}.db"
            if made:
                shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
            return str(path)
        server: postgres.Server = request.getfixturevalue("postgres_server")
        template = request.getfixturevalue("postgres_template") if made else None
        name = server.create(template, code_points)
        dropped.append(lambda: server.drop(name))
        return server.url(name)

    yield create
    for drop in dropped:
        drop()


@pytest.fixture(scope="session")
def golden_templates() -> dict[str, str]:
    """Where stores that hold the contract's small world are, by the kind of database, as they are made."""
    return {}


@pytest.fixture
def golden(
    request: pytest.FixtureRequest,
    golden_templates: dict[str, str],
    database: str,
    tmp_path_factory: pytest.TempPathFactory,
    home: Path,
) -> Iterator[InProcess]:
    """The command line on a store that holds the contract's small world, all its drops imported."""
    server = request.getfixturevalue("postgres_server") if database == "postgresql" else None
    if database not in golden_templates:
        name = server.create() if server else str(tmp_path_factory.mktemp("golden") / "store.db")
        brought(InProcess(home, server.url(name) if server else name))
        golden_templates[database] = name
    if server:
        name = server.create(golden_templates[database])
        yield InProcess(home, server.url(name))
        server.drop(name)
    else:
        path = tmp_path_factory.mktemp("golden") / "store.db"
        shutil.copyfile(golden_templates[database], path)
        yield InProcess(home, str(path))


@pytest.fixture
def golden_store(golden: InProcess) -> Iterator[Store]:
    """The store of `golden`, open."""
    opened = store_at(golden.store)
    yield opened
    opened.engine.dispose()


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database a test runs on: it runs on each."""
    return str(request.param)


@pytest.fixture
def empty_url(database: str, new_database: Callable[..., str]) -> str:
    """Where a store may be made, and none is yet."""
    return new_database(database)


@pytest.fixture
def store_url(database: str, new_database: Callable[..., str]) -> str:
    """Where a new store is."""
    return new_database(database, made=True)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A new store, open."""
    opened = open_store(store_url, True, login(), NOW)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with nothing in it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def supervise(store_url: str, home: Path) -> InProcess:
    """The command line on the test's store, inside this process."""
    return InProcess(home, store_url)


@pytest.fixture
def supervise_process(store_url: str, home: Path) -> AsProcess:
    """The command line on the test's store, as a process of its own."""
    return AsProcess(home, store_url)


@pytest.fixture(scope="session")
def golden_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite store with the contract's small world in it, to be copied."""
    folder = tmp_path_factory.mktemp("golden")
    path = Path(shutil.copyfile(sqlite_template, folder / "store.db"))
    brought(InProcess(folder, str(path)))
    return path

"""A store and a seat at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from console.seat import Seat
from store.database import Store, reading
from store.queries.posts import all_posts
from store.services.opening import open_store
from tests.console.staging import NOW


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store, made once."""
    path = tmp_path_factory.mktemp("store") / "made.db"
    open_store(path, True, "root", NOW).engine.dispose()
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "store.db"
    shutil.copy(made, path)
    opened = open_store(path, False, "root", NOW)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def seat_at() -> Callable[..., Seat]:
    def at(store: Store, lang: str = "zh", day: date | None = None) -> Seat:
        with reading(store) as connection:
            (post,) = all_posts(connection)
        return Seat(store, post, "root", lang, day, lambda: NOW)

    return at

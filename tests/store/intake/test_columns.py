"""Files taken in as whole columns leave the store that reading each text by itself leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from store.arrays import Texts
from store.database import Store, reading, writing
from store.intake import sheets
from store.models import whole
from store.models.posts import Actor, Post
from store.readers import open_path
from store.services import entering, imports
from store.services.imported import Wanted
from store.services.opening import open_store
from tests.benchmarks.books.writing import Wanted as Books
from tests.benchmarks.books.writing import write_books
from tests.intake_state import state

NOW = datetime(2026, 11, 1, 9, 0)
OWNER = Post("owner", "tester", "discipline", logins=("tester",), everything=True)


def take(store: Store, paths: list[Path], chunk: int) -> Any:
    """Take files in; all that they leave."""
    actor = Actor(OWNER, "tester", NOW, NOW.date())
    shown = [str(path) for path in paths]
    imports.run(lambda: writing(store), actor, shown, Wanted(chunk=chunk))
    with reading(store) as connection:
        return state(connection)


def never(*_: object) -> None:
    """Leave every text to the careful reader."""


def nothing_plain(column: Texts) -> tuple[Any, Any]:
    """No text of a column is plain."""
    return np.zeros(len(column), dtype=np.int64), np.zeros(len(column), dtype=np.bool_)


def text_by_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on lines are cut one by one, and each text is read by itself."""

    def opened(path: Path, shown: str) -> Any:
        return [replace(sheet, grids=None) for sheet in open_path(path, shown)]

    monkeypatch.setattr(entering, "open_path", opened)
    monkeypatch.setattr(sheets, "money", nothing_plain)
    monkeypatch.setattr(whole, "numbers", never)
    monkeypatch.setattr(whole, "texts", never)


@pytest.mark.parametrize(
    ("encoding", "scattered", "spoiled"),
    [("utf-8", False, 3), ("gb18030", True, 10), ("xlsx", True, 4), ("utf-8", True, 0)],
)
def test_columns_and_texts_leave_the_same_store(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    scattered: bool,
    spoiled: int,
) -> None:
    books = Books(1500, scattered=scattered, encoding=encoding, spoiled=spoiled, per_file=800)
    paths = write_books(tmp_path / "books", books)
    at_once = take(store, paths, 400)
    careful = open_store(tmp_path / "careful.db", True, "tester", NOW)
    text_by_text(monkeypatch)
    assert take(careful, paths, 150) == at_once
    careful.engine.dispose()
    assert bool(at_once["reject"]) == bool(spoiled)
    assert at_once["failure"]

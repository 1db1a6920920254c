"""An export is recorded before it is there, and its manifest says what it is."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from store.database import Store, reading, writing
from store.errors import NotDone
from store.models.posts import Actor, Post
from store.models.trace import event
from store.services.exports import Asked, export, manifest_of
from store.tables import Fen, table_of

ACTOR = Actor(
    Post("owner", "x", "audit", everything=True), "何丽", datetime(2025, 9, 30, 9), date(2025, 9, 29)
)


@dataclass(frozen=True)
class Row:
    name: str
    amount: Fen


TABLE = table_of(Row, [Row("一", 100), Row("二", 250)])


@pytest.mark.parametrize("form", ["csv", "json", "markdown", "table", "xlsx"])
def test_a_file_has_its_manifest_and_its_event(store: Store, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"失败.{form}"
    asked = Asked("failed", form, "zh", {"county": "511025", "marked": True})
    made = export(lambda: writing(store), ACTOR, [TABLE], asked, path)
    told = json.loads(manifest_of(path).read_text("utf-8"))
    digest = sha256(path.read_bytes()).hexdigest()
    assert told == {
        "file": path.name,
        "view": "failed",
        "filters": {"county": "511025", "marked": True},
        "as_of": "2025-09-29",
        "post": "owner",
        "login": "何丽",
        "made_at": "2025-09-30 09:00:00",
        "format": form,
        "revealed": False,
        "rows": 2,
        "columns": ["name", "amount"],
        "sha256": digest,
        "bytes": path.stat().st_size,
        "event": made.seq,
    }
    assert (made.rows, made.sha256) == (2, digest)
    with reading(store) as connection:
        row = connection.execute(select(event).where(event.c.seq == made.seq)).one()
    detail = json.loads(row.detail)
    assert (row.verb, row.subject, detail["sha256"], detail["rows"]) == ("export", "failed", digest, 2)
    assert sorted(each.name for each in tmp_path.iterdir() if "store" not in each.name) == sorted(
        (path.name, manifest_of(path).name)
    )


def test_what_cannot_be_recorded_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before")

    def broken() -> AbstractContextManager[Connection]:
        raise NotDone("store_locked", store="x")

    with pytest.raises(NotDone):
        export(broken, ACTOR, [TABLE], Asked("failed", "csv", "zh"), path)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_an_export_replaces_no_folder_and_says_where_it_cannot_write(store: Store, tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    for path in (tmp_path / "d.csv", tmp_path / "nowhere" / "a.csv"):
        with pytest.raises(NotDone, match=path.name):
            export(lambda: writing(store), ACTOR, [TABLE], Asked("failed", "csv", "zh"), path)

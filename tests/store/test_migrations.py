"""The migrated store is the one the models mean, and what is no store is told from one in a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

from commands.desk import login
from store import database as door
from store import discovery
from store.database import Store, reading, store_at, writing
from store.models.schema import metadata
from store.queries.audit import verify
from store.services import opening
from store.services.opening import head, open_store
from tests.conftest import NOW
from tests.postgres import Server
from tests.running import InProcess, Ran


def test_the_migrated_store_equals_the_models(store: Store) -> None:
    with reading(store) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_every_column_of_the_models_is_nullable_or_not_as_migrated(store: Store) -> None:
    # what compare_metadata does not look at: primary keys, and what partial indexes are partial to
    from sqlalchemy import inspect

    with reading(store) as connection:
        inspector = inspect(connection)
        for table in metadata.sorted_tables:
            key = inspector.get_pk_constraint(table.name)["constrained_columns"]
            assert key == [column.name for column in table.primary_key], table.name
            partial = {index["name"] for index in inspector.get_indexes(table.name) if _is_partial(index)}
            assert partial == {
                index.name
                for index in table.indexes
                if index.dialect_options[connection.dialect.name]["where"] is not None
            }, table.name


def _is_partial(index: object) -> bool:
    options = index.get("dialect_options", {})  # type: ignore[attr-defined]
    return any(name.endswith("_where") and options[name] is not None for name in options)


def test_a_new_store_has_its_owner_and_a_whole_trace(store: Store) -> None:
    with reading(store) as connection:
        assert verify(connection) == []
        owners = connection.execute(text("SELECT code, everything FROM post")).all()
        assert [(code, bool(everything)) for code, everything in owners] == [("owner", True)]


def test_opening_a_store_again_changes_nothing(store: Store, store_url: str) -> None:
    again = open_store(store_url, False, "somebody", NOW)
    with reading(again) as connection:
        assert connection.execute(text("SELECT count(*) FROM post")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM event")).scalar() == 1
    again.engine.dispose()


def _made_by(store: Store, version: str) -> None:
    """A store as an earlier version made it."""
    config = Config()
    config.set_main_option("script_location", str(Path(opening.__file__).parents[1] / "migrations"))
    with writing(store) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        opening._found(connection, login(), NOW)


@pytest.mark.parametrize("version", discovery.names(opening.VERSIONS)[:-1])
def test_a_store_of_each_earlier_version_is_brought_up_when_it_is_opened(
    empty_url: str, version: str
) -> None:
    old = store_at(empty_url)
    _made_by(old, version)
    with reading(old) as connection:
        before = connection.execute(text("SELECT * FROM event")).all()
    old.engine.dispose()
    opened = open_store(empty_url, False, "somebody", NOW)
    with reading(opened) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == head()
        assert connection.execute(text("SELECT * FROM event")).all() == before
        assert verify(connection) == []
    opened.engine.dispose()


LOOSE = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('character varying', 'text')
    AND table_name <> 'alembic_version' AND collation_name IS DISTINCT FROM 'C'
"""


def test_text_is_sorted_by_code_point_whatever_the_database_prefers(new_database: Callable[..., str]) -> None:
    words = ["何", "一", "a", "B", "A", "b", "丁", "é", "𠮷", "Z", "·", "0"]
    for code_points in (False, True):
        store = open_store(new_database("postgresql", code_points=code_points), True, login(), NOW)
        with writing(store) as connection:
            for word in words:
                connection.execute(text("INSERT INTO setting (key, value) VALUES (:k, 'x')"), {"k": word})
        with reading(store) as connection:
            got = connection.scalars(text("SELECT key FROM setting ORDER BY key")).all()
            plain = connection.scalars(text("SELECT column1 FROM (VALUES ('a'), ('B')) v ORDER BY 1")).all()
            loose = connection.execute(text(LOOSE)).all()
            version = connection.dialect.server_version_info or (0,)
        store.engine.dispose()
        assert got == sorted(words)
        assert loose == []
        if version >= (15,):
            assert plain == (["B", "a"] if code_points else ["a", "B"]), "the database itself sorts otherwise"


def told(ran: Ran, code: int = 1) -> str:
    """The one sentence of a run that could not be done."""
    assert ran.code == code, str(ran)
    assert ran.stdout == b""
    lines = ran.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith("supervise: "), str(ran)
    assert "Traceback" not in ran.stderr and ".log" not in ran.stderr, str(ran)
    return lines[0]


@pytest.fixture
def at(home: Path) -> Callable[[object], InProcess]:
    """The command line on the store that is named."""
    return lambda name: InProcess(home, str(name))


SQLITE_HEADER = b"SQLite format 3\x00"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_alien_sqlite_database_is_no_store(
    at: Callable[..., InProcess], tmp_path: Path, lang: str
) -> None:
    path = tmp_path / "alien.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE moz_places (id INTEGER)")
    before = path.read_bytes()
    assert str(path) in told(at(path)("posts", "--lang", lang))
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("moz_places",)]
    assert len(path.read_bytes()) == len(before)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no database at all" * 50,
        SQLITE_HEADER + b"\xff" * 5000,
        "户名不符\n".encode() * 300,
        b"x",
    ],
    ids=["zip", "header", "text", "one"],
)
def test_a_file_that_is_no_database_is_no_store(
    at: Callable[..., InProcess], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "damaged.db"
    path.write_bytes(content)
    assert str(path) in told(at(path)("posts"))
    assert path.read_bytes() == content


def test_a_damaged_store_is_told(at: Callable[..., InProcess], new_database: Callable[..., str]) -> None:
    path = Path(new_database("sqlite", made=True))
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xa5" * 3996
    path.write_bytes(content)
    assert str(path) in told(at(path)("posts"))


def test_a_store_cut_in_half_is_told(at: Callable[..., InProcess], new_database: Callable[..., str]) -> None:
    path = Path(new_database("sqlite", made=True))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert str(path) in told(at(path)("audit"))


def test_a_newer_store_is_left_alone(store: Store, supervise: InProcess) -> None:
    with writing(store) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'v9999_of_tomorrow'"))
    assert "v9999_of_tomorrow" in told(supervise("posts"))
    with reading(store) as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "v9999_of_tomorrow"
        assert head() != "v9999_of_tomorrow"


def test_a_missing_store_is_told_where_none_is_made(
    database: str, at: Callable[..., InProcess], empty_url: str
) -> None:
    told(at(empty_url)("audit"))
    assert not store_at(empty_url).exists()


def test_a_missing_store_is_made_where_one_may_be(
    database: str, at: Callable[..., InProcess], empty_url: str
) -> None:
    rows = at(empty_url)("posts", "--format", "json", check=0).json()
    assert [row["code"] for row in rows] == ["owner"]


def test_a_missing_folder_is_told(at: Callable[..., InProcess], tmp_path: Path) -> None:
    path = tmp_path / "没有" / "store.db"
    assert str(path) in told(at(path)("posts"))
    assert not path.parent.exists()


def test_a_folder_is_no_store(at: Callable[..., InProcess], tmp_path: Path) -> None:
    assert str(tmp_path) in told(at(tmp_path)("posts"))


def test_a_locked_store_is_told(
    at: Callable[..., InProcess], new_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "BUSY_MS", 50)
    path = new_database("sqlite", made=True)
    at(path)("posts", check=0)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        add = (
            "posts",
            "add",
            "zizhong",
            "--name",
            "资中县监督岗",
            "--kind",
            "discipline",
            "--region",
            "511025",
        )
        assert path in told(at(path)(*add))
        at(path)("posts", check=0)
    finally:
        holder.rollback()
        holder.close()
    at(path)(*add, check=0)


def test_a_url_that_names_no_database_is_told(at: Callable[..., InProcess]) -> None:
    told(at("oracle9i://x@y/z")("posts"))


def test_a_server_that_is_not_there_is_told_without_its_password(
    at: Callable[..., InProcess], tmp_path: Path
) -> None:
    said = told(at(f"postgresql+psycopg://someone:s3cret@/x?host={tmp_path}")("posts"))
    assert "s3cret" not in said
    said = told(at("postgresql+psycopg://someone:s3cret@127.0.0.1:1/x")("posts"))
    assert "s3cret" not in said


def test_a_database_that_the_server_does_not_have_is_told(
    at: Callable[..., InProcess], postgres_server: Server
) -> None:
    with pytest.raises(psycopg.OperationalError):
        postgres_server.connect("nowhere")
    told(at(postgres_server.url("nowhere"))("posts"))


def test_an_alien_database_of_a_server_is_no_store(
    at: Callable[..., InProcess], new_database: Callable[..., str]
) -> None:
    url = new_database("postgresql")
    store = store_at(url)
    with writing(store) as connection:
        connection.execute(text("CREATE TABLE budget (id INTEGER)"))
    store.engine.dispose()
    told(at(url)("posts"))

"""A real PostgreSQL for the tests: made in a folder of its own, and taken away again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

QUICK = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "listen_addresses=",
    "max_connections=60",
)
TOO_LONG = 60


class NoServer(Exception):
    """There are no PostgreSQL binaries here, or the server did not start."""


def binaries() -> Path:
    """The folder of the newest PostgreSQL on this machine; NoServer where there is none."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    newest = sorted((f for f in folders if f.parent.name.isdigit()), key=lambda f: -int(f.parent.name))
    on_path = shutil.which("initdb")
    for folder in [*newest, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer("no PostgreSQL on this machine: install the package postgresql")


def _other_user() -> dict[str, Any]:
    """What makes a subprocess run as somebody else where we are root, whom PostgreSQL refuses."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL refuses root, and there is no user postgres or nobody to run it as")


class Process:
    """The server's own process, which can be ended and begun again."""

    def __init__(self, begin: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._begin = begin
        self.now = begin()

    def end(self) -> None:
        """End it: who is connected is sent away in the middle of what they do."""
        self.now.send_signal(signal.SIGINT)
        try:
            self.now.wait(TOO_LONG)
        except subprocess.TimeoutExpired:
            self.now.kill()

    def begin(self) -> None:
        """Begin it again, on the same data."""
        self.now = self._begin()


@dataclass(frozen=True)
class Server:
    """A running server; databases are made and dropped in it."""

    folder: Path
    process: Process

    def stop(self) -> None:
        """Stop the server; whatever was committed stays."""
        self.process.end()

    def start(self) -> None:
        """Start it again, and wait until it answers."""
        self.process.begin()
        _wait_for(self, self.process.now)

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A connection past every layer of the program."""
        return psycopg.connect(host=str(self.folder), user="supervise", dbname=database, autocommit=True)

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://supervise@/{database}?host={self.folder}"

    def create(self, template: str | None = None, code_points: bool = False) -> str:
        """A new database and its name: a copy of `template`, or an empty one.

        An empty one sorts text as Chinese readers do (pinyin, a before B), so that whoever forgets to ask for
        code points is found out; with `code_points` it sorts by them.
        """
        name = f"t{uuid4().hex[:12]}"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template or "template0")
        )
        with self.connect() as connection:
            if template is None:
                icu = not code_points and connection.info.server_version >= 150000
                made += sql.SQL(
                    " ENCODING 'UTF8'" + (" LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN'" if icu else "")
                )
            connection.execute(made)
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still in it."""
        with self.connect() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the block lasts."""
    programs, other = binaries(), _other_user()
    # a socket's path has room for a hundred characters, and the other user has to get there
    root = "/tmp" if os.path.isdir("/tmp") else None
    folder = Path(tempfile.mkdtemp(prefix="supervise-pg-", dir=root))
    process: Process | None = None
    try:
        if other:
            os.chown(folder, other["user"], other["group"])
        common: dict[str, Any] = {**other, "cwd": folder, "stdin": subprocess.DEVNULL}
        common["env"] = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        data = str(folder / "data")
        make = [str(programs / "initdb"), "-D", data, "-U", "supervise", "--auth=trust", "--no-sync"]
        made = subprocess.run([*make, "--encoding=UTF8", "--locale=C"], capture_output=True, **common)
        if made.returncode != 0:
            raise NoServer(f"initdb failed: {made.stderr.decode(errors='replace')}")
        log = (folder / "log").open("ab")
        start = [str(programs / "postgres"), "-D", data, "-k", str(folder)]
        settings = [word for setting in QUICK for word in ("-c", setting)]
        process = Process(lambda: subprocess.Popen([*start, *settings], stdout=log, stderr=log, **common))
        server = Server(folder, process)
        _wait_for(server, process.now)
        yield server
    finally:
        if process is not None:
            process.end()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + TOO_LONG
    while True:
        try:
            server.connect().close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                told = (server.folder / "log").read_text(errors="replace")
                raise NoServer(f"PostgreSQL did not start: {error}\n{told}") from error
        time.sleep(0.05)

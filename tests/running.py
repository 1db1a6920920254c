"""Runs the command line, inside this process (quick) or as a process of its own (as a script would)."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PRIVATE = (
    "LC_ALL",
    "LC_MESSAGES",
    "LANGUAGE",
    "SUPERVISE_STORE",
    "SUPERVISE_POST",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
)


def object_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in its own order; a key that stands twice is an error."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(f"a key stands twice: {[key for key, _ in pairs]}")
    return made


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left: its exit code, and what it wrote."""

    argv: tuple[str, ...]
    code: int
    stdout: bytes
    stderr: str

    @property
    def text(self) -> str:
        """Standard output, which is UTF-8."""
        return self.stdout.decode("utf-8")

    def json(self) -> Any:
        """Standard output as JSON."""
        try:
            return json.loads(self.text, object_pairs_hook=object_once)
        except ValueError as error:
            raise AssertionError(f"{error}\n{self}") from error

    def __str__(self) -> str:
        out = self.stdout.decode("utf-8", "backslashreplace")
        return f"supervise {' '.join(self.argv)}\nexit {self.code}\n{out[:2000]}\n{self.stderr[:4000]}"


@dataclass(frozen=True)
class InProcess:
    """The command line inside this process, on one store."""

    home: Path
    store: str | None

    def __call__(
        self,
        *argv: str,
        cwd: Path | None = None,
        lang: str = "C.UTF-8",
        encoding: str = "utf-8",
        env: Mapping[str, str] | None = None,
        check: int | None = None,
    ) -> Ran:
        """Run it; with `check` any other exit code fails the test with all that was said."""
        from commands import app
        from store import database

        out, err = io.BytesIO(), io.BytesIO()
        engines: list[Any] = []
        make_engine = database.create_engine

        def create_engine(*args: Any, **kwargs: Any) -> Any:
            engines.append(make_engine(*args, **kwargs))
            return engines[-1]

        with pytest.MonkeyPatch.context() as patch:
            for name in PRIVATE:
                patch.delenv(name, raising=False)
            for name, value in environment(self.home, self.store, lang, env).items():
                patch.setenv(name, value)
            if cwd is not None:
                patch.chdir(cwd)
            patch.setattr(sys, "argv", ["supervise", *argv])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", write_through=True))
            patch.setattr(database, "create_engine", create_engine)
            try:
                app.main()
                code: Any = 0
            except SystemExit as exit:
                code = exit.code
            finally:
                for engine in engines:
                    engine.dispose()
            sys.stdout.flush()
            sys.stderr.flush()
            written, said = out.getvalue(), err.getvalue().decode("utf-8", "backslashreplace")
        ran = Ran(argv, code if isinstance(code, int) else int(code is not None), written, said)
        assert check is None or ran.code == check, str(ran)
        return ran


@dataclass(frozen=True)
class AsProcess:
    """The command line as a process of its own with a clean environment, on one store."""

    home: Path
    store: str | None

    def __call__(
        self,
        *argv: str,
        cwd: Path | None = None,
        lang: str = "C.UTF-8",
        env: Mapping[str, str] | None = None,
        python: Sequence[str] = (),
    ) -> Ran:
        """Run it; `python` are options of the interpreter."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
        ran = subprocess.run(
            [sys.executable, *python, "-m", "commands", *argv],
            cwd=cwd or self.home,
            env={**kept, "PYTHONPATH": str(ROOT), **environment(self.home, self.store, lang, env)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )
        return Ran(argv, ran.returncode, ran.stdout, ran.stderr.decode("utf-8", "backslashreplace"))


def environment(
    home: Path, store: str | None, lang: str = "C.UTF-8", more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment of a run: a home and a store of its own."""
    made = {"HOME": str(home), "LANG": lang, "COLUMNS": "200"}
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        made[name] = str(home / name.lower())
    if store is not None:
        made["SUPERVISE_STORE"] = store
    return {**made, **(more or {})}

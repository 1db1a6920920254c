"""A folder that is watched: what is dropped is taken when it has settled, and put away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.watching import put_away
from tests.running import ROOT

REGIONS = "region_code,name\n511002,市中区\n"


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something is true, or fail."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_file_is_put_away_under_a_name_that_is_free(tmp_path: Path) -> None:
    (tmp_path / "done").mkdir()
    (tmp_path / "done" / "a.csv").write_text("old")
    (tmp_path / "a.csv").write_text("new")
    place = put_away(tmp_path / "a.csv", "done")
    assert place == tmp_path / "done" / "a.1.csv"
    assert place.read_text() == "new"
    assert (tmp_path / "done" / "a.csv").read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_what_is_dropped_is_taken_and_put_away(tmp_path: Path) -> None:
    folder = tmp_path / "drops"
    folder.mkdir()
    env = {**os.environ, "SUPERVISE_STORE": str(tmp_path / "s.db"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "commands", "import", "--watch", str(folder), "--lang", "en"]
    watcher = subprocess.Popen(
        command, env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        (folder / "regions.csv").write_text(REGIONS, encoding="utf-8")
        (folder / "alien.csv").write_text("colour,weight\nred,12\n", encoding="utf-8")
        until(
            lambda: (folder / "done" / "regions.csv").exists() and (folder / "failed" / "alien.csv").exists()
        )
        assert not list(folder.glob("*.csv"))
        (folder / "regions.csv").write_text(REGIONS + "511025,资中县\n", encoding="utf-8")
        until(lambda: (folder / "done" / "regions.1.csv").exists())
    finally:
        watcher.send_signal(signal.SIGINT)
        out, err = watcher.communicate(timeout=30)
    assert watcher.returncode == 0, err
    assert "regions" in out
    assert "Traceback" not in err


def test_a_folder_that_is_none_is_said(tmp_path: Path, supervise: Callable[..., object]) -> None:
    ran = supervise("import", "--watch", str(tmp_path / "nowhere"), "--lang", "en")
    assert ran.code == 1  # type: ignore[attr-defined]

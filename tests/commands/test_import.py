"""`supervise import` as a script and an officer meet it: exit codes, sentences, a folder that is watched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running import ROOT, AsProcess, InProcess, environment

PATIENCE = 30.0
PROGRAMMES = "programme_code,name,unit_kind,cycle\nA01,低保,民政,按月\n"
UNITS = "unit_code,name,kind,region_code\nU1,财政局,财政,511025\n"


def written(path: Path, text: str) -> Path:
    """A file with a text, put there at once."""
    partial = path.with_name(f".{path.name}")
    partial.write_text(text, encoding="utf-8")
    partial.rename(path)
    return path


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fail when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"it never came that {what}"
        time.sleep(0.05)


@contextmanager
def watching(supervise: AsProcess, folder: Path, *argv: str) -> Iterator[subprocess.Popen[bytes]]:
    """`supervise import --watch` as a process of its own; it is ended in any case."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "commands", "import", "--watch", str(folder), *argv],
        env={**env, **environment(supervise.home, supervise.store)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        until(lambda: (folder / "failed").is_dir(), "the folder is watched")
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def ended(process: subprocess.Popen[bytes]) -> tuple[int, list[list[dict[str, object]]], str]:
    """End it as Ctrl-C does: its exit code, its reports, and what it said."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    decoder, reports, text = json.JSONDecoder(), [], out.decode().strip()
    while text:
        report, end = decoder.raw_decode(text)
        reports.append(report)
        text = text[end:].strip()
    return process.returncode, reports, err.decode()


def test_a_watched_folder_is_emptied_file_by_file(
    new_database: Callable[..., str], home: Path, tmp_path: Path
) -> None:
    supervise = AsProcess(home, new_database("sqlite", made=True))
    folder = tmp_path / "drop"
    (folder / "done").mkdir(parents=True)
    (folder / "done" / "units.csv").write_text("kept")
    (folder / "done" / "units.1.csv").write_text("kept too")
    written(folder / "units.csv", UNITS)
    with watching(supervise, folder, "--format", "json") as process:
        until(lambda: (folder / "done" / "units.2.csv").exists(), "the first file is taken")
        written(folder / "programmes.csv", PROGRAMMES)
        written(folder / "alien.csv", "a,b\n1,2\n")
        written(folder / "broken.csv.gz", "\x1f\x00")
        (folder / "broken.csv.gz").write_bytes(b"\x1f\x8b\x08\x00garbage")
        moved = ("done/programmes.csv", "failed/alien.csv", "failed/broken.csv.gz")
        until(lambda: all((folder / name).exists() for name in moved), "the others are taken")
        until(lambda: not list(folder.glob("*.*")), "the folder is empty")
        code, reports, said = ended(process)
    assert code == 0, said
    figures = [(row["file"], row["feed"], row["landed"], row["rejected"]) for rows in reports for row in rows]
    assert figures[0] == (f"{folder}/units.csv", "units", 1, 0)
    assert sorted(figures[1:]) == [
        (f"{folder}/alien.csv", None, 0, 1),
        (f"{folder}/programmes.csv", "programmes", 1, 0),
    ]
    assert (folder / "done" / "units.csv").read_text() == "kept"
    assert (folder / "done" / "units.1.csv").read_text() == "kept too"
    assert "Traceback" not in said
    assert "broken.csv.gz" in said


def test_a_file_that_grows_is_left_until_it_has_settled(
    new_database: Callable[..., str], home: Path, tmp_path: Path
) -> None:
    supervise = AsProcess(home, new_database("sqlite", made=True))
    folder = tmp_path / "drop"
    folder.mkdir()
    with watching(supervise, folder, "--format", "json") as process:
        growing = folder / "units.csv"
        growing.write_text("unit_code,name,kind,region_code\n", encoding="utf-8")
        grown, lines = time.monotonic(), 0
        while lines < 8 and growing.exists():
            with growing.open("a", encoding="utf-8") as out:
                out.write(f"U{lines},财政所,财政,511025\n")
            waited, grown, lines = time.monotonic() - grown, time.monotonic(), lines + 1
            assert growing.exists() or waited > 1.5, "it was taken while it grew"
            time.sleep(0.4)
        until(lambda: (folder / "done" / "units.csv").exists(), "the file is taken")
        assert time.monotonic() - grown > 1.5
        code, reports, said = ended(process)
    assert code == 0, said
    assert [row["landed"] for row in reports[0]] == [lines]


def test_what_cannot_be_watched_is_said(supervise: InProcess, tmp_path: Path) -> None:
    ran = supervise("import", "--watch", str(tmp_path / "none"), "--lang", "zh")
    assert (ran.code, ran.stdout) == (1, b"")
    assert "none" in ran.stderr
    assert "不是文件夹" in ran.stderr
    for more in (["x.csv"], ["--dry-run"]):
        assert supervise("import", *more, "--watch", str(tmp_path)).code == 2


@pytest.mark.parametrize("given", ["missing", "damaged"])
def test_what_cannot_be_read_is_said_and_the_others_go_in(
    supervise: InProcess, tmp_path: Path, given: str
) -> None:
    units = written(tmp_path / "units.csv", UNITS)
    bad = tmp_path / "bad.csv.gz"
    if given == "damaged":
        bad.write_bytes(b"\x1f\x8b\x08\x00garbage")
    ran = supervise("import", str(bad), str(units), "--format", "json")
    assert ran.code == 1, str(ran)
    assert [(row["file"], row["landed"]) for row in ran.json()] == [(str(units), 1)]
    assert str(bad) in ran.stderr

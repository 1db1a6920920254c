"""When the line drops everything is kept, and the next start offers it: real terminals, real hang-ups."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.database import Store
from tests.console.test_terminal import F10, ROOT, Terminal, url_of

SQLITE = pytest.mark.parametrize("database", ["sqlite"])
WORDS = ("console", "--lang", "zh", "--as-of", "2025-10-20")


@pytest.fixture
def state(tmp_path: Path) -> dict[str, str]:
    """An environment with a home of its own."""
    return {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "config")}


def sessions(state: dict[str, str]) -> list[Path]:
    return list(Path(state["XDG_STATE_HOME"]).glob("supervise/sessions/*.json"))


def work(terminal: Terminal, draft: bool = True) -> None:
    """Filter, sort, mark two rows, and leave a form half filled in."""
    terminal.until(lambda: terminal.shows("待销号"), 40)
    os.write(terminal.fd, b"1")
    terminal.until(lambda: terminal.shows("第 1 行"), 40)
    os.write(terminal.fd, "/镇审\r".encode())
    terminal.until(lambda: terminal.shows("2 / 9"), 40)
    os.write(terminal.fd, b" ")
    terminal.until(lambda: terminal.shows("已标记 1"), 40)
    if draft:
        os.write(terminal.fd, b"O")
        terminal.until(lambda: terminal.shows("责任人"), 40)
        os.write(terminal.fd, "村组拖延没有上报".encode())
        terminal.until(lambda: terminal.shows("没有上报"), 40)


def gone(pid: int, seconds: float = 20) -> None:
    """Wait until a process has ended, also one that nobody waits for."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return
        if stat.rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    raise AssertionError("it still runs")


def offered_and_taken(store: Store, state: dict[str, str], draft: bool = True) -> None:
    """The next start names what was kept, and Enter takes it up."""
    (kept,) = sessions(state)
    assert kept.stat().st_mode & 0o077 == 0
    terminal = Terminal(*WORDS, "--store", url_of(store), **state)
    terminal.until(lambda: terminal.shows("接着做请按 Enter"), 40)
    assert terminal.shows(":overdue") and terminal.shows("镇审")
    assert any("已标记" in line and "1" in line for line in terminal.lines())
    assert terminal.shows("登记整改项") == draft
    os.write(terminal.fd, b"\r")
    terminal.until(lambda: terminal.shows("2 / 9") and terminal.shows("已标记 1"), 40)
    assert terminal.shows("筛选：镇审") and any(line.startswith((" #", ">#")) for line in terminal.lines())
    if draft:
        os.write(terminal.fd, b"O")
        terminal.until(lambda: terminal.shows("的草稿"), 40)
        os.write(terminal.fd, b"1")
        terminal.until(lambda: terminal.shows("没有上报"), 40)
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    os.close(terminal.fd)
    assert sessions(state) == []


@SQLITE
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_keeps_place_filter_marks_and_draft(
    golden_store: Store, state: dict[str, str], number: signal.Signals
) -> None:
    terminal = Terminal(*WORDS, "--store", url_of(golden_store), **state)
    work(terminal)
    os.kill(terminal.pid, number)
    assert terminal.end() == 128 + number
    os.close(terminal.fd)
    offered_and_taken(golden_store, state)


@SQLITE
def test_a_terminal_that_vanishes_is_a_line_that_dropped(golden_store: Store, state: dict[str, str]) -> None:
    terminal = Terminal(*WORDS, "--store", url_of(golden_store), **state)
    work(terminal)
    os.close(terminal.fd)  # as when the connection is reset
    assert os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]) == 128 + signal.SIGHUP
    offered_and_taken(golden_store, state)


@SQLITE
def test_a_shell_that_is_killed_takes_nothing_with_it(golden_store: Store, state: dict[str, str]) -> None:
    terminal = Terminal(*WORDS, "--store", url_of(golden_store), shell=True, **state)
    work(terminal)
    (console,) = map(int, Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text().split())
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.end()
    gone(console)
    os.close(terminal.fd)
    offered_and_taken(golden_store, state)


@SQLITE
def test_what_is_left_is_offered_no_more(golden_store: Store, state: dict[str, str]) -> None:
    terminal = Terminal(*WORDS, "--store", url_of(golden_store), **state)
    work(terminal, draft=False)
    os.kill(terminal.pid, signal.SIGHUP)
    terminal.end()
    os.close(terminal.fd)
    for key, ending in ((F10, True), (b"\x1b", False)):
        terminal = Terminal(*WORDS, "--store", url_of(golden_store), **state)
        terminal.until(lambda t=terminal: t.shows("接着做请按 Enter"), 40)  # type: ignore[misc]
        os.write(terminal.fd, key)
        if not ending:
            terminal.until(lambda t=terminal: t.shows("待销号") and not t.shows("接着做"), 40)  # type: ignore[misc]
            os.write(terminal.fd, F10)
        assert terminal.end() == 0
        os.close(terminal.fd)
        assert len(sessions(state)) == ending  # who only leaves has not decided yet


@pytest.fixture
def multiplexer(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """A tmux server of the test's own."""
    if shutil.which("tmux") is None:
        pytest.skip("there is no tmux on this machine")
    socket = str(tmp_path / "tmux")

    def run(*words: str) -> str:
        ran = subprocess.run(
            ["tmux", "-f", "/dev/null", "-S", socket, *words], capture_output=True, text=True
        )
        return ran.stdout

    yield run
    run("kill-server")


def until(holds: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@SQLITE
def test_a_session_of_tmux_that_is_killed_takes_nothing_with_it(
    golden_store: Store, state: dict[str, str], multiplexer: Callable[..., str]
) -> None:
    words = [sys.executable, "-m", "commands", *WORDS, "--store", url_of(golden_store)]
    environment = [f"{name}={value}" for name, value in {"LC_ALL": "C.UTF-8", **state}.items()]
    command = f"cd {ROOT} && env {' '.join(environment)} {' '.join(words)}"
    multiplexer("-u", "new-session", "-d", "-s", "it", "-x", "80", "-y", "24", command)

    def shows(text: str) -> Callable[[], bool]:
        return lambda: text in multiplexer("-u", "capture-pane", "-p", "-t", "it")

    until(shows("待销号"))
    multiplexer("send-keys", "-t", "it", "1")
    until(shows("第 1 行"))
    multiplexer("send-keys", "-t", "it", "-l", "/镇审")
    multiplexer("send-keys", "-t", "it", "Enter")
    until(shows("2 / 9"))
    multiplexer("send-keys", "-t", "it", "Space")
    until(shows("已标记 1"))
    pid = int(multiplexer("list-panes", "-t", "it", "-F", "#{pane_pid}"))
    multiplexer("kill-session", "-t", "it")
    gone(pid)
    until(lambda: len(sessions(state)) == 1)
    offered_and_taken(golden_store, state, draft=False)

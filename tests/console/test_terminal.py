"""The console through a pseudo-terminal, as a person meets it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pyte
import pytest
from wcwidth import wcwidth

from console.escapes import Escapes
from console.shown import is_ambiguous
from store.database import Store, writing
from store.services.registration import Opening, open_item
from tests.console.staging import actor_at

ROOT = Path(__file__).parents[2]
F10 = b"\x1b[21~"


class WideScreen(pyte.Screen):
    """A screen that takes two cells for a character of ambiguous width, as Chinese terminals do."""

    def draw(self, data: str) -> None:
        with patch("pyte.screens.wcwidth", cells):
            super().draw(data)

    @property
    def display(self) -> list[str]:
        with patch("pyte.screens.wcwidth", cells):
            return list(super().display)


def cells(character: str) -> int:
    """How many cells such a terminal takes for a character."""
    return 2 if is_ambiguous(character) else int(wcwidth(character))


class Terminal:
    """A command on a terminal, and what that terminal shows."""

    def __init__(
        self,
        *words: str,
        encoding: str = "utf-8",
        wide: bool | None = None,
        size: tuple[int, int] = (80, 24),
        shell: bool = False,
        **environment: str,
    ) -> None:
        is_wide = encoding.startswith("gb") if wide is None else wide
        self.screen = (WideScreen if is_wide else pyte.Screen)(*size)
        self.bytes = b""
        self._stream = pyte.Stream(self.screen)
        self._decoder = getincrementaldecoder(encoding)("strict")
        ready, go = os.pipe()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.read(ready, 1)
            os.chdir(ROOT)
            os.environ.update({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environment})
            command = [sys.executable, "-m", "commands", *words]
            if shell:  # it waits for the command, and does not become it
                command = ["/bin/sh", "-c", '"$@"; exit $?', "sh", *command]
            os.execv(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.write(go, b"x")

    def read(self, seconds: float) -> bool:
        """Take in what comes within so many seconds; False at the end."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.bytes += data
        self._stream.feed(self._decoder.decode(data))
        return bool(data)

    def until(self, holds: Callable[[], bool], seconds: float) -> float:
        """Read until something holds, and return how long that took."""
        begun = time.monotonic()
        while not holds():
            gone = time.monotonic() - begun
            assert gone < seconds, "\n".join(self.lines())
            self.read(0.02)
        return time.monotonic() - begun

    def shows(self, text: str) -> bool:
        return any(text in line for line in self.lines())

    def lines(self) -> list[str]:
        """The lines on the screen; pyte puts an empty cell after each wide character."""
        buffer, columns = self.screen.buffer, range(self.screen.columns)
        return ["".join(buffer[y][x].data for x in columns) for y in range(self.screen.lines)]

    def end(self) -> int:
        """Wait for the command's end; its exit code."""
        while self.read(5.0):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def url_of(store: Store) -> str:
    """The store as the command line names it."""
    return store.url.render_as_string(hide_password=False)


@pytest.fixture
def console(store: Store) -> Iterator[Terminal]:
    terminal = Terminal("console", "--store", url_of(store), "--lang", "zh", "--as-of", "2025-09-30")
    yield terminal
    os.close(terminal.fd)


def test_a_row_that_another_process_commits_comes_onto_the_screen(console: Terminal, store: Store) -> None:
    console.until(lambda: console.shows("待销号"), 20)
    os.write(console.fd, b"3")
    console.until(lambda: console.shows("整改台账"), 20)
    console.until(lambda: console.shows("0 件"), 20)
    opening = Opening(
        "白马镇低保审批超期未办结", "late", "meeting", region="511002", due_on=date(2025, 9, 20)
    )
    actor = actor_at(store)
    with writing(store) as connection:
        open_item(connection, actor, opening)
    console.until(lambda: console.shows("2025-0001"), 20)
    assert console.shows("1 件")
    os.write(console.fd, F10)
    assert console.end() == 0
    assert b"\x1b[?1049l" in console.bytes


def test_full_width_keys_do_what_their_twins_do(console: Terminal) -> None:
    console.until(lambda: console.shows("待销号"), 20)
    os.write(console.fd, "２".encode())
    console.until(lambda: console.shows("发放失败"), 20)
    os.write(console.fd, "？".encode())
    console.until(lambda: console.shows("查找："), 20)
    os.write(console.fd, F10)
    assert console.end() == 0


def test_nothing_is_sent_while_nothing_changes(console: Terminal) -> None:
    console.until(lambda: console.shows("待销号"), 20)
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        console.read(0.1)
    sent = len(console.bytes)
    end = time.monotonic() + 2.0
    while time.monotonic() < end:
        console.read(0.1)
    assert len(console.bytes) == sent
    os.write(console.fd, F10)
    assert console.end() == 0


def test_a_terminal_that_cannot_move_its_cursor_is_refused_without_escapes(store: Store) -> None:
    terminal = Terminal("console", "--store", url_of(store), "--lang", "zh", TERM="dumb")
    assert terminal.end() == 2
    os.close(terminal.fd)
    assert b"\x1b" not in terminal.bytes
    assert "supervise overdue" in terminal.bytes.decode()


def test_keys_that_arrive_in_one_bundle_are_taken_one_after_the_other(golden_store: Store) -> None:
    terminal = Terminal("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20")
    terminal.until(lambda: terminal.shows("待销号"), 20)
    os.write(terminal.fd, b":overdue 511025\rjj")
    terminal.until(lambda: terminal.shows("第 3 行"), 20)
    os.write(terminal.fd, "O村组拖延".encode())
    terminal.until(lambda: terminal.shows("村组拖延"), 20)
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    os.close(terminal.fd)


def test_a_paste_onto_a_list_does_nothing_and_says_so(golden_store: Store) -> None:
    terminal = Terminal("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20")
    terminal.until(lambda: terminal.shows("待销号"), 20)
    os.write(terminal.fd, b"1")
    terminal.until(lambda: terminal.shows("第 1 行"), 20)
    os.write(terminal.fd, "3jjO 511025 白马镇".encode())
    terminal.until(lambda: terminal.shows("粘贴的文字"), 20)
    assert terminal.shows("超时审批")
    os.write(terminal.fd, b"jjjjjjjjjjjj")
    terminal.until(lambda: terminal.shows("第 9 行"), 20)
    os.write(terminal.fd, b"/")
    os.write(terminal.fd, "资中县民政局的老王".encode())
    terminal.until(lambda: terminal.shows("资中县民政局的老王"), 20)
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    os.close(terminal.fd)


@pytest.mark.parametrize("environment", [{}, {"SSH_TTY": "/dev/pts/9", "DISPLAY": ":10"}])
def test_a_cursor_key_that_comes_apart_is_still_that_key(
    golden_store: Store, environment: dict[str, str]
) -> None:
    words = ("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20")
    terminal = Terminal(*words, **environment)
    terminal.until(lambda: terminal.shows("待销号"), 20)
    os.write(terminal.fd, b"1")
    terminal.until(lambda: terminal.shows("第 1 行"), 20)
    for row, pieces in enumerate(
        ([b"\x1b", b"[B"], [b"\x1b[", b"B"], [b"\x1b", b"[", b"B"], [b"\x1bO", b"B"]), 2
    ):
        for place, piece in enumerate(pieces):
            if place:
                trickle(terminal, 0.4 / (len(pieces) - 1))
            os.write(terminal.fd, piece)
        terminal.until(lambda row=row: terminal.shows(f"第 {row} 行"), 20)  # type: ignore[misc]
    assert terminal.shows("超时审批 > 全部")  # no Escape was among them
    os.write(terminal.fd, b"\x1b")
    terminal.until(lambda: terminal.shows("监督台 > 今日"), 20)  # and one alone is one
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    os.close(terminal.fd)


def trickle(terminal: Terminal, seconds: float) -> None:
    """Let time pass as on a slow line, on which what is sent is read a little at a time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal.fd], [], [], 0.02)[0]:
            terminal.read(0.0)
        time.sleep(0.01)


def test_what_is_pressed_after_escape_is_a_key_of_its_own() -> None:
    def read(*pieces: str, waits: float = 0.1) -> list[str | None]:
        escapes, found = Escapes(0.5), []
        for place, piece in enumerate(pieces):
            found += [*escapes.given(piece, place * waits), *escapes.waited(place * waits)]
        return [*found, *escapes.waited(99.0)]

    assert read("\x1b3") == [None, "3"]
    assert read("\x1b", "3") == [None, "3"]
    assert read("a\x1b", "[B") == ["a", "\x1b[B"]
    assert read("\x1b", "", waits=0.6) == [None]
    assert read("\x1b镇\x1bx") == [None, "镇", None, "x"]
    assert read(":x\n") == [":x\r"]
    assert read("\x1b[200~a\x1bb", "\x1bc\x1b[201~", "\x1b1") == [
        *("\x1b[200~a\x1bb", "\x1bc\x1b[201~"),
        *(None, "1"),
    ]


def test_the_size_is_that_of_the_window_whatever_was_exported(golden_store: Store) -> None:
    words = ("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20")
    terminal = Terminal(*words, size=(60, 15), LINES="24", COLUMNS="80")
    terminal.until(lambda: terminal.shows("待销号"), 20)
    assert "F10退出" in terminal.lines()[-1]
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    os.close(terminal.fd)


def test_what_is_typed_before_the_console_is_there_is_done(golden_store: Store) -> None:
    terminal = Terminal("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20")
    os.write(terminal.fd, b":overdue 511025\r")
    terminal.until(lambda: terminal.shows("申报编号"), 20)
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    os.close(terminal.fd)


def test_keys_pressed_at_once_after_escape_are_not_lost(golden_store: Store) -> None:
    words = ("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20")
    terminal = Terminal(*words)
    terminal.until(lambda: terminal.shows("待销号"), 20)
    os.write(terminal.fd, b"1")
    terminal.until(lambda: terminal.shows("第 1 行"), 20)
    os.write(terminal.fd, b"/abc\x1b3")
    terminal.until(lambda: terminal.shows("整改台账"), 20)
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    os.close(terminal.fd)

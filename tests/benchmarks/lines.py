"""A program on a pseudo-terminal, looked at from the other end of the line: bytes, moments, costs."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

KEYS = {"Down": b"\x1b[B", "PageDown": b"\x1b[6~", "Enter": b"\r", "F5": b"\x1b[15~", "F10": b"\x1b[21~"}
LEFT_OUT = ("COLUMNS", "LINES", "COLORTERM", "TERM_PROGRAM", "TMUX", "NO_COLOR", "SSH_CONNECTION")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Line:
    """A program on a terminal that answers no question, read at full speed or at `rate` bytes a second."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int], more: Mapping[str, str], rate: int = 0
    ) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **more}
        self.data, self.rate, self.last = bytearray(), rate, 0.0
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        window = struct.pack("HHHH", size[1], size[0], 0, 0)
        if self.pid == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, window)
            os.execvpe(command[0], list(command), environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, window)

    def read(self, seconds: float) -> int:
        """Take in what comes within so many seconds; how many bytes that was."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return 0
        try:
            found = os.read(self.fd, max(1, self.rate // 100) if self.rate else 65_536)
        except OSError:
            return 0
        self.data += found
        self.last = time.perf_counter()
        if self.rate:
            time.sleep(len(found) / self.rate)
        return len(found)

    def until(self, shown: str, start: int = 0, seconds: float = 60) -> float:
        """Read until a text has come after the first `start` bytes; the seconds since the program began."""
        wanted = re.compile(shown)
        while not wanted.search(self.data[start:].decode("utf-8", "replace")):
            if time.perf_counter() - self.begun > seconds:
                raise SystemExit(f"{shown!r} never came: {bytes(self.data[-500:])!r}")
            self.read(0.05)
        return self.last - self.begun

    def settled(self, quiet: float = 0.4) -> tuple[int, float]:
        """Read until nothing comes for a while: how many bytes, and after how long the last of them came."""
        begun, count = time.perf_counter(), 0
        while found := self.read(quiet):
            count += found
        return count, (self.last - begun) if count else 0.0

    def press(self, key: str) -> tuple[int, float]:
        """Press a key (a name or a text): the bytes it brings, and the seconds to the last of them."""
        os.write(self.fd, KEYS.get(key, key.encode()))
        return self.settled()

    def cost(self) -> tuple[float, float]:
        """Seconds of the processor so far, and MiB of memory."""
        with open(f"/proc/{self.pid}/stat") as file:
            told = file.read().rsplit(")", 1)[1].split()
        return (int(told[11]) + int(told[12])) / TICKS, int(told[21]) * PAGE / 2**20

    def end(self, key: str) -> None:
        """Let it end by its own key, or without."""
        with suppress(OSError):
            self.press(key)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

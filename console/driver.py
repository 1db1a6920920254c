"""Reads and writes the terminal in its own charset, and sends it no more than it understands."""

from __future__ import annotations

import os
import re
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste

from console.terminal import ERRORS, found

# what no terminal is asked: focus, resize, sync, kitty's keys; of no use here, and answered late over SSH
_NEVER = re.compile(r"\x1b\[(?:\?(?:1004|2026|2048)(?:\$p|[hl])|[<>]\d*u)|\x1b\].*", re.DOTALL)
# what a simple terminal would take for text besides: the marks around a paste
_NOT_SIMPLE = re.compile(r"\x1b\[\?2004[hl]")
AT_ONCE = 4096  # bytes
LONGEST_TYPED = 8  # characters in one piece
OPENS = ":：;；/／、"
WAIT_S = 0.1


def is_paste(text: str) -> bool:
    """Whether what came in one piece was pasted: a terminal that marks no paste sends it like keys.

    A key that is held down repeats itself, and what opens a line is typed with what follows it.
    """
    return len(text) > LONGEST_TYPED and text.isprintable() and text[0] not in OPENS and len(set(text)) > 1


class _Encoded:
    """A file of text for a terminal of another charset."""

    def __init__(self, fd: int, encoding: str) -> None:
        self._fd = fd
        self._encoding = encoding

    def write(self, text: str) -> None:
        """Write all of a text; what the charset does not have is shown by a stand-in of its width."""
        left = memoryview(text.encode(self._encoding, ERRORS))
        while left:
            left = left[os.write(self._fd, left) :]

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        """The terminal."""
        return self._fd


class TerminalDriver(LinuxDriver):
    """The driver for terminals that are not always UTF-8, nor always modern."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self.kind = found()
        fd = self._file.fileno() if self._file is not None else 2
        self._file: Any = _Encoded(fd, self.kind.encoding)

    def write(self, data: str) -> None:
        """Write, but for what this terminal would not understand."""
        beyond = _NEVER.fullmatch(data) or (self.kind.simple and _NOT_SIMPLE.fullmatch(data))
        if not beyond:
            super().write(data)

    def run_input_thread(self) -> None:
        """Read keys in the terminal's charset; a byte that is none of it is a character of its own."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder(self.kind.encoding)("replace").decode
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            while not self.exit_event.is_set():
                if selector.select(WAIT_S):
                    data = os.read(self.fileno, AT_ONCE)
                    if not data:
                        break
                    text = decode(data)
                    if is_paste(text):
                        self.process_message(Paste(text))
                        continue
                    for message in parser.feed(text):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        finally:
            selector.close()
            with suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

"""Reads and writes the terminal in its own charset, and sends it no more than it understands."""

from __future__ import annotations

import os
import re
import selectors
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver
from textual.events import CursorPosition, Key, Paste
from textual.message import Message

from console.escapes import Escapes
from console.messages import Measured
from console.probing import MEASURED
from console.terminal import ERRORS, Terminal, found

# what no terminal is asked: focus, resize, sync, kitty's keys; of no use here, and answered late over SSH
_NEVER = re.compile(r"\x1b\[(?:\?(?:1004|2026|2048)(?:\$p|[hl])|[<>]\d*u)|\x1b\].*", re.DOTALL)
# what a simple terminal would take for text besides: the marks around a paste
_NOT_SIMPLE = re.compile(r"\x1b\[\?2004[hl]")
# three characters of ambiguous width, and the question how far they went; on the second line, for an answer
# from the first could be a function key
LINE = 2
PROBE = f"\x1b[{LINE};1H{MEASURED}\x1b[6n"
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
        with suppress(OSError):  # where the line is gone there is nobody to write to
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
        self.kind: Terminal = getattr(app, "terminal", None) or found()
        self._measuring = False
        fd = self._file.fileno() if self._file is not None else 2
        self._file: Any = _Encoded(fd, self.kind.encoding)

    def start_application_mode(self) -> None:
        """Begin; a terminal that can tell is asked how wide it draws what is of ambiguous width.

        Nobody waits for the answer: it may be long on its way, and is never taken for a key.
        """
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self.kind.answers and self.kind.ambiguous is None:
            self._measuring = True
            self.write(PROBE)

    def _takes(self, message: Message) -> bool:
        """Whether a message is the terminal's answer."""
        if not isinstance(message, CursorPosition):
            return False
        if self._measuring and message.y == LINE - 1:
            self._measuring = False
            self.process_message(Measured(2 if message.x >= 2 * len(MEASURED) else 1))
        return True

    def write(self, data: str) -> None:
        """Write, but for what this terminal would not understand."""
        beyond = _NEVER.fullmatch(data) or (self.kind.simple and _NOT_SIMPLE.fullmatch(data))
        if not beyond:
            super().write(data)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, AT_ONCE)
        except OSError:
            return b""

    def _line_is_gone(self) -> None:
        if not self.exit_event.is_set() and hasattr(self._app, "dropped"):
            self._loop.call_soon_threadsafe(self._app.dropped)

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            if isinstance(message, Key) and message.key.startswith("alt+"):
                # nothing here is done by Alt: it was Escape, and then the key
                self.process_message(Key("escape", None))
                message = Key(message.character or "", message.character)
            if not self._takes(message):
                self.process_message(message)

    def run_input_thread(self) -> None:
        """Read keys in the terminal's charset; a byte that is none of it is a character of its own."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder(self.kind.encoding)("replace").decode
        escapes = Escapes(ESCAPE_DELAY)
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            while not self.exit_event.is_set():
                if selector.select(WAIT_S):
                    data = self._read()
                    if not data:
                        self._line_is_gone()
                        break
                    text = decode(data)
                    if is_paste(text):
                        self.process_message(Paste(text))
                        continue
                    for part in escapes.given(text, time.monotonic()):
                        self._pass_on([Key("escape", None)] if part is None else parser.feed(part))
                for _ in escapes.waited(time.monotonic()):
                    self._pass_on([Key("escape", None)])
                self._pass_on(parser.tick())
        finally:
            selector.close()
            with suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

"""Asks a terminal how wide it draws characters of ambiguous width, and waits a moment for the answer."""

from __future__ import annotations

import os
import re
import select
import time

MEASURED = "·—…"
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")
PATIENCE_S = 0.15


def measured(into: int, out: int, encoding: str) -> int | None:
    """How many cells the terminal takes for one; None where it does not answer in time."""
    import termios
    import tty

    before = termios.tcgetattr(into)
    try:
        tty.setraw(into)
        os.write(out, b"\r" + MEASURED.encode(encoding, "replace") + b"\x1b[6n")
        answer, end = b"", time.monotonic() + PATIENCE_S
        while (left := end - time.monotonic()) > 0 and not _ANSWER.search(answer):
            if select.select([into], [], [], left)[0]:
                answer += os.read(into, 64)
        os.write(out, b"\r\x1b[K")
    finally:
        termios.tcsetattr(into, termios.TCSAFLUSH, before)
    found = _ANSWER.search(answer)
    return None if found is None else 2 if int(found[1]) - 1 >= 2 * len(MEASURED) else 1

"""Tells an Escape that was pressed from one that begins a key: what comes after it is a key of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

ESC = "\x1b"
# what may follow where it begins a sequence; anything else was pressed after it
_ALONE = re.compile(r"\x1b(?=[^\x1b\[O\]P_^X])")
_BEGINS, _ENDS = "\x1b[200~", "\x1b[201~"


class Escapes:
    """Takes what is read piece by piece and gives it on, with None for each Escape that was pressed.

    An Escape at the end of a piece is held until what follows is here, or `waited` says that nothing did.
    """

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._held_at: float | None = None
        self._pasting = False

    def given(self, text: str, now: float) -> Iterator[str | None]:
        """What was read, in order."""
        if self._held_at is not None:
            text, self._held_at = ESC + text, None
        pasting = self._pasting or _BEGINS in text
        if text.rfind(_BEGINS) != text.rfind(_ENDS):
            self._pasting = text.rfind(_BEGINS) > text.rfind(_ENDS)
        if pasting:  # an Escape within what was pasted is text
            yield text
            return
        text = text.replace("\n", "\r")  # Enter, as the terminal told it before it was the console's
        if text.endswith(ESC):
            text, self._held_at = text[:-1], now
        for place, part in enumerate(_ALONE.split(text)):
            if place:
                yield None
            if part:
                yield part

    def waited(self, now: float) -> Iterator[None]:
        """Whether an Escape has been waiting long enough for what would make it another key."""
        if self._held_at is not None and now - self._held_at >= self.patience:
            self._held_at = None
            yield None

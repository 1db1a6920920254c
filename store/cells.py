"""Text measured in terminal cells: Chinese is two cells wide, a combining mark none."""

from __future__ import annotations

from wcwidth import wcswidth, wcwidth

ELLIPSIS = "…"


def width(text: str) -> int:
    """How many cells a text takes; a control character, which `safe` would have shown, counts as none."""
    if text.isascii() and text.isprintable():
        return len(text)
    cells = int(wcswidth(text))
    return cells if cells >= 0 else sum(max(0, wcwidth(character)) for character in text)


def cut(text: str, cells: int) -> str:
    """The text if it fits into so many cells, else its beginning and `…`, never wider than `cells`."""
    if len(text) * 2 <= cells:
        return text
    room = cells - width(ELLIPSIS)
    taken = end = 0
    for place, character in enumerate(text):
        taken += max(0, wcwidth(character))
        if taken <= room:
            end = place + 1
        elif taken > cells:
            break
    else:
        if width(text) <= cells:
            return text
    if room < 0:
        return ""
    # A cluster can be wider than its letters one by one (a spacing vowel sign), so the whole is measured.
    while width(text[:end]) > room:
        end -= 1
    return text[:end] + ELLIPSIS

"""What a person wishes of terminal and keys: read from their settings, each value checked by itself."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.keyboard import Keyboard, keyboard
from store.errors import WrongUsage

AUTO = "auto"
ENCODINGS = ("utf-8", "gb18030", "gbk", "gb2312")
THEMES = ("mono", "16", "256", "contrast")
AMBIGUOUS = ("1", "2")
NAMES = ("encoding", "ambiguous", "theme", "keys")


@dataclass(frozen=True)
class Wishes:
    """What is wished for; an empty text leaves it to what is found. `faults` are the values not taken."""

    encoding: str = ""
    ambiguous: int | None = None
    theme: str = ""
    keyboard: Keyboard = field(default_factory=Keyboard)
    faults: tuple[WrongUsage, ...] = ()


def wishes(found: Mapping[str, Any], others: tuple[str, ...] = ()) -> Wishes:
    """The wishes among settings; `others` are names that settings have besides."""
    faults: list[WrongUsage] = []
    known = (*NAMES, *others)
    for name in found:
        if name not in known:
            faults.append(WrongUsage("wish_unknown", name=name, names=" ".join(sorted(NAMES))))
    encoding = _choice(found, "encoding", ENCODINGS, faults)
    wide = _choice(found, "ambiguous", AMBIGUOUS, faults)
    theme = _choice(found, "theme", THEMES, faults)
    keys = found.get("keys", {})
    if not isinstance(keys, Mapping):
        faults.append(WrongUsage("wish_table", name="keys"))
        keys = {}
    board, refused = keyboard(keys)
    return Wishes(encoding, int(wide) if wide else None, theme, board, (*faults, *refused))


def _choice(found: Mapping[str, Any], name: str, choices: tuple[str, ...], faults: list[WrongUsage]) -> str:
    """One of some words, or a number that is written like one; empty where nothing is wished for."""
    value = found.get(name, AUTO)
    text = value.strip().lower() if isinstance(value, str) else str(value)
    if name == "encoding":
        text = _plain(text)
    if text == AUTO:
        return ""
    if text in choices and not isinstance(value, bool):
        return text
    allowed = " ".join((AUTO, *choices))
    faults.append(WrongUsage("wish_choice", name=name, value=value, choices=allowed, default=AUTO))
    return ""


def _plain(charset: str) -> str:
    """The plain name of a charset that has several."""
    try:
        return codecs.lookup(charset).name
    except LookupError:
        return charset

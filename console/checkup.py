"""What the terminal is and what is left out on it, in words that can be read out over the telephone."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from console.probing import measured
from console.settings import Settings, settings_path
from console.shown import safe
from console.start import escape_ms
from console.terminal import SETTING, Terminal, found
from store.words import say

LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
ROOM = (60, 15)


@dataclass(frozen=True)
class Checkup:
    """What was found: labels with their texts, and sentences on what is left out or not as it was wished."""

    encoding: str
    facts: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    amiss: tuple[str, ...]


def checkup(terminal: Terminal, settings: Settings, lang: str, size: tuple[int, int] | None) -> Checkup:
    """Look at a terminal; `size` None: there is none."""

    def word(key: str, **values: object) -> str:
        return say(f"check.{key}", lang, **values)

    def by(source: str) -> str:
        known = {SETTING: "by.setting", "locale": "by.locale", "terminal": "by.terminal", "": "by.assumed"}
        return word(known[source]) if source in known else word("by.variable", name=source)

    sent = terminal.encoding.upper()
    charset = terminal.charset.upper() or "-"
    key = "charset" if sent == charset else "charset_as"
    lines = "-" if size is None else word("size_of", columns=size[0], lines=size[1])
    said = ", ".join(f"{name}={os.environ[name]}" for name in LOCALE if os.environ.get(name))
    facts = (
        (word("program"), _version()),
        (word("term"), terminal.term or word("none")),
        (word("encoding"), word(key, charset=charset, sent=sent, by=by(terminal.told_by))),
        (word("locale"), said or word("none")),
        (word("size"), lines),
        (word("theme"), word("theme_by", theme=terminal.theme, by=by(terminal.themed_by))),
        (word("ambiguous"), word("cells", cells=terminal.assumed, by=by(terminal.measured_by))),
        (word("link"), word("comma").join(word(each) for each in _link())),
        (word("escape"), word("milliseconds", count=escape_ms())),
        (word("settings"), str(settings.path or "-")),
    )
    texts = tuple((safe(label), safe(text)) for label, text in facts)
    left_out = tuple(word(each) for each in _left_out(terminal))
    return Checkup(terminal.encoding, texts, left_out, tuple(_amiss(terminal, settings, lang, size)))


def this_terminal(lang: str) -> Checkup:
    """Look at the terminal that this process was begun on; where it can tell, it is asked about widths."""
    settings = Settings(settings_path())
    terminal, size = found(settings.wishes), None
    streams = [stream for stream in (sys.__stdin__, sys.__stdout__) if stream and stream.isatty()]
    if len(streams) > 1:
        into, out = (stream.fileno() for stream in streams)
        columns, lines = os.get_terminal_size(out)
        size = columns, lines
        if terminal.answers and not terminal.measured_by:
            cells = measured(into, out, terminal.encoding)
            terminal = replace(terminal, ambiguous=cells, measured_by="terminal" if cells else "")
    return checkup(terminal, settings, lang, size)


def listed(told: Checkup, lang: str) -> Iterator[tuple[str, Sequence[str]]]:
    """What is left out and what is amiss, each under its title, also where there is nothing."""
    for key, sentences in (("left_out", told.left_out), ("amiss", told.amiss)):
        yield say(f"check.{key}", lang), sentences or (say(f"check.nothing_{key}", lang),)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"supervise {version('supervise')}"
    except PackageNotFoundError:
        return "supervise"


def _link() -> Iterator[str]:
    """By what the terminal is reached."""
    over = "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ
    yield "link.ssh" if over else "link.here"
    if "TMUX" in os.environ:
        yield "link.tmux"
    elif "STY" in os.environ:
        yield "link.screen"


def _left_out(terminal: Terminal) -> Iterator[str]:
    if terminal.simple:
        yield "out.simple"
    if terminal.theme == "mono":
        yield "out.colours"
    if not terminal.answers and not terminal.measured_by:
        yield "out.widths"
    if terminal.encoding != "utf-8":
        yield "out.charset"


def _amiss(terminal: Terminal, settings: Settings, lang: str, size: tuple[int, int] | None) -> Iterator[str]:
    if size is None or terminal.term in ("", "dumb"):
        yield say("error.no_terminal", lang)
    elif size[0] < ROOM[0] or size[1] < ROOM[1]:
        yield say("check.small", lang, columns=ROOM[0], lines=ROOM[1])
    if terminal.told_by in LOCALE and not _is_there():
        yield say("check.no_locale", lang, name=terminal.told_by, value=os.environ.get(terminal.told_by, ""))
    if settings.trouble:
        yield say("console.settings_damaged", lang, path=settings.trouble)
    for fault in settings.wishes.faults:
        yield fault.sentence(lang)


def _is_there() -> bool:
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        return False
    return True

"""What the terminal is, as far as can be known: its charset, and how much of a terminal it is."""

from __future__ import annotations

import codecs
import locale
import os
from dataclasses import dataclass

from console.wishes import Wishes
from store.cells import width

SETTING = "console.toml"

# a GB2312 terminal is often sent characters of its supersets; plain C says nothing of what it shows
TAKEN_AS = {"gb2312": "gbk", "euc_cn": "gbk", "ascii": "utf-8", "iso8859-1": "utf-8"}
SIMPLE = ("linux", "vt", "ansi")
WITHOUT_COLOURS = ("vt",)
# terminals that are known to tell where their cursor is
ANSWERING = (
    "xterm",
    "screen",
    "tmux",
    "rxvt",
    "putty",
    "mintty",
    "konsole",
    "gnome",
    "vte",
    "alacritty",
    "foot",
)
MANY_COLOURS = ("truecolor", "24bit")
STAND_INS = {1: "?", 2: "〓"}
ERRORS = "supervise_stand_in"


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal: the codec of its charset; `simple` knows moves, styles and erasing alone.

    `charset` is what was named and `told_by` who named it: a setting, the locale, or a variable of the
    environment. `theme` and `themed_by` likewise. `answers` is whether it may be asked where its cursor is;
    `ambiguous` how many cells a character of ambiguous width takes, as far as `measured_by` has settled it.
    """

    term: str
    encoding: str
    charset: str
    told_by: str
    theme: str
    themed_by: str
    simple: bool
    answers: bool
    ambiguous: int | None = None
    measured_by: str = ""

    @property
    def colours(self) -> bool:
        """Whether any colour is sent."""
        return self.theme != "mono"

    @property
    def assumed(self) -> int:
        """How many cells a character of ambiguous width is taken to be before anybody was asked.

        Where it comes as two bytes of a Chinese charset it is drawn like the Chinese around it.
        """
        return self.ambiguous or (2 if self.encoding.startswith("gb") else 1)


def found(wishes: Wishes | None = None) -> Terminal:
    """The terminal that the environment tells of, and what a person's settings say instead."""
    wishes = wishes or Wishes()
    term = os.environ.get("TERM", "")
    charset, told_by = (wishes.encoding, SETTING) if wishes.encoding else _charset()
    theme, themed_by = (wishes.theme, SETTING) if wishes.theme else _theme(term)
    return Terminal(
        term,
        codec_of(charset),
        charset,
        told_by,
        theme,
        themed_by,
        simple=term.startswith(SIMPLE),
        answers=term.startswith(ANSWERING),
        ambiguous=wishes.ambiguous,
        measured_by=SETTING if wishes.ambiguous else "",
    )


def _theme(term: str) -> tuple[str, str]:
    if os.environ.get("NO_COLOR"):
        return "mono", "NO_COLOR"
    if term.startswith(WITHOUT_COLOURS):
        return "mono", "TERM"
    if os.environ.get("COLORTERM", "").lower() in MANY_COLOURS:
        return "256", "COLORTERM"
    if "256color" in term or "direct" in term:
        return "256", "TERM"
    return "16", "TERM"


def look_of(terminal: Terminal) -> str:
    """The looks of the theme on this terminal."""
    return "linux" if terminal.theme == "16" and terminal.term.startswith("linux") else terminal.theme


def _charset() -> tuple[str, str]:
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        return locale.nl_langinfo(locale.CODESET), "locale"
    except locale.Error:
        # a locale that this machine does not have still says what the terminal is
        said = ((name, os.environ.get(name)) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
        name, value = next(((name, each) for name, each in said if each), ("LANG", ""))
        return (value or "").partition(".")[2].partition("@")[0] or "utf-8", name


def codec_of(charset: str) -> str:
    """The codec of a charset's name; UTF-8 for one that is not known."""
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return "utf-8"
    return TAKEN_AS.get(name.replace("-", "_") if name == "euc-cn" else name, name)


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanting = error.object[error.start : error.end]
    stand_ins = [STAND_INS.get(width(character), "") for character in wanting]
    shown = "".join(stand_ins)
    try:
        shown.encode(error.encoding)
    except UnicodeEncodeError:
        shown = "".join("?" * len(each.encode("gbk")) if each else "" for each in stand_ins)
    return shown, error.end


codecs.register_error(ERRORS, _stand_in)

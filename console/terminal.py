"""What the terminal is, as far as can be known: its charset, and how much of a terminal it is."""

from __future__ import annotations

import codecs
import locale
import os
from dataclasses import dataclass

from store.cells import width

# a GB2312 terminal is often sent characters of its supersets; plain C says nothing of what it shows
TAKEN_AS = {"gb2312": "gbk", "euc_cn": "gbk", "ascii": "utf-8", "iso8859-1": "utf-8"}
SIMPLE = ("linux", "vt", "ansi")
WITHOUT_COLOURS = ("vt",)
STAND_INS = {1: "?", 2: "〓"}
ERRORS = "supervise_stand_in"


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal: the codec of its charset; `simple` knows moves, styles and erasing alone."""

    encoding: str
    simple: bool
    colours: bool


def found() -> Terminal:
    """The terminal that the environment tells of."""
    term = os.environ.get("TERM", "")
    colours = not term.startswith(WITHOUT_COLOURS) and not os.environ.get("NO_COLOR")
    return Terminal(codec_of(_charset()), term.startswith(SIMPLE), colours)


def _charset() -> str:
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        return locale.nl_langinfo(locale.CODESET)
    except locale.Error:
        # a locale that this machine does not have still says what the terminal is
        said = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
        named = next((each for each in said if each), "")
        return named.partition(".")[2].partition("@")[0] or "utf-8"


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

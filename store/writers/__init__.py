"""The outgoing formats, one a file: table, json, csv, markdown, xlsx.

Every module of this folder is a format and holds `BINARY` (whether it writes bytes), `ENCODING` (what a text
stream must be opened with; None leaves it to the reader's terminal) and
`write(table, out, lang, title="")`. A new format is one new file. Text streams are best opened with
`newline=""`: the formats end their lines themselves.
"""

from __future__ import annotations

from types import ModuleType

from store import discovery


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted; none of them is imported."""
    return discovery.names(__name__)


def writer(name: str) -> ModuleType:
    """The module of one format; KeyError for a name that is not one of `formats()`."""
    if name not in formats():
        raise KeyError(name)
    return discovery.load(__name__, name)

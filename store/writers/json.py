"""JSON for scripts: an array of objects, one a line, or one object where the answer is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json import JSONEncoder
from typing import Any, TextIO

from store.safe import replaced
from store.tables import Table
from store.writers import _facts

BINARY = False
ENCODING = "utf-8"

_encode = JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


def write(table: Table, out: TextIO, lang: str, title: str = "") -> None:
    """Write the table row by row; neither the language nor a title changes what scripts read."""
    if table.single:
        out.write(f"{next(_objects(table))}\n")
    else:
        write_all([table], out)


def write_all(tables: Sequence[Table], out: TextIO) -> None:
    """Write several answers as one array, each object with the keys of its own."""
    opening = "["
    for table in tables:
        for line in _objects(table):
            out.write(f"{opening}{line}")
            opening = ",\n "
    out.write("[]\n" if opening == "[" else "]\n")


def _objects(table: Table) -> Iterator[str]:
    keys = table.keys()
    return (text_of(dict(zip(keys, row, strict=True))) for row in _facts.rows_of(table))


def text_of(plain: Any) -> str:
    """A plain value as JSON in one line, in which nothing hides: invisible characters are escaped."""
    return replaced(_encode(plain), _escaped)


def _escaped(character: str) -> str:
    # Outside its strings JSON of ours is ASCII without controls, so each of these stands in a string.
    code = ord(character)
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"

"""The reference files that a store may load: regions, programmes and deadlines, in the shape of feeds."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

_NAMES = {"regions": "regions.csv.gz", "programmes": "programmes.csv", "deadlines": "deadlines.csv"}
KINDS: tuple[str, ...] = tuple(_NAMES)


@cache
def _unpacked() -> ExitStack:
    # A package inside a zip has no paths: what is unpacked for us has to live as long as the process.
    stack = ExitStack()
    atexit.register(stack.close)
    return stack


@cache
def reference_file(kind: str) -> Path:
    """The path of the file of a kind in `KINDS`; raises KeyError for any other."""
    return _unpacked().enter_context(as_file(files("seeds") / "data" / _NAMES[kind]))

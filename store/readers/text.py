"""Text tables: CSV and TSV in UTF-8, GB18030 or UTF-16, however they are delimited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from store.readers import _delimiter, _encoding
from store.readers._records import runs
from store.readers._sheet import Block, Sheet, regroup
from store.readers._source import Source

if TYPE_CHECKING:
    from store.readers._grid import Grid

SAMPLE = 50  # lines that a delimiter is judged by


def recognises(source: Source, head: bytes) -> bool:
    """Anything may be text: this reader is asked last."""
    return True


def sheets(source: Source) -> list[Sheet]:
    """The one sheet of a text; its encoding is looked for when it is first read."""
    form = cache(lambda: form_of(source))

    def blocks(size: int) -> Iterator[Block]:
        encoding, delimiter = form()
        return regroup(runs(_encoding.decoded(source, encoding), delimiter), size)

    def grids(size: Callable[[], int]) -> Iterator[Grid]:
        from store.readers import _cutting

        encoding, delimiter = form()
        return _cutting.grids(_encoding.decoded(source, encoding), delimiter, size)

    return [Sheet(source.name, None, 0, source.sha256(), blocks, grids)]


def form_of(source: Source) -> tuple[str, str]:
    """The encoding and the delimiter of a text; NoEncoding if no encoding decodes it."""
    encoding = _encoding.choose(source)
    start = next(filter(None, _encoding.decoded(source, encoding)), "")
    lines = [line for line in islice(start.split("\n"), SAMPLE * 2) if line.strip()]
    return encoding, _delimiter.choose(lines[:SAMPLE])

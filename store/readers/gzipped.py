"""Gzip: one file, packed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, cast

from store.errors import NotDone
from store.readers._open import sheets_of
from store.readers._sheet import Sheet
from store.readers._source import Source

DEEPEST = 2  # a gzip in a zip, and no further: a gzip can be made that unpacks to itself


def recognises(source: Source, head: bytes) -> bool:
    """Whether the bytes begin as a gzip does."""
    return head.startswith(b"\x1f\x8b")


def sheets(source: Source) -> list[Sheet]:
    """The sheets of the packed file, under the name and the hash of the gzip itself."""
    if source.depth >= DEEPEST:
        raise NotDone("file_nested", path=source.name)

    @contextmanager
    def unpacked() -> Iterator[IO[bytes]]:
        with source.open() as packed, gzip.GzipFile(fileobj=packed, mode="rb") as stream:
            yield cast(IO[bytes], stream)

    digest = source.sha256()
    inner = Source(source.name, unpacked, source.depth + 1)
    return [replace(sheet, sha256=digest) for sheet in sheets_of(inner)]

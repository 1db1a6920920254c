"""Picks the reader by what a file holds: the first of the folder that recognises it, else text."""

from __future__ import annotations

from pathlib import Path

from store import discovery
from store.readers._sheet import Sheet
from store.readers._source import Source, physical

FALLBACK = "text"


def open_path(path: Path, shown: str) -> list[Sheet]:
    """The sheets of the file at `path`; NotDone if it is missing, may not be read or is damaged."""
    return sheets_of(physical(path, shown))


def sheets_of(source: Source) -> list[Sheet]:
    """The sheets of `source`, by the reader that recognises it."""
    head = source.head(8)
    for name in discovery.names("store.readers"):
        if name == FALLBACK:
            continue
        reader = discovery.load("store.readers", name)
        if reader.recognises(source, head):
            found: list[Sheet] = reader.sheets(source)
            return found
    found = discovery.load("store.readers", FALLBACK).sheets(source)
    return found

"""Files made for a test, and all that a reader finds in them."""

from __future__ import annotations

from pathlib import Path

from store.readers import Sheet, open_path

Found = list[tuple[int, list[str]]]


def records(sheet: Sheet, size: int = 1000) -> Found:
    return [pair for block in sheet.blocks(size) for pair in zip(block.lines, block.rows, strict=True)]


def undecodable_lines(sheet: Sheet) -> list[int]:
    return [block.lines[at] for block in sheet.blocks(1000) for at in sorted(block.undecodable)]


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(folder: Path, content: bytes, name: str = "a.csv") -> Found:
    (sheet,) = open_path(put(folder, name, content), name)
    return records(sheet)

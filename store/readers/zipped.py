"""Zip: several files in one, read in order as streams and never unpacked to a disk."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO

from store.errors import NotDone
from store.readers._open import sheets_of
from store.readers._sheet import Block, Sheet
from store.readers._source import Source
from store.readers.spreadsheet import is_workbook

UTF8_NAME = 0x800


def recognises(source: Source, head: bytes) -> bool:
    """Whether it is a zip that is no workbook (a workbook is a zip too)."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not is_workbook(source)


def sheets(source: Source) -> list[Sheet]:
    """The sheets of all members; a member that cannot be opened says so when it is read, not before."""
    with source.open() as packed, zipfile.ZipFile(packed) as archive:
        members = [info for info in archive.infolist() if wanted(info)]
    if source.depth:
        raise NotDone("file_nested", path=source.name)
    found: list[Sheet] = []
    for info in members:
        inner = Source(f"{source.name}/{member_name(info)}", opener(source, info), source.depth + 1)
        try:
            opened = sheets_of(inner)
        except NotDone as error:
            # the other members go in, whatever is wrong with this one
            opened = [Sheet(inner.name, None, 0, "", refuser(error))]
        found += [replace(sheet, part=len(found) + at) for at, sheet in enumerate(opened)]
    return found


def wanted(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a file that somebody put there (no folder, no trace of a Mac or of Office)."""
    path = PurePosixPath(member_name(info))
    return not (info.is_dir() or "__MACOSX" in path.parts or path.name.startswith((".", "~$")))


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name; Windows in China writes GBK without saying so, and zipfile takes it for cp437."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def opener(source: Source, info: zipfile.ZipInfo) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    """What opens a member, anew each time."""

    @contextmanager
    def stream() -> Iterator[IO[bytes]]:
        # the opener itself: damage is to be told of the member, and not of the zip
        with source.opener() as packed, zipfile.ZipFile(packed) as archive:
            try:
                member = archive.open(info)
            except RuntimeError as error:  # it wants a password
                raise zipfile.BadZipFile(str(error)) from error
            with member:
                yield member

    return stream


def refuser(error: NotDone) -> Callable[[int], Iterator[Block]]:
    """Blocks that are nothing but `error`."""

    def blocks(size: int) -> Iterator[Block]:
        raise error

    return blocks

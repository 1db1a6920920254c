"""Spreadsheets: XLSX and XLS, every sheet, hidden ones too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from store.errors import NotDone
from store.readers._cells import texts_of
from store.readers._extent import too_wide
from store.readers._probe import survives
from store.readers._sheet import Block, Sheet, regroup
from store.readers._source import Source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
RUN = 10_000
LARGEST = 256 << 20  # bytes of a workbook, which is held in memory while it is read


def recognises(source: Source, head: bytes) -> bool:
    """Whether it is an OLE file (XLS) or a zip that is a workbook (XLSX)."""
    return head.startswith(OLE) or (head.startswith(ZIP) and is_workbook(source))


def is_workbook(source: Source) -> bool:
    """Whether a zip is an office document; one that is damaged goes to the reader of zips, which says so."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except NotDone as error:
        if error.key == "file_damaged":
            return False
        raise


def sheets(source: Source) -> list[Sheet]:
    """The sheets of a workbook; the first has no name, since a line of it needs none."""
    digest = source.sha256()
    content = content_of(source)
    with blamed(source):
        huge = content.startswith(ZIP) and too_wide(content)
    if huge:
        raise NotDone("file_too_big", path=source.name)
    if content.startswith(OLE) and not survives(content):
        raise NotDone("file_damaged", path=source.name)
    with blamed(source), workbook(content) as book:
        names = [each.name for each in book.book.sheets_metadata if _is_worksheet(each)]
    return [
        Sheet(source.name, name if part else None, part, digest, partial(blocks, source, name))
        for part, name in enumerate(names)
    ]


def blocks(source: Source, name: str, size: int) -> Iterator[Block]:
    """The records of one sheet."""
    return regroup(runs(source, name), size)


def runs(source: Source, name: str) -> Iterator[Block]:
    """The rows of one sheet as texts, numbered as they stand in it, without empty cells at their end."""
    import pandas

    content = content_of(source)
    with blamed(source), workbook(content) as book:
        # "NA" and "null" are words like any other here, so nothing is taken for missing
        frame = pandas.read_excel(book, sheet_name=name, header=None, dtype=object, na_filter=False)
    for begin in range(0, len(frame), RUN):
        rows = texts_of(frame.iloc[begin : begin + RUN].to_numpy(dtype=object).tolist())
        kept = [(begin + at + 1, row) for at, row in enumerate(rows) if "".join(row).strip()]
        yield Block([number for number, _ in kept], [row for _, row in kept])


def content_of(source: Source) -> bytes:
    """The bytes of the workbook; NotDone if it is larger than memory should hold."""
    content = source.head(LARGEST + 1)
    if len(content) > LARGEST:
        raise NotDone("file_too_big", path=source.name)
    return content


def workbook(content: bytes) -> Any:
    """A workbook, open, to be closed again."""
    import pandas

    return pandas.ExcelFile(io.BytesIO(content), engine="calamine")


@contextmanager
def blamed(source: Source) -> Iterator[None]:
    """Whatever goes wrong inside the library means that the file is damaged."""
    try:
        yield
    except (MemoryError, ImportError):
        raise
    except BaseException as error:
        # a panic of the library is a BaseException; what is not the file's fault goes on as it is
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise NotDone("file_damaged", path=source.name) from error
        raise


def _is_worksheet(sheet: Any) -> bool:
    from python_calamine import SheetTypeEnum

    return bool(sheet.typ == SheetTypeEnum.WorkSheet)

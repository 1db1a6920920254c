"""Whether a workbook would fill the memory: its library keeps every cell between the first and the last.

One forgotten cell in the far corner of a sheet would ask for hundreds of gigabytes and end the process.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

MOST_CELLS = 50_000_000
PIECE = 1 << 20
OVERLAP = 256  # so that a cell across two pieces is seen
# Letters of a column past Z; ordinary sheets have none, which keeps the search fast.
FAR_COLUMN = re.compile(rb' r="([A-Z]{2,3})[0-9]+"')
ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="([0-9]+)"')
FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]+)"[^>]*[^>/]>')


def too_wide(content: bytes) -> bool:
    """Whether a sheet of the XLSX `content` spans more cells than memory should hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if "/worksheets/" in name and name.endswith(".xml")]
        return any(spans(archive, name) > MOST_CELLS for name in names)


def spans(archive: zipfile.ZipFile, name: str) -> int:
    """The cells of a sheet from the first to the last, roughly; exactly where it matters."""
    rows, columns = 0, 26
    for piece in pieces(archive, name):
        rows = max(rows, *(int(found) for found in ROW.findall(piece)), 0)
        columns = max(columns, *(number(letters) for letters in set(FAR_COLUMN.findall(piece))), 0)
    if rows * columns <= MOST_CELLS:
        return rows * columns
    # cells that only have a colour do not count: whole rows and columns are often coloured
    rows = columns = 0
    for piece in pieces(archive, name):
        filled = FILLED.findall(piece)
        rows = max(rows, *(int(row) for _, row in filled), 0)
        columns = max(columns, *(number(letters) for letters in {letters for letters, _ in filled}), 0)
    return rows * columns


def number(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A member in pieces that overlap."""
    tail = b""
    with archive.open(name) as stream:
        while fresh := stream.read(PIECE):
            yield tail + fresh
            tail = fresh[-OVERLAP:]

"""The forms a file of lines is written in: UTF-8, GB18030, or a workbook."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

ENCODINGS = ("utf-8", "gb18030", "xlsx")
PIECE = 20_000  # lines
BROKEN = "\udcff"  # becomes a byte that neither encoding decodes
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def write_lines(path: Path, header: str, lines: Sequence[str], encoding: str) -> Path:
    """Write lines of comma-separated cells below a header; the path gets the ending of its form."""
    if encoding == "xlsx":
        return _write_workbook(path.with_suffix(".xlsx"), [header, *lines])
    path = path.with_suffix(".csv")
    with path.open("wb") as out:
        out.write(f"{header}\n".encode(encoding))
        for start in range(0, len(lines), PIECE):
            text = "\n".join(lines[start : start + PIECE]) + "\n"
            out.write(_encoded(text, encoding))
    return path


def _encoded(text: str, encoding: str) -> bytes:
    if BROKEN not in text:
        return text.encode(encoding)
    return b"\xff".join(piece.encode(encoding) for piece in text.split(BROKEN))


def _write_workbook(path: Path, lines: Sequence[str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(_SHEET.encode())
            for start in range(0, len(lines), PIECE):
                out.write("".join(_rows(lines[start : start + PIECE], start + 1)).encode())
            out.write(b"</sheetData></worksheet>")
    return path


def _rows(lines: Sequence[str], first: int) -> Iterable[str]:
    for at, cells in enumerate(csv.reader(escape(line.replace(BROKEN, "\ufffd")) for line in lines)):
        joined = '</t></is></c><c t="inlineStr"><is><t>'.join(cells)
        yield f'<row r="{first + at}"><c t="inlineStr"><is><t>{joined}</t></is></c></row>'

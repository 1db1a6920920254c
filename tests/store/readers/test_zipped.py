"""A zip is as many files as it has members."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from store.errors import NotDone
from store.readers import Sheet, open_path
from tests.store.readers.reading import put, records

TABLE = "姓名,金额\n张三,1\n"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "金额"])
    book.create_sheet("二").append(["姓名", "金额"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(folder: Path, content: bytes) -> list[Sheet]:
    return open_path(put(folder, "a.zip", content), "a.zip")


def test_members_come_in_order_and_their_sheets_count_on(tmp_path: Path) -> None:
    members = {"二月/b.csv": TABLE.encode(), "a.xlsx": workbook(), "c.csv": TABLE.encode("gbk")}
    sheets = opened(tmp_path, zipped(members))
    assert [(sheet.file, sheet.sheet, sheet.part) for sheet in sheets] == [
        ("a.zip/二月/b.csv", None, 0),
        ("a.zip/a.xlsx", None, 1),
        ("a.zip/a.xlsx", "二", 2),
        ("a.zip/c.csv", None, 3),
    ]
    assert records(sheets[0]) == records(sheets[3]) == [(1, ["姓名", "金额"]), (2, ["张三", "1"])]
    assert records(sheets[2]) == [(1, ["姓名", "金额"])]
    hashes = [hashlib.sha256(content).hexdigest() for content in members.values()]
    assert [sheet.sha256 for sheet in sheets] == [hashes[0], hashes[1], hashes[1], hashes[2]]


def test_folders_and_traces_are_no_members(tmp_path: Path) -> None:
    members = {"drop/": b"", "__MACOSX/a.csv": b"x", "drop/.DS_Store": b"x", "drop/~$a.xlsx": b"x"}
    assert opened(tmp_path, zipped(members)) == []


def test_names_that_windows_wrote_in_gbk_read_as_chinese(tmp_path: Path) -> None:
    content = zipped({"AAAAAA.csv": TABLE.encode()}).replace(b"AAAAAA", "发放表".encode("gbk"))
    assert [sheet.file for sheet in opened(tmp_path, content)] == ["a.zip/发放表.csv"]


def test_a_damaged_member_says_so_and_spares_the_others(tmp_path: Path) -> None:
    content = zipped(
        {"a.csv": b"\x01" * 9 + b"SPOIL" * 9, "b.csv": TABLE.encode(), "c.xlsx": workbook()[:900]}
    )
    start = content.index(b"a.csv") + 7
    content = content[:start] + b"\x00\x00" + content[start + 2 :]
    first, second, third = opened(tmp_path, content)
    for sheet, name in ((first, "a.zip/a.csv"), (third, "a.zip/c.xlsx")):
        with pytest.raises(NotDone) as damage:
            list(sheet.blocks(10))
        assert (damage.value.key, damage.value.values) == ("file_damaged", {"path": name})
    assert len(records(second)) == 2
    assert [first.part, second.part, third.part] == [0, 1, 2]


def test_a_zip_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    content = zipped({"a.csv": TABLE.encode() * 100})
    with pytest.raises(NotDone) as damage:
        opened(tmp_path, content[:-30])
    assert (damage.value.key, damage.value.values) == ("file_damaged", {"path": "a.zip"})


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    (sheet,) = opened(tmp_path, zipped({"b.zip": zipped({"a.csv": b"x"})}))
    with pytest.raises(NotDone) as nested:
        list(sheet.blocks(10))
    assert (nested.value.key, nested.value.values) == ("file_nested", {"path": "a.zip/b.zip"})


def test_an_empty_zip_has_no_sheets(tmp_path: Path) -> None:
    assert opened(tmp_path, zipped({})) == []

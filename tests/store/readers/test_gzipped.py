"""A packed file is read as the file it holds."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from store.errors import NotDone
from store.readers import open_path
from tests.store.readers.reading import put, records

TABLE = "姓名,金额\n张三,1\n"


def test_a_gzip_is_known_by_its_bytes_and_has_its_own_hash(tmp_path: Path) -> None:
    content = gzip.compress(TABLE.encode("gb18030"))
    (sheet,) = open_path(put(tmp_path, "a.csv", content), "a.csv")
    assert records(sheet) == [(1, ["姓名", "金额"]), (2, ["张三", "1"])]
    assert sheet.sha256 == hashlib.sha256(content).hexdigest()
    assert (sheet.file, sheet.part) == ("a.csv", 0)


def test_a_gzip_that_is_cut_off_is_damaged_before_a_record_is_given(tmp_path: Path) -> None:
    content = gzip.compress(TABLE.encode() * 5000)
    with pytest.raises(NotDone) as damage:
        open_path(put(tmp_path, "a.csv.gz", content[: len(content) // 2]), "a.csv.gz")[0].blocks(10)
    assert (damage.value.key, damage.value.values) == ("file_damaged", {"path": "a.csv.gz"})
    with pytest.raises(NotDone, match="damaged"):
        open_path(put(tmp_path, "b.csv.gz", b"\x1f\x8bnonsense"), "b.csv.gz")


def test_a_gzip_of_nothing_is_an_empty_file(tmp_path: Path) -> None:
    (sheet,) = open_path(put(tmp_path, "a.csv.gz", gzip.compress(b"")), "a.csv.gz")
    assert records(sheet) == []


def test_gzips_inside_gzips_come_to_an_end(tmp_path: Path) -> None:
    content = TABLE.encode()
    for _ in range(4):
        content = gzip.compress(content)
    with pytest.raises(NotDone) as nested:
        open_path(put(tmp_path, "a.gz", content), "a.gz")
    assert nested.value.key == "file_nested"

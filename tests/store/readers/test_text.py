"""Text tables are read as they stand, in whatever encoding and with whatever delimiter."""

from __future__ import annotations

import csv
import io
import tracemalloc
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotDone
from store.readers import NoEncoding, _encoding, _source, open_path
from store.readers._records import runs
from store.readers._sheet import regroup
from tests.store.readers.reading import put, read, records, undecodable_lines

TABLE = "流水号,姓名,金额\nP1,何晓明,396.85\nP2,李秀英,500.00\n"
ROWS = [["流水号", "姓名", "金额"], ["P1", "何晓明", "396.85"], ["P2", "李秀英", "500.00"]]
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, TABLE.encode(encoding)) == [(at + 1, row) for at, row in enumerate(ROWS)]


def test_utf16_with_its_big_end_first_is_known_by_its_mark(tmp_path: Path) -> None:
    assert [row for _, row in read(tmp_path, b"\xfe\xff" + TABLE.encode("utf-16-be"))] == ROWS


def test_a_chinese_header_over_plain_digits_is_not_taken_for_utf8(tmp_path: Path) -> None:
    table = "流水号,金额\n" + "1,2\n" * 1000
    assert read(tmp_path, table.encode("gb18030"))[0] == (1, ["流水号", "金额"])


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b""])
def test_one_line_that_does_not_decode_is_marked_alone(tmp_path: Path, bom: bytes) -> None:
    lines = ["姓名,金额", "张三,1", "李四,2", "坏X字,3", "王五,4"]
    path = put(tmp_path, "a.csv", bom + "\r\n".join(lines).encode().replace(b"X", b"\xff"))
    (sheet,) = open_path(path, "a.csv")
    assert undecodable_lines(sheet) == [4]
    assert records(sheet)[3] == (4, ["坏\ufffd字", "3"])


@pytest.mark.parametrize(
    ("encoding", "broken"),
    [("gb18030", b"\xff"), ("utf-16-le", b"\x00\xd8"), ("utf-16-be", b"\xdc\x00"), ("utf-8", b"\xe5\xbc")],
)
def test_a_broken_character_spares_its_neighbours(tmp_path: Path, encoding: str, broken: bytes) -> None:
    before, after = "姓名,金额\n张三,1\n坏".encode(encoding), ",3\n王五,4\n李四,5\n".encode(encoding)
    (sheet,) = open_path(put(tmp_path, "a.csv", before + broken + after), "a.csv")
    assert undecodable_lines(sheet) == [3]
    assert [row[1] for _, row in records(sheet)] == ["金额", "1", "3", "4", "5"]


def test_a_stray_byte_in_plain_ascii_is_still_one_line(tmp_path: Path) -> None:
    (sheet,) = open_path(put(tmp_path, "a.csv", b"a,b\n1,\xff\n2,3\n"), "a.csv")
    assert undecodable_lines(sheet) == [2]


def test_a_character_of_replacement_in_the_file_itself_is_text(tmp_path: Path) -> None:
    (sheet,) = open_path(put(tmp_path, "a.csv", "姓名,b\n坏\ufffd字,1\n".encode()), "a.csv")
    assert undecodable_lines(sheet) == []


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(255, -1, -1)) * 20,
        b"SQLite format 3\x00" + b"\x00" * 4000,
        b"\xff\xfe\xfd\xfc" * 100,
        b"\xff\xff\xff\n" * 30,
        b"\x00\x01\x02\x03",
    ],
)
def test_what_is_no_text_has_no_encoding(tmp_path: Path, content: bytes) -> None:
    (sheet,) = open_path(put(tmp_path, "a.csv", content), "a.csv")
    with pytest.raises(NoEncoding):
        sheet.blocks(10)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n\r\n", b" , ,\n\t\n", b"\x1a", b"\xff\xfe"])
def test_an_empty_file_is_one_sheet_without_records(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content) == []


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    table = "批次表\n填报单位：资中县;财政局\n" + delimiter.join(["a", "b", "c"]) + "\n"
    table += delimiter.join(["1", "民政|财政", "3"]) + "\n" if delimiter != "|" else "1|2|3\n"
    assert [len(row) for _, row in read(tmp_path, table.encode())[-2:]] == [3, 3]


def test_separators_inside_cells_do_not_deceive(tmp_path: Path) -> None:
    codes = "id,name,region,tags\n1,a,2,x;y;z;w\n2,b,3,x;y;z;w\n"
    assert [len(row) for _, row in read(tmp_path, codes.encode())] == [4, 4, 4]
    money = "no\tamount\tdate\n1\t1,420.00\t2025\n2\t2,420.00\t2025\n"
    assert [len(row) for _, row in read(tmp_path, money.encode())] == [3, 3, 3]
    quoted = 'no;amount\n1;"1,420,000,000.00"\n'
    assert [len(row) for _, row in read(tmp_path, quoted.encode())] == [2, 2]


def test_lines_end_in_every_usual_way_and_in_no_other(tmp_path: Path) -> None:
    content = "a,b\r\n1,x\x0by\r2,x\x0cy\n3,x\x1cy\n\n4,x\u2028y\r\n5,x\x85y".encode()
    assert read(tmp_path, content) == [
        (1, ["a", "b"]),
        (2, ["1", "x\x0by"]),
        (3, ["2", "x\x0cy"]),
        (4, ["3", "x\x1cy"]),
        (6, ["4", "x\u2028y"]),
        (7, ["5", "x\x85y"]),
    ]


def test_a_quoted_cell_may_hold_lines_and_its_record_is_where_it_begins(tmp_path: Path) -> None:
    content = b'a,b\n1,"x\r\ny, ""z"""\n2,w\n'
    assert read(tmp_path, content) == [(1, ["a", "b"]), (2, ["1", 'x\ny, "z"']), (4, ["2", "w"])]


@pytest.mark.parametrize("after", [1, 99, 100, 101, 5000, 60_000])
def test_a_stray_quote_takes_its_own_line_and_no_more(tmp_path: Path, after: int) -> None:
    content = 'a,b\n1,"x,3\n' + "2,w\n" * after
    found = read(tmp_path, content.encode())
    assert found[1] == (2, ["1", '"x', "3"])
    assert len(found) == after + 2
    assert found[-1] == (after + 2, ["2", "w"])


def test_a_quote_that_closes_by_accident_on_a_later_line_does_not_join_them(tmp_path: Path) -> None:
    content = b'a,b\n1,"x\n2,"y"\n3,z\n'
    assert read(tmp_path, content) == [(1, ["a", "b"]), (2, ["1", '"x']), (3, ["2", "y"]), (4, ["3", "z"])]


def test_a_record_may_span_a_hundred_lines_and_no_more(tmp_path: Path) -> None:
    for lines, whole in ((100, True), (101, False)):
        content = 'a,b\n1,"' + "\n".join(["x"] * lines) + '"\n2,w\n'
        found = read(tmp_path, content.encode())
        assert (len(found) == 3) is whole
        assert found[-1] == (lines + 2, ["2", "w"])


def test_text_behind_a_closing_quote_stays_in_its_cell(tmp_path: Path) -> None:
    assert read(tmp_path, '金额,b\n"1,420.00"元,x\n'.encode())[1] == (2, ["1,420.00元", "x"])


def test_zero_characters_survive(tmp_path: Path) -> None:
    assert read(tmp_path, b'a,b\n1\x00,"2\x00"\n')[1] == (2, ["1\x00", "2\x00"])


def test_the_end_mark_of_dos_is_no_record(tmp_path: Path) -> None:
    assert read(tmp_path, b"a,b\n1,2\n\x1a") == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_blocks_have_their_size_and_can_be_read_again(tmp_path: Path) -> None:
    content = "姓名,b\n" + "张三,1\n" * 9 + "\n" + "坏,1\n"
    (sheet,) = open_path(put(tmp_path, "a.csv", content.encode().replace("坏".encode(), b"\xff")), "a.csv")
    first = list(sheet.blocks(4))
    assert [block.lines for block in first] == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 12]]
    assert [block.undecodable for block in first] == [frozenset(), frozenset(), frozenset({2})]
    assert list(sheet.blocks(4)) == first


def test_names_and_hashes_are_those_of_the_file(tmp_path: Path) -> None:
    (sheet,) = open_path(put(tmp_path, "a.csv", b"abc"), "drop/a.csv")
    assert (sheet.file, sheet.sheet, sheet.part) == ("drop/a.csv", None, 0)
    assert sheet.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_path_that_is_missing_or_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotDone) as missing:
        open_path(tmp_path / "none.csv", "none.csv")
    assert (missing.value.key, missing.value.values) == ("file_missing", {"path": "none.csv"})
    with pytest.raises(NotDone) as folder:
        open_path(tmp_path, "drop")
    assert folder.value.key == "file_unreadable"


def test_memory_stays_flat_whatever_the_length(tmp_path: Path) -> None:
    def peak(lines: int) -> int:
        path = put(tmp_path, "a.csv", b"1,2,3,4,5,6,7,8,9,10\n" * lines)
        tracemalloc.start()
        for _ in open_path(path, "a.csv")[0].blocks(500):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(60_000) < peak(20_000) * 1.2


CELLS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\x1a\ufeff"), max_size=12)


@given(
    body=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=30),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from(",\t;|"),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    piece=st.integers(1, 50),
)
def test_what_a_csv_writer_wrote_reads_the_same(
    body: list[list[str]], encoding: str, delimiter: str, newline: str, piece: int
) -> None:
    codec = "gb18030" if encoding == "gbk" else encoding
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    expected = []
    line = 1
    for row in body:
        if "".join(row).strip():
            expected.append((line, row))
        writer.writerow(row)
        line += 1 + sum(cell.count("\n") for cell in row)
    content = out.getvalue().replace("\n", newline).encode(codec)
    assert list(_decoded(content, codec, delimiter, piece)) == expected


def _decoded(content: bytes, encoding: str, delimiter: str, piece: int) -> list[tuple[int, list[str]]]:
    """Read through the pieces of a file of tiny pieces, so that every boundary is met."""
    name = encoding.removesuffix("-sig")
    if name == "utf-16":
        name = "utf-16-le"
    source = _source.Source("a.csv", lambda: nullcontext(io.BytesIO(content)))
    with mock.patch.object(_source, "PIECE", piece):
        blocks = list(regroup(runs(_encoding.decoded(source, name), delimiter), 7))
    assert not any(block.undecodable for block in blocks)
    return [pair for block in blocks for pair in zip(block.lines, block.rows, strict=True)]


@given(
    names=st.lists(
        st.text("何晓明李秀英张桂芳欧阳建国·阿依古丽", min_size=2, max_size=6), min_size=3, max_size=40
    ),
    notes=st.lists(st.sampled_from(["", "已核", '他说"好"', "一\n二", "a,b"]), min_size=40, max_size=40),
    encoding=st.sampled_from(ENCODINGS),
)
def test_a_table_of_people_is_read_whatever_its_encoding(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], notes: list[str], encoding: str
) -> None:
    body = [["流水号", "姓名", "备注", "金额"]]
    body += [
        [f"P{at}", name, note, "1.00"] for at, (name, note) in enumerate(zip(names, notes, strict=False))
    ]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(body)
    path = tmp_path_factory.mktemp("t") / "a.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    (sheet,) = open_path(path, "a.csv")
    assert [row for _, row in records(sheet)] == body

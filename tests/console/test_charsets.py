"""The console on terminals of other charsets and of older kinds."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from wcwidth import wcwidth

from console.terminal import codec_of
from store.database import Store, writing
from store.services.registration import Opening, open_item
from tests.console.staging import actor_at
from tests.console.test_terminal import F10, Terminal, url_of
from tests.console.test_terminal import cells as taken

CHARSETS = {
    "zh_CN.UTF-8": "utf-8",
    "zh_CN.GB18030": "gb18030",
    "zh_CN.GBK": "gbk",
    "zh_CN.GB2312": "gbk",
    "C": "utf-8",
}
TERMS = ("xterm-256color", "xterm", "linux", "vt100")
QUERIES = re.compile(rb"\x1b\[(\?(1000|1003|1004|1006|2004|2026|2048)|[<>]\d*u|6n)|\x1b\]")


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("name", CHARSETS)
def test_chinese_is_shown_and_typed(golden_store: Store, name: str, term: str) -> None:
    encoding = CHARSETS[name]
    terminal = Terminal(
        *("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20"),
        encoding=encoding,
        TERM=term,
        LC_ALL=name,
        PYTHONUTF8="0",
        LOCPATH="/nowhere",
    )
    terminal.until(lambda: terminal.shows("待销号"), 40)
    os.write(terminal.fd, b"1")
    terminal.until(lambda: terminal.shows("申报编号"), 40)
    os.write(terminal.fd, "/镇审\r".encode(encoding))
    terminal.until(lambda: terminal.shows("2 / 9"), 40)
    os.write(terminal.fd, b"/\xff\xfe\x81")  # bytes that are no text end nothing
    terminal.until(lambda: terminal.shows("镇审"), 40)
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    if term in ("linux", "vt100"):
        assert QUERIES.search(terminal.bytes) is None
    os.close(terminal.fd)


def test_what_a_charset_has_not_is_shown_by_a_stand_in_of_its_width() -> None:
    assert "徐·𠮷a€🀄".encode("gbk", "supervise_stand_in").decode("gbk") == "徐·〓a?〓"
    assert "中aé".encode("ascii", "supervise_stand_in") == b"??a?"
    codecs = {"GB2312": "gbk", "ANSI_X3.4-1968": "utf-8", "nothing": "utf-8", "UTF-8": "utf-8"}
    assert {name: codec_of(name) for name in codecs} == codecs


def note(store: Store, title: str) -> None:
    """An item of the ledger, whose title is shown."""
    actor = actor_at(store)
    with writing(store) as connection:
        open_item(connection, actor, Opening(title, "late", "meeting", region="511002"))


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize(
    ("environment", "settings", "answer", "cells"),
    [
        ({}, "", b"\x1b[2;7R", 2),
        ({}, "", b"\x1b[2;4R", 1),
        ({}, "", b"", 1),
        ({}, "ambiguous = 2", None, 2),
        ({"TERM": "vt100"}, "", None, 1),
        ({"TERM": "vt100", "LC_ALL": "zh_CN.GBK"}, "", None, 2),
        ({"LC_ALL": "zh_CN.GBK"}, "", b"\x1b[2;4R", 1),
        ({"TERM": "vt100"}, 'encoding = "gb18030"', None, 2),
    ],
)
def test_ambiguous_characters_take_as_many_cells_as_the_terminal_says(
    golden_store: Store,
    tmp_path: Path,
    environment: dict[str, str],
    settings: str,
    answer: bytes | None,
    cells: int,
) -> None:
    note(golden_store, "古丽·艾“好”—完")
    (tmp_path / "supervise").mkdir()
    (tmp_path / "supervise" / "console.toml").write_text(settings, "utf-8")
    terminal = Terminal(
        *("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20"),
        wide=cells == 2,
        encoding="gb18030" if "gb" in settings else "gbk" if "LC_ALL" in environment else "utf-8",
        **{"XDG_CONFIG_HOME": str(tmp_path), "LOCPATH": "/nowhere", **environment},
    )
    if answer is not None:
        terminal.until(lambda: b"\x1b[6n" in terminal.bytes, 20)
        os.write(terminal.fd, answer[:3])  # it comes in pieces, as over a slow line
        time.sleep(0.02)
        os.write(terminal.fd, answer[3:])
    terminal.until(lambda: terminal.shows("待销号"), 40)
    os.write(terminal.fd, b"3")
    terminal.until(lambda: terminal.shows("古丽·艾“好”—完"), 40)
    wide = taken if cells == 2 else wcwidth

    def column(text: str) -> int:
        line = next(line for line in terminal.screen.display if text in line)
        return sum(map(wide, line[: line.index(text)]))

    assert column("市中区") == column("区县")  # what stands behind is where it belongs
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    assert (b"\x1b[6n" in terminal.bytes) == (answer is not None)
    os.close(terminal.fd)

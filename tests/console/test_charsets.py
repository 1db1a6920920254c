"""The console on terminals of other charsets and of older kinds."""

from __future__ import annotations

import os
import re

import pytest

from console.terminal import codec_of
from store.database import Store
from tests.console.test_terminal import F10, Terminal, url_of

CHARSETS = {
    "zh_CN.UTF-8": "utf-8",
    "zh_CN.GB18030": "gb18030",
    "zh_CN.GBK": "gbk",
    "zh_CN.GB2312": "gbk",
    "C": "utf-8",
}
TERMS = ("xterm-256color", "xterm", "linux", "vt100")
QUERIES = re.compile(rb"\x1b\[(\?(1000|1003|1004|1006|2004|2026|2048)|[<>]\d*u)|\x1b\]")


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

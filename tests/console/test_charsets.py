"""The console on terminals of other charsets and of older kinds."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from wcwidth import wcwidth

from console.terminal import codec_of
from store.database import Store, store_at, writing
from store.services.registration import Opening, open_item
from tests.console.staging import actor_at
from tests.console.test_terminal import F10, Terminal, WideScreen, url_of
from tests.console.test_terminal import cells as taken

CHARSETS = {
    "zh_CN.UTF-8": "utf-8",
    "zh_CN.GB18030": "gb18030",
    "zh_CN.GBK": "gbk",
    "zh_CN.GB2312": "gbk",
    "C": "utf-8",
}
TERMS = ("xterm-256color", "xterm", "linux", "vt100", "dumb")
NOTE = "限期补审·逐户核对，由白马镇𠮷家村办理"
QUERIES = re.compile(rb"\x1b\[(\?(1000|1003|1004|1006|2004|2026|2048)|[<>]\d*u|6n)|\x1b\]")


@pytest.fixture(scope="module")
def shared(golden_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that all the terminals look at, with an item that has a note."""
    path = Path(shutil.copyfile(golden_template, tmp_path_factory.mktemp("shared") / "store.db"))
    store = store_at(str(path))
    note(store, "白马镇低保审批超期", NOTE)
    store.engine.dispose()
    return str(path)


@pytest.mark.parametrize("name", CHARSETS)
def test_chinese_is_shown_and_typed_on_every_kind_of_terminal(shared: str, name: str, tmp_path: Path) -> None:
    encoding = CHARSETS[name]
    words = ("console", "--store", shared, "--lang", "zh", "--as-of", "2025-10-20")
    given = {"LC_ALL": name, "PYTHONUTF8": "0", "LOCPATH": "/nowhere", "XDG_CONFIG_HOME": str(tmp_path)}
    # all at once: each waits most of its time for the others' turns
    terminals = {term: Terminal(*words, encoding=encoding, TERM=term, **given) for term in TERMS}
    refused = terminals.pop("dumb")
    assert refused.end() == 2
    assert b"\x1b" not in refused.bytes and refused.bytes.count(b"\n") == 1
    assert b"supervise overdue" in refused.bytes
    os.close(refused.fd)

    def each(keys: str | bytes, *texts: str) -> None:
        for terminal in terminals.values():
            os.write(terminal.fd, keys if isinstance(keys, bytes) else keys.encode(encoding))
        for terminal in terminals.values():
            terminal.until(lambda t=terminal: all(map(t.shows, texts)), 25)  # type: ignore[misc]

    each("", "待销号")
    each("1", "申报编号", "第 1 行")
    each("j", "第 2 行")
    for terminal in terminals.values():
        assert len({column(terminal, text) for text in ("环节", "镇审", "县定")}) == 1
    each("/镇审\r", "2 / 9")
    each(b"/\xff\xfe\x81\x1b", "2 / 9")  # bytes that are no text end nothing
    each("3", "白马镇低保审批超期")
    each("\r", "限期补审", "家村办理")
    rare = "𠮷" if encoding in ("utf-8", "gb18030") else "〓"
    assert all(terminal.shows(f"·逐户核对，由白马镇{rare}家村") for terminal in terminals.values())
    each("\x7f", "第 1 行")
    each(F10)
    for term, terminal in terminals.items():
        assert terminal.end() == 0
        os.close(terminal.fd)
        if term in ("linux", "vt100"):
            assert QUERIES.search(terminal.bytes) is None


def column(terminal: Terminal, text: str) -> int:
    """The cell in which a text begins."""
    line = next(line for line in terminal.lines() if text in line)
    wide = isinstance(terminal.screen, WideScreen)
    return sum(taken(each) if wide else wcwidth(each) for each in line[: line.index(text)])


def test_what_a_charset_has_not_is_shown_by_a_stand_in_of_its_width() -> None:
    assert "徐·𠮷a€🀄".encode("gbk", "supervise_stand_in").decode("gbk") == "徐·〓a?〓"
    assert "中aé".encode("ascii", "supervise_stand_in") == b"??a?"
    codecs = {"GB2312": "gbk", "ANSI_X3.4-1968": "utf-8", "nothing": "utf-8", "UTF-8": "utf-8"}
    assert {name: codec_of(name) for name in codecs} == codecs


def note(store: Store, title: str, measures: str | None = None) -> None:
    """An item of the ledger."""
    actor = actor_at(store)
    with writing(store) as connection:
        open_item(connection, actor, Opening(title, "late", "meeting", region="511002", measures=measures))


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
    assert column(terminal, "市中区") == column(terminal, "区县")  # what stands behind is where it belongs
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    assert (b"\x1b[6n" in terminal.bytes) == (answer is not None)
    os.close(terminal.fd)

"""What is said of a terminal, by the command and on the screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.database import Store
from store.words import catalogue
from tests.console.test_terminal import F10, Terminal, url_of
from tests.running import AsProcess

SQLITE = pytest.mark.parametrize("database", ["sqlite"])


def told(*words: str, answer: bytes = b"", **environment: str) -> tuple[int, str]:
    """How the command ended on a terminal, and what it said."""
    given = {"LOCPATH": "/nowhere", "NO_COLOR": "", "COLORTERM": "", **environment}
    encoding = "gb18030" if "GB" in environment.get("LC_ALL", "") else "utf-8"
    terminal = Terminal("check-terminal", "--lang", "zh", *words, encoding=encoding, **given)
    if answer:
        terminal.until(lambda: b"\x1b[6n" in terminal.bytes, 20)
        os.write(terminal.fd, answer)
    code = terminal.end()
    os.close(terminal.fd)
    return code, terminal.bytes.decode(encoding, "replace")


def test_the_command_says_what_was_found_and_from_where(tmp_path: Path) -> None:
    (tmp_path / "supervise").mkdir()
    (tmp_path / "supervise" / "console.toml").write_text('theme = "mono"\nencoding = "gbx"\n', "utf-8")
    code, said = told(
        answer=b"\x1b[1;7R",
        XDG_CONFIG_HOME=str(tmp_path),
        SSH_TTY="/dev/pts/1",
        TMUX="/tmp/x",
        ESCDELAY="500",
    )
    assert code == 0
    for text in (
        "xterm-256color",
        "UTF-8，由语言环境得知",
        "LC_ALL=C.UTF-8",
        "80 列 24 行",
        "mono，由个人设置指定",
        "2 格，终端自己回答的",
        "远程登录（SSH），在 tmux 里",
        "500 毫秒",
        str(tmp_path),
        "简化的功能: 不用颜色",
        "需要注意: 个人设置 encoding 的值 gbx 不能用",
    ):
        assert text in said, said


def test_a_simple_terminal_is_asked_nothing_and_told_what_is_left_out(tmp_path: Path) -> None:
    code, said = told(TERM="vt100", LC_ALL="zh_CN.GB2312")
    assert code == 0 and "\x1b" not in said
    assert "GB2312，按 GBK 收发，由 LC_ALL 得知" in said
    assert "mono，由 TERM 得知" in said and "2 格，没有回答" in said
    assert "简单终端" in said and "代替符号" in said and "没有 zh_CN" not in said
    assert "zh_CN.GB2312，只从名称得知编码" in said


def test_nothing_is_waited_for_that_does_not_come() -> None:
    code, said = told("--check")
    assert code == 0 and "1 格，没有回答" in said and "需要注意: 没有问题" in said


def test_without_a_terminal_it_is_plain_text_and_says_so(supervise_process: AsProcess) -> None:
    for lang, words in (("zh", "supervise overdue"), ("en", "plain commands")):
        ran = supervise_process("check-terminal", "--lang", lang, "--check")
        assert ran.code == 3 and words in ran.text and "\x1b" not in ran.text


@SQLITE
def test_the_console_says_the_same(golden_store: Store) -> None:
    words = ("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20")
    terminal = Terminal(*words, encoding="gbk", TERM="vt100", LC_ALL="zh_CN.GBK", LOCPATH="/nowhere")
    terminal.until(lambda: terminal.shows("待销号"), 40)
    os.write(terminal.fd, ":检查终端\r".encode("gbk"))
    terminal.until(lambda: terminal.shows("GBK，由 LC_ALL 得知"), 40)
    assert terminal.shows("2 格，没有回答") and terminal.shows("代替符号")
    os.write(terminal.fd, F10)
    assert terminal.end() == 0
    os.close(terminal.fd)


def test_every_word_of_it_can_be_said_over_the_telephone() -> None:
    for key, (zh, en) in catalogue().items():
        if key.startswith("check."):
            assert zh.isprintable()
            assert en.isascii() or key in ("check.ambiguous", "check.out.charset"), key

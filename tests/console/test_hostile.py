"""What is hostile reaches the terminal as plain text alone: every byte that is sent is looked at."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.console.test_terminal import F10, Terminal
from tests.hostile import bring
from tests.running import InProcess

# moves, styles, erasing, the cursor, the alternate screen, wrapping, marks of a paste, where is the cursor
ALLOWED = re.compile(r"\x1b\[(?:[\d;]*[HCmJK]|\?(?:25|7|1049|2004)[hl]|6n)")
FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200d-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
MOST_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{4,}")
VIEWS = (
    *("overdue", "failed --all", "failed --daily", "failed --weekly", "ledger --all", "progress", "rejects"),
    *("imports", "audit", "reasons", "attention", "changes --since 2025-09-01", "held", "doubtful", "posts"),
    "payments --batch BH02",
)
ESCAPE = b"\x1b\x1b"
TYPED = "[/]\u202e甲[@click=app.leave]=1\x9d"


@pytest.fixture(scope="module")
def hostile_store(golden_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("hostile")
    store = Path(shutil.copyfile(golden_template, folder / "store.db"))
    (folder / "in").mkdir()
    bring(InProcess(folder, str(store)), folder / "in")
    return str(store)


SIZES = ((80, 24), (200, 50), (60, 15))
QUIET_S = 0.15


def settled(terminals: Sequence[Terminal]) -> None:
    """Read until nothing more comes from any of them for a while."""
    seen, quiet_since = 0, time.monotonic()
    while time.monotonic() - quiet_since < QUIET_S:
        for terminal in terminals:
            terminal.read(0.02)
        sent = sum(len(terminal.bytes) for terminal in terminals)
        if sent != seen:
            seen, quiet_since = sent, time.monotonic()


def test_every_view_dialog_and_word_sends_plain_text_alone(hostile_store: str, tmp_path: Path) -> None:
    words = ("console", "--store", hostile_store, "--lang", "zh", "--as-of", "2025-10-20")
    homes = {"XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    terminals = [Terminal(*words, size=size, **homes) for size in SIZES]

    def press(*keys: bytes | str) -> None:
        for key in keys:
            for terminal in terminals:
                os.write(terminal.fd, key if isinstance(key, bytes) else key.encode())
            settled(terminals)

    for terminal in terminals:
        terminal.until(lambda t=terminal: t.shows("待销号"), 30)  # type: ignore[misc]
    for view in VIEWS:
        press(f":{view}\r", b"\x1b[BG", b"\t\r", b"\x1b[6~", b"\x7f")
        for terminal in terminals:
            terminal.until(lambda t=terminal: t.shows("F1帮助"), 30)  # type: ignore[misc]
    for row in ("CH00", "PH02", "CH11", "BH05"):  # everything on a number
        press(f":show {row}\r", b"G", b"\x7f")
    press(b"1", b"?", "[/]", ESCAPE, b"w", ESCAPE)
    press(b"/\x1b[200~" + TYPED.encode() + b"\x1b[201~", b"\r", ESCAPE)
    press(b":" + TYPED.encode() + b"\r", b"\x15", ESCAPE)
    press(b"m", b"O", ESCAPE, b"J", TYPED.encode(), b"\x13", ESCAPE, ESCAPE, b"u")
    press(b"O", TYPED.encode(), b"\x13", b"\x1b[6~", ESCAPE, ESCAPE)
    press(b"a", ESCAPE)
    for keys, text in ((":overdue\r", "申报编号"), ("e", "导出到")):
        for terminal in terminals:
            os.write(terminal.fd, keys.encode())
            terminal.until(lambda t=terminal, x=text: t.shows(x), 30)  # type: ignore[misc]
    for place, terminal in enumerate(terminals):
        os.write(terminal.fd, f"\x15{tmp_path}/甲{place}.md\r".encode())
    for place, terminal in enumerate(terminals):  # what is said of it may be gone again when it is looked for
        written = tmp_path / f"甲{place}.md.manifest.json"
        terminal.until(written.exists, 60)
    press(F10)
    for terminal in terminals:
        assert terminal.end() == 0
        os.close(terminal.fd)
        text = ALLOWED.sub("", terminal.bytes.decode()).rstrip("\r\n")
        assert sorted({f"U+{ord(each):04X}" for each in FORBIDDEN.findall(text)}) == []
        assert MOST_MARKS.search(text) is None
        for sign in ("␛", "⏎", "[/]", "[@click", "[red]丙[/red]"):  # it was there to be seen
            assert sign in text, sign
    assert len(list(tmp_path.glob("甲*.md"))) == len(SIZES)

"""The looks of the screen: readable by their figures, chosen by the terminal, and never by colour alone."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from console.terminal import found, look_of
from console.themes import LOOKS, MONO, OWN, Look
from console.wishes import Wishes
from store.database import Store
from tests.console.test_terminal import F10, Terminal, url_of

XTERM = {"black": "000000", "red": "cd0000", "yellow": "cdcd00", "cyan": "00cdcd", "white": "e5e5e5"}
XTERM |= {"bright_white": "ffffff", "bright_yellow": "ffff00", "bright_cyan": "00ffff"}
VGA = {"black": "000000", "red": "aa0000", "yellow": "aa5500", "cyan": "00aaaa", "white": "aaaaaa"}
VGA |= {"bright_white": "ffffff", "bright_yellow": "ffff55", "bright_cyan": "55ffff"}
LEAST = {"mono": 4.5, "16": 4.5, "linux": 4.5, "256": 4.5, "contrast": 7.0}
PALETTES = {"16": [XTERM], "linux": [VGA], "256": [XTERM], "contrast": [XTERM, VGA], "mono": [XTERM]}
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


def luminance(colour: str, palette: dict[str, str]) -> float:
    """How bright a colour is, as WCAG reckons it."""
    name = colour.removeprefix("ansi_")
    digits = colour[1:] if colour.startswith("#") else palette[name]
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(look: Look, palette: dict[str, str]) -> float:
    """The contrast of a part's two colours."""
    light, dark = sorted((luminance(look.colour, palette), luminance(look.ground, palette)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_reckoning_is_that_of_wcag() -> None:
    assert round(contrast(Look("none", "#ffffff", "#000000"), XTERM), 2) == 21.0
    assert round(contrast(Look("none", "#777777", "#ffffff"), XTERM), 2) == 4.48


@pytest.mark.parametrize("name", LOOKS)
def test_what_has_a_colour_can_be_read(name: str) -> None:
    faint = []
    for part, look in LOOKS[name].items():
        assert (look.colour == OWN) == (look.ground == OWN), f"{part} has half a pair of colours"
        if look.colour != OWN:
            worst = min(contrast(look, palette) for palette in PALETTES[name])
            if worst < LEAST[name]:
                faint.append(f"{part}: {worst:.2f}")
    assert faint == []
    assert set(LOOKS[name]) == set(MONO)


def test_the_theme_for_bad_eyes_leaves_nothing_to_the_terminal() -> None:
    assert [part for part, look in LOOKS["contrast"].items() if OWN in (look.colour, look.ground)] == []
    assert [part for part, look in MONO.items() if (look.colour, look.ground) != (OWN, OWN)] == []


@pytest.mark.parametrize(
    ("term", "others", "wish", "look"),
    [
        ("vt100", {}, "", "mono"),
        ("vt220", {"COLORTERM": "truecolor"}, "", "mono"),
        ("linux", {}, "", "linux"),
        ("xterm", {}, "", "16"),
        ("xterm", {"COLORTERM": "truecolor"}, "", "256"),
        ("xterm-256color", {}, "", "256"),
        ("screen-256color", {"NO_COLOR": "1"}, "", "mono"),
        ("screen-256color", {"NO_COLOR": ""}, "", "256"),
        ("xterm-256color", {"NO_COLOR": "1"}, "contrast", "contrast"),
        ("vt100", {}, "16", "16"),
    ],
)
def test_the_terminal_chooses_the_theme_and_a_person_overrules_it(
    term: str, others: dict[str, str], wish: str, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", term)
    for name, value in others.items():
        monkeypatch.setenv(name, value)
    assert look_of(found(Wishes(theme=wish))) == look


ON_TERMINALS = {
    "mono": ({"NO_COLOR": "1"}, ""),
    "16": ({"TERM": "xterm"}, ""),
    "256": ({"TERM": "xterm-256color"}, ""),
    "true": ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, ""),
    "contrast": ({}, 'theme = "contrast"\n'),
}


@pytest.mark.parametrize("database", ["sqlite"])
def test_what_is_sent_keeps_to_the_theme_and_says_the_same_in_all(
    golden_store: Store, tmp_path: Path
) -> None:
    terminals = {}
    for name, (environment, settings) in ON_TERMINALS.items():
        config = tmp_path / name
        (config / "supervise").mkdir(parents=True)
        (config / "supervise" / "console.toml").write_text(settings, "utf-8")
        words = ("console", "--store", url_of(golden_store), "--lang", "zh", "--as-of", "2025-10-20")
        terminals[name] = Terminal(*words, XDG_CONFIG_HOME=str(config), **environment)
    texts, sent = {}, {}
    for name, terminal in terminals.items():
        terminal.until(lambda t=terminal: t.shows("待销号"), 60)  # type: ignore[misc]
        os.write(terminal.fd, b"1")
        terminal.until(
            lambda t=terminal: t.shows("第 1 行") and t.shows("应办结") and not t.shows("正在"), 60
        )  # type: ignore[misc]
        for _ in range(10):  # the frame is whole when nothing more comes
            terminal.read(0.1)
        texts[name] = list(terminal.lines())
        os.write(terminal.fd, F10)
        assert terminal.end() == 0
        os.close(terminal.fd)
        sent[name] = terminal.bytes
    assert all(text == texts["mono"] for text in texts.values())
    assert any(" 红 " in line for line in texts["mono"])  # the word stands there whatever the colour
    assert COLOUR.search(sent["mono"]) is None
    assert COLOUR.search(sent["16"]) and b"8;5;" not in sent["16"] and b"8;2;" not in sent["16"]
    assert b"48;5;" in sent["256"] and b"8;2;" not in sent["256"]
    assert b"48;2;" in sent["true"]
    assert b"8;5;" not in sent["contrast"] and b";40" in sent["contrast"]

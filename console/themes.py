"""The looks of the screen, as data: how each part of it is drawn in each theme.

A part either keeps the terminal's own two colours, whose contrast is its owner's, or names both of its own.
Colour is never the only sign: what it says also stands there as a word, a character or a weight.
"""

from __future__ import annotations

from dataclasses import dataclass

OWN = "ansi_default"


@dataclass(frozen=True, slots=True)
class Look:
    """How a part is drawn: its colour, its ground, its weight."""

    style: str = "none"
    colour: str = OWN
    ground: str = OWN


# without a single colour: weight, line and reverse carry everything
MONO = {
    "text": Look(),
    "top": Look("reverse"),
    "header": Look("bold underline"),
    "current": Look("bold reverse"),
    "cursor": Look("reverse"),
    "changed": Look("bold reverse"),
    "title": Look("bold"),
    "rule": Look(),
    "key": Look("bold"),
    "word": Look("reverse"),
    "wrong": Look("bold"),
    "red": Look("bold underline"),
    "orange": Look("bold"),
    "yellow": Look("underline"),
    "upcoming": Look(),
}

SIXTEEN = {
    **MONO,
    "red": Look("bold", "ansi_bright_white", "ansi_red"),
    "orange": Look("none", "ansi_black", "ansi_yellow"),
    "yellow": Look("bold"),
    "upcoming": Look("none", "ansi_black", "ansi_cyan"),
}

# the console of Linux itself is black, and its yellow ground is brown
LINUX = {
    **SIXTEEN,
    "orange": Look("bold", "ansi_bright_yellow", "ansi_black"),
    "yellow": Look("none", "ansi_bright_yellow", "ansi_black"),
    "upcoming": Look("none", "ansi_bright_cyan", "ansi_black"),
}

MANY = {
    **MONO,
    "top": Look("bold", "#ffffff", "#005f87"),
    "header": Look("bold", "#ffffff", "#444444"),
    "current": Look("bold", "#000000", "#87afd7"),
    "cursor": Look("none", "#000000", "#afd7ff"),
    "changed": Look("bold", "#000000", "#ffff87"),
    "word": Look("none", "#ffffff", "#005f87"),
    "wrong": Look("bold", "#ffffff", "#870000"),
    "red": Look("bold", "#ffffff", "#af0000"),
    "orange": Look("none", "#000000", "#ff8700"),
    "yellow": Look("none", "#000000", "#ffd75f"),
    "upcoming": Look("none", "#000000", "#87d7d7"),
}

BLACK, WHITE, BRIGHT, YELLOW = "ansi_black", "ansi_white", "ansi_bright_white", "ansi_bright_yellow"
CONTRAST = {
    "text": Look("none", BRIGHT, BLACK),
    "top": Look("none", BLACK, WHITE),
    "header": Look("bold underline", BRIGHT, BLACK),
    "current": Look("none", BLACK, WHITE),
    "cursor": Look("none", BLACK, WHITE),
    "changed": Look("none", BLACK, WHITE),
    "title": Look("bold", BRIGHT, BLACK),
    "rule": Look("none", BRIGHT, BLACK),
    "key": Look("bold", BRIGHT, BLACK),
    "word": Look("none", BLACK, WHITE),
    "wrong": Look("bold", YELLOW, BLACK),
    "red": Look("bold underline", YELLOW, BLACK),
    "orange": Look("bold", YELLOW, BLACK),
    "yellow": Look("none", YELLOW, BLACK),
    "upcoming": Look("none", "ansi_bright_cyan", BLACK),
}

LOOKS = {"mono": MONO, "16": SIXTEEN, "linux": LINUX, "256": MANY, "contrast": CONTRAST}


def variables(name: str) -> dict[str, str]:
    """A theme as the variables of the style sheet."""
    found: dict[str, str] = {}
    for part, look in LOOKS[name].items():
        found |= {f"{part}-style": look.style, f"{part}-color": look.colour, f"{part}-ground": look.ground}
    return found

"""The language of the command line and of its help, found without Typer."""

from __future__ import annotations

import os
import sys

from store.words import knows, say


def locale_language() -> str:
    """zh where the locale is Chinese, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    import locale

    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


def help_language() -> str:
    """The language of help: --lang wherever it stands on the command line, else the locale's."""
    words = sys.argv
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words) and words[place + 1] in ("zh", "en"):
            return words[place + 1]
        if word in ("--lang=zh", "--lang=en"):
            return word[-2:]
    return locale_language()


def help_of(words: str) -> str:
    """The help of a command, from the catalogue."""
    key = f"command.{words.replace(' ', '.')}"
    return say(key, help_language()) if knows(key) else ""

"""What a person says, as the store keeps it: texts trimmed, codes recognised, codes put back into words."""

from __future__ import annotations

from collections.abc import Mapping

from store.errors import WrongUsage
from store.words import say


def clean(text: str | None) -> str | None:
    """A text without spaces at its ends, as every database can keep it; None where nothing is left."""
    if text is None:
        return None
    kept = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return kept.strip() or None


def coded(option: str, words: Mapping[str, str], text: str | None) -> str | None:
    """The code that a text names, as a code or as its Chinese word; None for no text.

    WrongUsage with the list of codes where it names none; `option` is where the text was given.
    """
    if text is None:
        return None
    named = text.strip()
    if named.lower() in words:
        return named.lower()
    for code, word in words.items():
        if word == named:
            return code
    codes = ", ".join(f"{code} {word}" for code, word in words.items())
    raise WrongUsage("no_such_code", option=f"--{option}", text=text, codes=codes)


def in_words(field: str, code: str) -> dict[str, str]:
    """A code's word in both languages, for an error that does not know yet in which it will be said."""
    return {f"{field}_{lang}": say(f"enum.{field}.{code}", lang) for lang in ("zh", "en")}

"""The Chinese and English catalogue: every label and sentence that a person reads.

Each module of this folder holds `WORDS`, a dictionary from a key to its Chinese and its English text.
`say` looks a key up; a text may hold `{name}` places that are filled with values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from store import discovery

LANGUAGES = ("zh", "en")


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All keys of the catalogue with their (Chinese, English) texts."""
    merged: dict[str, tuple[str, str]] = {}
    for module in discovery.modules(__name__):
        for key, texts in module.WORDS.items():
            if key in merged:
                raise KeyError(f"the word {key!r} stands twice in the catalogue")
            merged[key] = texts
    return merged


def knows(key: str) -> bool:
    """Whether the catalogue has `key`."""
    return key in catalogue()


@dataclass(frozen=True, slots=True)
class Word:
    """A value of a sentence that is a word of the catalogue itself, in whatever language it is said."""

    key: str


def say(key: str, lang: str, /, **values: object) -> str:
    """The text of `key` in `lang` (zh or en), its places filled; KeyError for a key that is missing."""
    text = catalogue()[key][LANGUAGES.index(lang)]
    if not values:
        return text
    return text.format(**{name: _said(value, lang) for name, value in values.items()})


def _said(value: object, lang: str) -> object:
    """A value as a sentence holds it: words in the language, several of them one after the other."""
    if isinstance(value, tuple):
        return say("output.separator", lang).join(str(_said(each, lang)) for each in value)
    return say(value.key, lang) if isinstance(value, Word) else value

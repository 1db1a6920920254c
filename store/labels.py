"""How a person reads a column and a code: the catalogue's label, or what the contract calls it.

A column `stage` is looked up as `field.stage`, its code `town_review` as `enum.stage.town_review` and then
as `enum.town_review`. What the catalogue does not know is shown as it stands.
"""

from __future__ import annotations

from store.safe import safe
from store.words import Word, knows, say


def label(column_key: str, lang: str) -> str:
    """The heading of a column."""
    key = f"field.{column_key}"
    return say(key, lang) if knows(key) else safe(column_key)


def word(column_key: str, code: str, lang: str) -> str:
    """The word for a code of a column."""
    for key in (f"enum.{column_key}.{code}", f"enum.{code}"):
        if knows(key):
            return say(key, lang)
    return safe(code)


def named(column_key: str) -> Word | str:
    """The heading of a column, for a sentence that does not know its language yet."""
    key = f"field.{column_key}"
    return Word(key) if knows(key) else safe(column_key)

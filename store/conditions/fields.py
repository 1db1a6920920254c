"""Which column a name in a filter means, and which code a word of a column means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from store import pinyin
from store.cells import cut
from store.conditions.folding import fold
from store.errors import WrongUsage
from store.labels import label, named
from store.tables import Column
from store.words import Word, catalogue

MOST = 12
CELLS = 40
_LOOSE = re.compile(r"[\s_-]")


def place_of(name: str, columns: Sequence[Column], at: int) -> int:
    """The place of the column that a name means: its key or label, initials, or a part that no other has.

    WrongUsage where it means none, or several.
    """
    wanted = _loose(name)
    called = [_called(column.key) for column in columns]
    ways: tuple[Callable[[tuple[str, str, str]], bool], ...] = (
        lambda names: wanted == names[0],
        lambda names: wanted in names,
        lambda names: pinyin.initials(names[1]) == wanted,
        lambda names: any(wanted in each for each in names),
    )
    for way in ways if wanted else ():
        found = [place for place, names in enumerate(called) if way(names)]
        if found and (len(found) == 1 or way in ways[:2]):
            return found[0]  # of two with the same heading the one that stands first
        if found:
            several = tuple(f"{columns[place].key}" for place in found[:MOST])
            raise WrongUsage("filter_fields", field=cut(name, CELLS), at=at, fields=several)
    there = tuple(named(column.key) for column in columns[:MOST])
    raise WrongUsage("filter_field", field=cut(name, CELLS), at=at, fields=there)


def _loose(name: str) -> str:
    return _LOOSE.sub("", fold(name))


@cache
def _called(key: str) -> tuple[str, str, str]:
    return _loose(key), _loose(label(key, "zh")), _loose(label(key, "en"))


@cache
def codes_of(key: str) -> dict[str, tuple[str, str]]:
    """The codes of a column that the catalogue knows, in its order, with their Chinese and English words."""
    prefix = f"enum.{key}."
    return {each[len(prefix) :]: texts for each, texts in catalogue().items() if each.startswith(prefix)}


def codes_meant(key: str, text: str, at: int) -> tuple[str, ...]:
    """The codes that a text means: the code, those with its word, or the one with a part no other has.

    A column whose codes nobody listed takes any; WrongUsage with the codes where the text means none.
    """
    known = codes_of(key)
    wanted = fold(text)
    if text in known or not known or f"enum.{text}" in catalogue():
        return (text,)
    said = {code: (fold(code), *map(fold, words)) for code, words in known.items()}
    exact = [code for code, words in said.items() if wanted in words]
    if exact:
        return tuple(exact)  # lists may have codes of their own with the same word
    found = [code for code, words in said.items() if any(wanted in each for each in words)]
    if len(found) == 1:
        return (found[0],)
    listed = tuple(Word(f"enum.{key}.{code}") for code in (found or list(known))[:MOST])
    told = "filter_codes" if found else "filter_code"
    raise WrongUsage(told, field=named(key), text=cut(text, CELLS), at=at, codes=listed)

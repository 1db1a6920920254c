"""Conditions on what only the screen shows, said of the rows that a command has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from store.conditions import row_test
from store.conditions.folding import fold
from store.conditions.tree import Compared, Not, Sign, Text, Tree, Unknown, Words, either, every
from store.tables import Column, Kind
from store.words import say

NUMBERS = {
    "approval": "case_no",
    "payment": "batch_no",
    "failure": "payment_no",
    "rectification": "item_no",
}


def numbered(leaf: Tree) -> Tree:
    """A condition on the number of a row, whatever its kind calls it."""
    if not isinstance(leaf, Compared) or leaf.name != "no":
        return leaf
    kinds = ((Compared("kind", Sign.IS, (Text(kind),)), no) for kind, no in NUMBERS.items())
    return either(tuple(every((kind, replace(leaf, name=no))) for kind, no in kinds))


def whole_scope(lang: str) -> Callable[[Tree], Tree]:
    """Conditions on a board whose line of the whole scope has a name on the screen and none in a command."""
    name = say("console.everything", lang)
    is_whole = Compared("county_code", Sign.IS, (Unknown(),))

    def said(leaf: Tree) -> Tree:
        if isinstance(leaf, Words):
            found = any(fold(each.text) in fold(name) for each in leaf.texts)
            return either((is_whole, leaf)) if found else leaf
        if not isinstance(leaf, Compared) or leaf.name != "county":
            return leaf
        passes = row_test(leaf, (Column("county", Kind.TEXT),))
        return either((is_whole, leaf)) if passes((name,)) else every((Not(is_whole), leaf))

    return said

"""Everything that can be done on a screen, as one table: the keys, the help and `:` are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.keys import ACT_KEYS, APP_KEYS, LIST_KEYS, TABLE_KEYS, VIEW_KEYS, Key


@dataclass(frozen=True, slots=True)
class Action:
    """A thing to be done: what `:` calls it, its keys as a person reads them, its word in the catalogue."""

    name: str
    shown: str
    word: str
    run: str

    @property
    def is_act(self) -> bool:
        """Whether it records something."""
        return self.run.partition("(")[0] == "act"


def actions_of(keys: Sequence[Key]) -> tuple[Action, ...]:
    """The actions behind some keys, in their order; keys without a word are no actions of their own."""
    return tuple(Action(key.name, key.shown, key.word, key.action) for key in keys if key.word)


LIST_ACTIONS = actions_of((*LIST_KEYS, *ACT_KEYS, *TABLE_KEYS, *APP_KEYS, *VIEW_KEYS))


def named_actions() -> tuple[Action, ...]:
    """The actions that `:` knows by a name."""
    return tuple(action for action in LIST_ACTIONS if action.name)

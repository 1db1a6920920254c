"""The keys as one person has them: what their settings say, laid over the table that everyone begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from console.keys import ACT_KEYS, APP_KEYS, LIST_KEYS, TABLE_KEYS, VIEW_KEYS, Key, with_twins
from store.errors import WrongUsage

CHANGEABLE = tuple(key for key in (*LIST_KEYS, *ACT_KEYS, *TABLE_KEYS, *APP_KEYS, *VIEW_KEYS) if key.id)
SPOKEN = {
    **{name: name.capitalize() for name in ("space", "tab", "enter", "backspace", "delete", "insert")},
    **{"home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc"},
    **{"up": "↑", "down": "↓", "left": "←", "right": "→", "shift+tab": "Shift+Tab"},
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
    # what a terminal sends for Ctrl and the other letters is another key: Tab, Enter, the end of everything
    **{f"ctrl+{letter}": f"Ctrl+{letter.upper()}" for letter in "abdefgklnopqrtuvwxy"},
}


@dataclass(frozen=True)
class Keyboard:
    """The keys that differ from the table, by action: as Textual calls them and as one reads them."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)

    def of(self, key: Key) -> Key:
        """A key of the table as this person has it."""
        shown = self.shown.get(key.id or "")
        return replace(key, shown=shown) if shown else key

    def all_of(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        """Keys of the table as this person has them."""
        return tuple(map(self.of, keys))

    def first(self, name: str) -> str:
        """The key that a sentence names for an action."""
        return self.of(next(key for key in CHANGEABLE if key.id == name)).shown.split()[0]

    def character(self, act: str, usual: str) -> str:
        """The character that does an act: its own, or the first one that a person has chosen for it."""
        name = next((key.id for key in ACT_KEYS if key.action == f"act('{act}')"), None)
        return next((key for key in self.keys.get(name or "", ()) if len(key) == 1), usual)

    @property
    def keymap(self) -> dict[str, str]:
        """The same as Textual lays it over its bindings."""
        return {name: ",".join(keys) for name, keys in self.keys.items()}

    @property
    def leaving(self) -> frozenset[str]:
        """The keys that end the console at once."""
        return frozenset(self.keys.get("quit", ("f10", "ctrl+q")))


def keyboard(wanted: Mapping[str, object]) -> tuple[Keyboard, list[WrongUsage]]:
    """The keys that settings ask for, and what cannot be had; there the keys of the table stay."""
    known = {key.id: key for key in CHANGEABLE if key.id}
    typed: dict[str, tuple[str, ...]] = {}
    faults: list[WrongUsage] = []
    for name, value in wanted.items():
        try:
            typed[name] = _read(name, value, known)
        except WrongUsage as error:
            faults.append(error)
    taken = _without_clashes(typed, known, faults)
    keys = {name: with_twins(each) for name, each in taken.items()}
    shown = {name: " ".join(SPOKEN.get(key, key) for key in each) for name, each in taken.items()}
    return Keyboard(keys, shown), faults


def _read(name: str, value: object, known: Mapping[str, Key]) -> tuple[str, ...]:
    where = f"keys.{name}"
    if name not in known:
        raise WrongUsage("wish_action", name=where, actions=" ".join(sorted(known)))
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise WrongUsage("wish_keys", name=where, value=value)
    if not listed:
        raise WrongUsage("wish_no_key", name=where)
    keys = tuple(each if len(each) == 1 else each.lower().replace(" ", "") for each in listed)
    for key in keys:
        if not (key in SPOKEN or (len(key) == 1 and key.isprintable() and key != " ")):
            raise WrongUsage("wish_key", name=where, value=key, keys=_some_keys())
    return keys


def _some_keys() -> str:
    return "F1-F12 Ctrl+R space tab enter escape backspace delete home end pageup pagedown up down left right"


def _without_clashes(
    typed: dict[str, tuple[str, ...]], known: Mapping[str, Key], faults: list[WrongUsage]
) -> dict[str, tuple[str, ...]]:
    """What can be had together: of two actions on one key the one that has it by the table keeps it."""
    taken = dict(typed)
    while True:
        clash = _clash(taken, known)
        if clash is None:
            return taken
        key, name, other = clash
        refused = name if name in taken else other
        del taken[refused]
        rival = other if refused == name else name
        faults.append(
            WrongUsage("wish_clash", name=f"keys.{refused}", value=SPOKEN.get(key, key), action=rival)
        )


def _clash(taken: Mapping[str, Sequence[str]], known: Mapping[str, Key]) -> tuple[str, str, str] | None:
    """A key that two actions have: the key, the later action, the earlier; None where there is none."""
    had: dict[str, str] = {}
    ordered = [*(name for name in known if name not in taken), *taken]
    for name in ordered:
        for key in with_twins(taken[name]) if name in taken else known[name].every:
            if had.setdefault(key, name) != name:
                return key, name, had[key]
    return None

"""Where one is in the console: a view with its options, which is also a command line that opens it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

Options = Mapping[str, str]  # a switch that is on holds the empty text


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a view: its name, the words it may hold (none: any text), or that it is a switch."""

    name: str
    choices: tuple[str, ...] = ()
    switch: bool = False


@dataclass(frozen=True)
class Place:
    """A view and its options, in the order of their names."""

    view: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        """The place as one types it after `:`, or after `supervise` on the command line."""
        words = [self.view]
        for name, value in self.options:
            words += [f"--{name}", shlex.quote(value)] if value else [f"--{name}"]
        return " ".join(words)


def place(view: str, options: Options | None = None) -> Place:
    """A place, its options put in order; the same options are the same place."""
    return Place(view, tuple(sorted((options or {}).items())))

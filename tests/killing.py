"""Imports that are killed now and then, and begun again."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from store.database import Store, writing
from store.models.posts import Actor
from store.services import imports


class Killed(Exception):
    """The process ends here."""


def killed_now_and_then(store: Store, chance: random.Random) -> Callable[[], Any]:
    """Writing that is cut off before its commit, one time in four."""

    @contextmanager
    def door() -> Iterator[Connection]:
        with writing(store) as connection:
            yield connection
            if chance.random() < 0.25:
                raise Killed

    return door


def take_in(store: Store, actor: Actor, path: Path, chance: random.Random | None) -> None:
    """Import a file by few lines a time; begun again as often as it was killed."""
    wanted = imports.Wanted(chunk=7)
    while True:
        door = (lambda: writing(store)) if chance is None else killed_now_and_then(store, chance)
        try:
            imports.run(door, actor, [str(path)], wanted)
        except Killed:
            continue
        return

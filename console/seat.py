"""Where the console's user sits: the store, the post taken at it, the language, the day, clock and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from console.keyboard import Keyboard
from store.database import Store
from store.models.posts import Actor, Post, Viewer


@dataclass(frozen=True)
class Seat:
    """What every view is given; `day` is None where the console follows the clock."""

    store: Store
    post: Post
    login: str
    lang: str
    day: date | None
    clock: Callable[[], datetime]
    read_only: bool = False
    keyboard: Keyboard = field(default_factory=Keyboard)

    @property
    def viewer(self) -> Viewer:
        """Who looks; personal data stays masked."""
        return Viewer(self.post, self.login)

    @property
    def actor(self) -> Actor:
        """Who acts, and when."""
        return Actor(self.post, self.login, self.clock(), self.as_of)

    @property
    def may_act(self) -> bool:
        """Whether anything can be recorded from here: not when only reading, nor on a store that is so."""
        return not (self.read_only or self.store.read_only)

    @property
    def as_of(self) -> date:
        """The day that is asked for."""
        return self.day or self.clock().date()

"""A seat at the test's store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from console.seat import Seat
from store.database import Store
from tests.console.staging import NOW, actor_at


@pytest.fixture
def seat_at() -> Callable[..., Seat]:
    def at(store: Store, lang: str = "zh", day: date | None = None) -> Seat:
        actor = actor_at(store)
        return Seat(store, actor.post, actor.login, lang, day, lambda: NOW)

    return at

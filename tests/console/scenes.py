"""How the console's tests look at the contract's small world: a console on it, and what its screen shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from console.app import Console
from console.seat import Seat
from console.settings import Settings
from store.database import Store
from tests.console.staging import actor_at, screen, until

DAY = date(2025, 10, 20)
CLOCK = datetime(2025, 10, 20, 8, 30)
SIZE = (80, 24)


@asynccontextmanager
async def console(
    store: Store, lang: str = "zh", size: tuple[int, int] = SIZE, settings: Path | None = None
) -> AsyncIterator[Any]:
    """A console on a store, on the last day of the small world."""
    actor = actor_at(store)
    app = Console(Seat(store, actor.post, actor.login, lang, DAY, lambda: CLOCK), Settings(settings))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: getattr(app.screen, "found", None) is not None, 30)
        yield pilot


def lines(pilot: Any) -> list[str]:
    """The lines on the screen."""
    return screen(pilot.app)


async def shows(pilot: Any, *texts: str) -> None:
    """Wait until the screen shows all texts."""
    await until(pilot, lambda: all(any(t in line for line in lines(pilot)) for t in texts), 20)


async def order(pilot: Any, line: str) -> None:
    """Type a line after `:`, with an input method where it is Chinese."""
    await pilot.press("colon")
    await until(pilot, lambda: pilot.app.screen.prompt.doing is not None)
    pilot.app.screen.prompt.line.value = line
    await pilot.press("enter")


async def opened(pilot: Any, view: str) -> Any:
    """Wait until a view by its line is on the screen with its answer, and return its screen."""

    def is_there() -> bool:
        place = getattr(pilot.app.screen, "place", None)
        return place is not None and place.line == view and pilot.app.screen.answer is not None

    await until(pilot, is_there, 20)
    return pilot.app.screen

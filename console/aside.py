"""Asks the store outside the thread of the screen and waits for the answer without holding the screen up.

The thread is a daemon: to leave never waits for an answer that nobody will read; a transaction that is cut
off is rolled back whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def aside(question: Callable[[], T]) -> T:
    """What `question` returns or raises, found in a thread of its own."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(answer: T | None, error: BaseException | None) -> None:
        if future.done():
            return  # nobody waits any more
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(answer)  # type: ignore[arg-type]

    def work() -> None:
        answer, failed = None, None
        try:
            answer = question()
        except BaseException as error:
            failed = error
        with suppress(RuntimeError):  # the console has been left
            loop.call_soon_threadsafe(settle, answer, failed)

    Thread(target=work, name="aside", daemon=True).start()
    return await future

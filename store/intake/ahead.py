"""Makes the next thing while the one before is worked on, in a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """The things of an iterator, one ahead; `failed` tells that what was raised came from making one."""

    def __init__(self, things: Iterator[T]) -> None:
        self.things = things
        self.failed = False

    def __iter__(self) -> Iterator[T]:
        with ThreadPoolExecutor(1, "ahead") as pool:
            coming = pool.submit(next, self.things, None)
            while True:
                try:
                    thing = coming.result()
                except BaseException:
                    self.failed = True
                    raise
                if thing is None:
                    return
                coming = pool.submit(next, self.things, None)
                yield thing

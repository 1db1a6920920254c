"""The views that were looked at, as one walks back and forth among them."""

from __future__ import annotations

from console.places import Place

MOST = 50


class Trail:
    """Places in the order they were visited; `[` and `]` walk, a visit cuts off what lay ahead."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1
        self._last: Place | None = None

    @property
    def last(self) -> Place | None:
        """The place that was looked at before this one."""
        return self._last

    @property
    def here(self) -> Place | None:
        """The place one is at."""
        return self._here()

    def remember(self, place: Place) -> None:
        """Take a place for the one before, as of an earlier session."""
        self._last = place

    def visit(self, place: Place) -> None:
        """Go to a place."""
        here = self._here()
        if here == place:
            return
        self._leave(here, place)
        self._places = [*self._places[: self._at + 1], place][-MOST:]
        self._at = len(self._places) - 1

    def step(self, step: int) -> Place | None:
        """The place so many steps on, where one is then; None where there is none."""
        at = self._at + step
        if not 0 <= at < len(self._places):
            return None
        self._leave(self._here(), self._places[at])
        self._at = at
        return self._places[at]

    def _here(self) -> Place | None:
        return self._places[self._at] if self._at >= 0 else None

    def _leave(self, here: Place | None, place: Place) -> None:
        if here is not None and here != place:
            self._last = here

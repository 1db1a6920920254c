"""Where a table's rows come from, and a window of pages over them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any, Protocol

Row = tuple[Any, ...]
KeyOf = Callable[[Row], Hashable]

PAGE = 64
PAGES = 16


class RowSource(Protocol):
    """Rows in an order, asked for by the page."""

    def count(self) -> int | None:
        """How many rows there are; None while that is not known."""

    def page(self, first: int, size: int) -> Sequence[Row]:
        """Up to `size` rows from the place `first` on; fewer only at the end."""

    def place_of(self, key: Hashable) -> int | None:
        """The place of the row with this key, None where it is not there."""


class ListSource:
    """A source of rows that are all in memory."""

    def __init__(self, rows: Sequence[Row], key_of: KeyOf) -> None:
        self.rows = rows
        self._key_of = key_of

    @cached_property
    def places(self) -> dict[Hashable, int]:
        """The place of every key."""
        return {self._key_of(row): place for place, row in enumerate(self.rows)}

    def count(self) -> int | None:
        """How many rows there are."""
        return len(self.rows)

    def page(self, first: int, size: int) -> Sequence[Row]:
        """The rows from `first` on."""
        return self.rows[first : first + size]

    def place_of(self, key: Hashable) -> int | None:
        """The place of a key."""
        return self.places.get(key)


class Window:
    """The pages of a source that were looked at last."""

    def __init__(self, source: RowSource) -> None:
        self.source = source
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._seen = 0

    def row(self, place: int) -> Row | None:
        """The row at a place, asked for where it is not held; None beyond the end."""
        known = self.source.count()
        if known is not None and place >= known:
            return None
        number, within = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self.source.page(number * PAGE, PAGE)
            if page:
                self._seen = max(self._seen, number * PAGE + len(page))
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page[within] if within < len(page) else None

    def held(self, place: int) -> Row | None:
        """The row at a place if it is held already."""
        number, within = divmod(place, PAGE)
        page = self._pages.get(number, ())
        return page[within] if place >= 0 and within < len(page) else None

    def count(self) -> int:
        """How many rows there are, or at least so many."""
        known = self.source.count()
        return self._seen if known is None else known

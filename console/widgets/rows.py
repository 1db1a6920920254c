"""Where a table's rows come from, and a window of pages over them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any, Protocol

Row = tuple[Any, ...]
KeyOf = Callable[[Row], Hashable]

Key = tuple[Any, ...]
Fetch = Callable[[int, Key | None, Key | None, bool], tuple[Sequence[Row], Sequence[Key]]]

PAGE = 64
PAGES = 16


class RowSource(Protocol):
    """Rows in an order, asked for by the page."""

    def count(self) -> int | None:
        """How many rows there are; None while that is not known."""

    @property
    def least(self) -> int:
        """How many rows there are, as far as is known."""

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

    @property
    def least(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def page(self, first: int, size: int) -> Sequence[Row]:
        """The rows from `first` on."""
        return self.rows[first : first + size]

    def place_of(self, key: Hashable) -> int | None:
        """The place of a key."""
        return self.places.get(key)


class PagedSource:
    """A source that asks for a page when it is looked at, by the keys of the rows beside it.

    Where `count` is None there are at least so many as `least` says, until it is `counted`.

    `fetch(size, after, before, last)` gives rows and their keys: behind one key, before another, or the last.
    """

    def __init__(self, fetch: Fetch, count: int | None, key_of: KeyOf, least: int = 0) -> None:
        self._fetch = fetch
        self._count = count
        self._least = least
        self._key_of = key_of
        self._keys: dict[int, Key] = {}
        self._places: dict[Hashable, int] = {}

    def count(self) -> int | None:
        """How many rows there are; None while that is not known."""
        return self._count

    @property
    def least(self) -> int:
        """How many rows there are, as far as is known."""
        return self._least if self._count is None else self._count

    def counted(self, count: int) -> None:
        """Take in how many rows there are."""
        self._count = count

    def page(self, first: int, size: int) -> Sequence[Row]:
        """The rows from `first` on: from the nearest row whose key is known, or from the end."""
        if first == 0:
            return self._taken(first, *self._fetch(size, None, None, False))
        if first + size in self._keys:
            return self._taken(first, *self._fetch(size, None, self._keys[first + size], False))
        count = self._count
        if count is not None and first - 1 not in self._keys and first + size >= count:
            return self._taken(first, *self._fetch(count - first, None, None, True))
        near = max((place for place in self._keys if place < first), default=None)
        skipped = first if near is None else first - near - 1
        after = None if near is None else self._keys[near]
        rows, keys = self._fetch(skipped + size, after, None, False)
        return self._taken(first, rows[skipped:], keys[skipped:])

    def _taken(self, first: int, rows: Sequence[Row], keys: Sequence[Key]) -> Sequence[Row]:
        for place, (row, key) in enumerate(zip(rows, keys, strict=True), start=first):
            self._keys[place] = key
            self._places[self._key_of(row)] = place
        return rows

    def place_of(self, key: Hashable) -> int | None:
        """The place of a row that was looked at."""
        return self._places.get(key)


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
        return max(self._seen, self.source.least) if known is None else known

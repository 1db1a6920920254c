"""How a table stays with its rows when they change under it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from console.widgets.columns import TableColumn
from console.widgets.rows import KeyOf, RowSource, Window

REACH = 1024


def landing(old: Window, new: RowSource, key_of: KeyOf, cursor: int) -> int:
    """Where a cursor that stood at `cursor` stands among new rows.

    On its own row; where that is gone, on the nearest that followed it, else on the nearest before it.
    Only rows that are held are looked through, so that no page is asked for in vain.
    """
    after = range(cursor, cursor + REACH)
    before = range(cursor - 1, max(-1, cursor - REACH), -1)
    for places in (after, before):
        for place in places:
            row = old.held(place)
            if row is None:
                break
            found = new.place_of(key_of(row))
            if found is not None:
                return found
    return cursor


def changes(
    old: Window, new: Window, key_of: KeyOf, columns: Iterable[TableColumn], seen: range
) -> set[tuple[Hashable, str]]:
    """The cells, by row and column key, of the rows at the places `seen` whose values are others now."""
    columns = list(columns)
    found: set[tuple[Hashable, str]] = set()
    for place in seen:
        row = old.held(place)
        at = None if row is None else new.source.place_of(key_of(row))
        now = None if at is None else new.row(at)
        if row is None or now is None or now == row:
            continue
        found.update((key_of(row), c.key) for c in columns if row[c.place] != now[c.place])
    return found

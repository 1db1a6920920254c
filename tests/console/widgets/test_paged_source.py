"""A source that asks by keys: every way to a place gives the row of that place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from console.widgets.rows import PAGE, Key, PagedSource, Row, Window

ROWS: list[Row] = [(number, f"row {number}") for number in range(0, 3000, 3)]


class Asked:
    def __init__(self) -> None:
        self.rows = 0

    def __call__(
        self, size: int, after: Key | None, before: Key | None, last: bool
    ) -> tuple[Sequence[Row], Sequence[Key]]:
        rows = ROWS
        if after is not None:
            rows = [row for row in ROWS if row[:1] > after][:size]
        elif before is not None:
            rows = [row for row in ROWS if row[:1] < before][-size:]
        else:
            rows = ROWS[-size:] if last else ROWS[:size]
        self.rows += len(rows)
        return rows, [row[:1] for row in rows]


@pytest.mark.parametrize(
    "places",
    [
        range(len(ROWS)),
        range(len(ROWS) - 1, -1, -1),
        (0, len(ROWS) - 1, 500, 499, 700, 3),
    ],
)
def test_every_way_to_a_place_gives_its_row(places: Sequence[int]) -> None:
    window = Window(PagedSource(Asked(), len(ROWS), lambda row: row[0]))
    for place in places:
        assert window.row(place) == ROWS[place]
    assert window.row(len(ROWS)) is None


def test_the_end_is_reached_without_the_middle() -> None:
    asked = Asked()
    source = PagedSource(asked, len(ROWS), lambda row: row[0])
    window = Window(source)
    window.row(0)
    assert window.row(len(ROWS) - 1) == ROWS[-1]
    assert window.row(len(ROWS) - 100) == ROWS[-100]
    assert asked.rows <= 3 * PAGE
    assert source.place_of(ROWS[-1][0]) == len(ROWS) - 1
    assert source.place_of(1500) is None


def test_rows_that_are_not_counted_yet_go_on_until_they_end() -> None:
    source = PagedSource(Asked(), None, lambda row: row[0], least=500)
    window = Window(source)
    assert (source.count(), source.least) == (None, 500)
    assert window.row(0) == ROWS[0]
    assert window.count() == 500
    for place in range(len(ROWS)):
        assert window.row(place) == ROWS[place]
    assert window.row(len(ROWS)) is None
    source.counted(len(ROWS))
    assert (source.count(), source.least, window.count()) == (len(ROWS),) * 3
    assert window.row(len(ROWS) - 1) == ROWS[-1]

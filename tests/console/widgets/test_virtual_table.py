"""A table of a million rows that paints what is seen and asks for no more."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Sequence
from typing import Any

from textual.app import App, ComposeResult

from console.widgets.columns import TableColumn, wanted
from console.widgets.rows import PAGE, Row
from console.widgets.virtual_table import VirtualTable
from tests.console.staging import screen

MILLION = 1_000_000


class Synthetic:
    """Rows made when they are asked for; remembers what was."""

    def __init__(self, count: int | None = MILLION, length: int = MILLION) -> None:
        self.asked: list[int] = []
        self._count = count
        self._length = length

    least = 0

    def count(self) -> int | None:
        return self._count

    def page(self, first: int, size: int) -> Sequence[Row]:
        assert size == PAGE
        self.asked.append(first)
        return [(n, f"第{n}户") for n in range(first, min(self._length, first + size))]

    def place_of(self, key: Hashable) -> int | None:
        return key if isinstance(key, int) else None


COLUMNS = (
    TableColumn("no", 0, "编号", str, 6, 10, right=True),
    TableColumn("name", 1, "户名", str, 4, 20, 1),
    TableColumn("far", 0, "更远", lambda n: f"远{n}", 20, 20, 2),
    TableColumn("last", 0, "最后", lambda n: f"末{n}", 30, 30, 3),
)


class One(App[None]):
    def __init__(self, source: Synthetic) -> None:
        super().__init__()
        self.source = source

    def compose(self) -> ComposeResult:
        yield VirtualTable(lambda row: row[0], id="table")

    def on_mount(self) -> None:
        table = self.query_one(VirtualTable)
        table.shown(COLUMNS, wanted(COLUMNS, [(999999, "第999999户")]), self.source)
        table.focus()


def run(scene: Any) -> None:
    asyncio.run(scene)


def lines_after(source: Synthetic, *keys: str, width: int = 60) -> list[str]:
    async def scene() -> list[str]:
        app = One(source)
        async with app.run_test(size=(width, 20)) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            return screen(app)

    return asyncio.run(scene())


def test_the_first_paint_asks_for_the_first_page_alone() -> None:
    source = Synthetic()
    assert ">      0  第0户" in lines_after(source)[1]
    assert set(source.asked) == {0}


def test_the_end_asks_for_what_is_seen_there() -> None:
    source = Synthetic()
    lines = lines_after(source, "end")
    assert "999999  第999999户" in lines[-1]
    assert set(source.asked) <= {0, MILLION - PAGE}


def test_pages_keep_the_line_of_the_cursor() -> None:
    lines = lines_after(Synthetic(), "j", "j", "pagedown")
    assert lines[3].startswith(">     21")


def test_a_source_that_does_not_know_its_count_is_read_on() -> None:
    source = Synthetic(None, 100)
    assert lines_after(source, "G", "down")[-1].startswith(">     99")


def test_columns_fold_by_priority_and_can_be_scrolled_to() -> None:
    def heads(*keys: str, width: int = 30) -> set[str]:
        return set(lines_after(Synthetic(), *keys, width=width)[0].split())

    assert heads() == {"编号", "户名", "更远"}
    assert heads("l", "l", "l", "l") == {"编号", "更远", "最后"}
    assert heads("l", "l", "l", "h", "h", "h") == {"编号", "户名", "更远"}
    assert heads(width=20) == {"编号", "户名"}
    assert heads(width=120) == {"编号", "户名", "更远", "最后"}


def test_every_line_is_as_wide_as_the_screen() -> None:
    from store.cells import width

    assert {width(line) for line in lines_after(Synthetic(), width=33)} == {33}

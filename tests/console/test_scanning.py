"""A filter over a list by the page says what it reads, and keeps what it found when it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection

from console import lists, scanning
from console.answers import Choice, load
from console.places import Place, place
from console.plans import ListPlan, Pages
from console.scanning import Progress, Reading, scan
from console.seat import Seat
from console.settings import Settings
from console.views import asking_view, choosing_view
from store.conditions import filtered
from store.database import Store
from store.errors import WrongUsage
from store.models.posts import Viewer
from store.queries.paging import Key, Span
from store.tables import Table, table_of
from tests.console import staging
from tests.console.scenes import lines, shows
from tests.console.staging import OneList, Row, add, until

SQLITE = pytest.mark.parametrize("database", ["sqlite"])
COUNT = 5000
GRADES = ("red", "orange", "yellow")
ROWS = [Row(f"{n:06d}", f"第 {n} 件", GRADES[n % 3], n, date(2025, 9, 1)) for n in range(COUNT)]


@pytest.fixture(autouse=True)
def told_at_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "TELL_S", 0)
    monkeypatch.setattr(scanning, "AT_ONCE", 1024)


class Shelf:
    """Rows by the page; after `open_for` pages it waits until it is let go on."""

    def __init__(self, open_for: int = 1 << 30) -> None:
        self.pages = 0
        self.open_for = open_for
        self.go_on = Event()

    def page(
        self, connection: Connection, viewer: Viewer, as_of: date, span: Span
    ) -> tuple[Table, Sequence[Key]]:
        if span.size == scanning.AT_ONCE:
            self.pages += 1
            if self.pages > self.open_for:
                assert self.go_on.wait(30)
        first = 0 if span.after is None else span.after[0] + 1
        rows = ROWS[-span.size :] if span.last else ROWS[first : first + span.size]
        return table_of(Row, rows), [(row.overdue_days,) for row in rows]

    def count(self, connection: Connection, viewer: Viewer, as_of: date, most: int | None) -> int:
        return COUNT if most is None else min(COUNT, most)

    def ask(self, connection: Connection, viewer: Viewer, as_of: date) -> Table:
        raise AssertionError("all of it was asked for at once")

    @property
    def plan(self) -> ListPlan:
        pages = Pages(self.page, self.count)
        return ListPlan("ledger", self.ask, ("item_no",), staging.PLAN.columns, pages=pages)


@SQLITE
def test_a_reading_tells_what_it_will_read_and_finds_every_row(
    store: Store, seat_at: Callable[..., Seat]
) -> None:
    told: list[Progress] = []
    found = scan(
        seat_at(store), Place("staged"), Shelf().plan, Choice("超时>=4990 且 等级=红"), Reading(), told.append
    )
    assert [row[3] for row in found.table.rows] == [n for n in range(4990, COUNT) if n % 3 == 0]
    assert told[0] == Progress(0, 0, COUNT)
    assert [each.read for each in told[1:]] == [1024, 2048, 3072, 4096, 5000]
    assert (found.read, found.count, found.stopped) == (COUNT, COUNT, False)


@SQLITE
def test_rows_that_are_not_counted_yet_are_at_least_so_many(
    store: Store, seat_at: Callable[..., Seat], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "COUNTED", 1500)
    told: list[Progress] = []
    found = scan(seat_at(store), Place("staged"), Shelf().plan, Choice("等级=红"), Reading(), told.append)
    assert told[0] == Progress(0, 0, 1500, False)
    assert [each.every for each in told[1:]] == [1500, 2048, 3072, 4096, 5000]
    assert (found.count, found.is_counted) == (COUNT, True)
    run = Reading()
    cut = scan(
        seat_at(store),
        Place("staged"),
        Shelf().plan,
        Choice("等级=红"),
        run,
        lambda progress: progress.read and run.stop(),
    )
    assert (cut.stopped, cut.is_counted) == (True, False)


@SQLITE
def test_a_reading_that_is_stopped_keeps_what_it_found(store: Store, seat_at: Callable[..., Seat]) -> None:
    run, shelf = Reading(), Shelf()

    def tell(progress: Progress) -> None:
        if progress.read == 2048:
            run.stop()

    found = scan(seat_at(store), Place("staged"), shelf.plan, Choice("等级=红"), run, tell)
    assert [row[3] for row in found.table.rows] == [n for n in range(3072) if n % 3 == 0]
    assert (found.read, found.count, found.stopped, shelf.pages) == (3072, COUNT, True, 3)


def list_of(shelf: Shelf) -> type[OneList]:
    """A console on the shelf alone."""

    class Shelved(OneList):
        def plan_of(self, place: Place) -> ListPlan:
            return shelf.plan if place == self.FIRST else super().plan_of(place)

    return Shelved


@SQLITE
def test_esc_stops_a_filter_and_leaves_what_was_found(store: Store, seat_at: Callable[..., Seat]) -> None:
    shelf = Shelf(open_for=2)

    async def scene() -> None:
        async with list_of(shelf)(seat_at(store)).run_test(size=(80, 24)) as pilot:
            await shows(pilot, "000000", "5,000 件")
            await pilot.press("slash", *"等级=红", "enter")
            await shows(pilot, "已读 2,048 / 5,000 行，符合 683，Esc 停止")
            assert any("000000" in line for line in lines(pilot)), "the former rows stay meanwhile"
            assert any("000001" in line for line in lines(pilot))
            await pilot.press("escape")
            shelf.go_on.set()
            await shows(pilot, "只读了 3,072 / 5,000 行，F5 从头读完", "1,024 / 5,000 件", "000003")
            assert not any("000001" in line for line in lines(pilot))
            shelf.open_for = 1 << 30
            await pilot.press("f5")
            await shows(pilot, "1,667 / 5,000 件")
            assert not any("只读了" in line for line in lines(pilot))
            await pilot.press("escape")
            await shows(pilot, "5,000 件", "000001")

    asyncio.run(scene())


@SQLITE
def test_an_order_or_marks_of_all_that_are_stopped_change_nothing(
    store: Store, seat_at: Callable[..., Seat]
) -> None:
    shelf = Shelf(open_for=1)

    async def scene() -> None:
        async with list_of(shelf)(seat_at(store)).run_test(size=(80, 24)) as pilot:
            await shows(pilot, "000000", "5,000 件")
            view = pilot.app.screen
            for key in ("m", "s"):
                shelf.pages, shelf.open_for = 0, 1
                shelf.go_on.clear()
                await pilot.press(key)
                await shows(pilot, "Esc 停止")
                await pilot.press("escape")
                shelf.go_on.set()
                await shows(pilot, "已停止，仍是原来的各行。", "000001")
                assert not view.marks and not view.choice.sort
            shelf.open_for = 1 << 30
            await pilot.press("m")
            await shows(pilot, "已标记 5,000")

    asyncio.run(scene())


@SQLITE
def test_marks_survive_the_filter_of_a_long_list(store: Store, seat_at: Callable[..., Seat]) -> None:
    async def scene() -> None:
        async with list_of(Shelf())(seat_at(store)).run_test(size=(80, 24)) as pilot:
            await shows(pilot, "000000", "5,000 件")
            await pilot.press("space", "space", "slash", *"等级=红", "enter")
            await shows(pilot, "1,667 / 5,000 件", "已标记 2")
            await pilot.press("down", "space", "escape")
            await shows(pilot, "000001", "已标记 3")

    asyncio.run(scene())


@SQLITE
def test_an_order_that_was_kept_and_is_not_waited_for_is_dropped(
    store: Store, seat_at: Callable[..., Seat], tmp_path: Path
) -> None:
    shelf = Shelf(open_for=1)
    settings = Settings(tmp_path / "console.toml")
    settings.keep("ledger", "-title", None)

    async def scene() -> None:
        async with list_of(shelf)(seat_at(store), settings).run_test(size=(80, 24)) as pilot:
            await shows(pilot, "Esc 停止")
            await pilot.press("escape")
            shelf.go_on.set()
            await shows(pilot, "5,000 件", "000001")
            assert settings.of("ledger").sort == ""

    asyncio.run(scene())


@SQLITE
def test_what_reads_much_is_begun_by_the_same_line_once_more(
    store: Store, seat_at: Callable[..., Seat], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing_view, "ASK_FIRST", 1000)
    monkeypatch.setattr(asking_view, "LIVE_ROWS", 1000)
    shelf = Shelf()

    async def scene() -> None:
        async with list_of(shelf)(seat_at(store)).run_test(size=(80, 24)) as pilot:
            await shows(pilot, "5,000 件")
            await pilot.press("slash", *"等级=红", "enter")
            await shows(pilot, "要读 5,000 行")
            assert shelf.pages == 0
            await pilot.press("enter")
            await shows(pilot, "1,667 / 5,000 件")
            read = shelf.pages
            add(store, 1)
            await shows(pilot, "读过之后数据有变，F5 重读")
            await pilot.press("s")
            await until(pilot, lambda: bool(pilot.app.screen.answer.choice.sort))
            assert shelf.pages == read, "an order is made of the rows that are here"
            await pilot.press("slash", "enter")
            await pilot.pause()
            assert shelf.pages == read

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("text", "reads_less"),
    [
        ("区县=资中", True),
        ("区县=资中 状态=已到账", True),
        ("county~资中 and 未到账>0", True),
        ("project_code=-", None),
        ("项目编码=A01", True),
        ("项目=高龄", True),
        ("区县=资中 或 状态=已到账", False),
        ("非 区县=资中", False),
        ("区县=-", False),
        ("区县!=资中", False),
        ("区县=中", False),
        ("区县=没有这个", False),
    ],
)
def test_what_an_index_serves_is_read_alone_and_gives_the_same_rows(
    golden_store: Store, seat_at: Callable[..., Seat], text: str, reads_less: bool | None
) -> None:
    seat = seat_at(golden_store, day=date(2025, 10, 20))
    where = place("failed", {"all": ""})
    make = lists.view("failed").plan
    assert make is not None
    plan = make(dict(where.options), "zh")
    if reads_less is None:
        with pytest.raises(WrongUsage):
            scan(seat, where, plan, Choice(text), Reading(), lambda progress: None)
        return
    found = scan(seat, where, plan, Choice(text), Reading(), lambda progress: None)
    every = load(seat, plan, whole=True).table
    assert list(found.table.rows) == list(filtered([every], text)[0].rows)
    assert found.count == len(every.rows)
    assert (found.wanted < found.count) == reads_less == (found.read < found.count)

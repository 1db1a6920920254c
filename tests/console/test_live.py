"""The console on a real store that others change."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from commands.desk import login
from console.seat import Seat
from store.database import Store
from store.services.opening import open_store
from tests.console.staging import NOW, OneList, add, remove, rename, screen, until
from tests.postgres import Server

SIZE = (80, 24)


def run(scene: Any) -> None:
    asyncio.run(scene)


def shows(app: Any, text: str) -> bool:
    return any(text in line for line in screen(app))


def cursor_line(app: Any) -> str:
    return next(line for line in screen(app) if line.startswith(">"))


def test_rows_of_another_process_appear_and_the_cursor_keeps_its_row(
    store: Store, seat_at: Callable[..., Seat]
) -> None:
    async def scene() -> None:
        add(store, *range(1, 60))
        app = OneList(seat_at(store))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: shows(app, "59 件"))
            await pilot.press("end", "up", "up", "up")
            kept = cursor_line(app)
            at = screen(app).index(kept)
            assert "2025-0056" in kept
            remove(store, 1, 2, 3)
            await until(pilot, lambda: shows(app, "56 件"))
            assert screen(app).index(kept) == at
            add(store, 70)
            await until(pilot, lambda: shows(app, "57 件"))
            assert screen(app).index(kept) == at
            assert shows(app, "新增 1 行")
            await pilot.press("n")
            assert "2025-0070" in cursor_line(app)

    run(scene())


def test_a_row_that_vanishes_leaves_the_cursor_on_the_one_that_followed(
    store: Store, seat_at: Callable[..., Seat]
) -> None:
    async def scene() -> None:
        add(store, *range(1, 10))
        app = OneList(seat_at(store))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: shows(app, "9 件"))
            await pilot.press("j", "j", "j")
            assert "2025-0004" in cursor_line(app)
            remove(store, 2, 4, 5)
            await until(pilot, lambda: shows(app, "6 件"))
            assert "2025-0006" in cursor_line(app)
            remove(store, 6, 7, 8, 9)
            await until(pilot, lambda: shows(app, "2 件"))
            assert "2025-0003" in cursor_line(app)

    run(scene())


def test_a_changed_cell_is_marked(store: Store, seat_at: Callable[..., Seat]) -> None:
    async def scene() -> None:
        add(store, 1, 2, 3)
        app = OneList(seat_at(store))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: shows(app, "3 件"))
            rename(store, 2, "镇审退回")
            await until(pilot, lambda: shows(app, "*镇审退回"))

    run(scene())


def test_a_store_that_goes_away_is_named_and_survived(store: Store, seat_at: Callable[..., Seat]) -> None:
    path = store.path
    if path is None:
        pytest.skip("a server does not vanish like a file")

    async def scene() -> None:
        add(store, 1, 2)
        app = OneList(seat_at(store))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: shows(app, "2 件"))
            for end in ("", "-wal", "-shm"):
                if os.path.exists(f"{path}{end}"):
                    os.rename(f"{path}{end}", f"{path}.away{end}")
            await until(pilot, lambda: shows(app, "请核对 --store"))
            await pilot.press("f5")
            await pilot.pause()
            assert shows(app, "2025-0001")
            assert not path.exists()
            for end in ("-wal", "-shm", ""):
                if os.path.exists(f"{path}.away{end}"):
                    os.rename(f"{path}.away{end}", f"{path}{end}")
            await until(pilot, lambda: not shows(app, "请核对 --store"))
            add(store, 3)
            await until(pilot, lambda: shows(app, "3 件"))

    run(scene())


HOSTILE = "\x1b]52;c;x\x07[/] [@click=app.quit]x[/] [red]\u202egnp\u202c"


def test_hostile_text_stays_text(store: Store, seat_at: Callable[..., Seat]) -> None:
    async def scene() -> None:
        add(store, 1, title=HOSTILE)
        app = OneList(seat_at(store))
        async with app.run_test(size=(200, 50)) as pilot:
            await until(pilot, lambda: shows(app, "1 件"))
            assert shows(app, "␛]52;c;x␇[/] [@click")
            await pilot.press("enter")
            await until(pilot, lambda: shows(app, "[red]�gnp�"))
            assert not any(mark in line for line in screen(app) for mark in "\x1b\u202e")
            await pilot.press("f3", "slash", *"[/]", "enter")
            await until(pilot, lambda: shows(app, "1 / 1 件"))

    run(scene())


def test_a_filter_narrows_by_what_is_shown_and_goes_again(store: Store, seat_at: Callable[..., Seat]) -> None:
    async def scene() -> None:
        add(store, *range(1, 8))
        add(store, 8, title="永安镇 临时救助")
        app = OneList(seat_at(store))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: shows(app, "8 件"))
            await pilot.press("／", *"永安", "enter")
            await until(pilot, lambda: shows(app, "1 / 8 件"))
            assert "2025-0008" in cursor_line(app)
            assert shows(app, "筛选：永安")
            await pilot.press("escape")
            await until(pilot, lambda: shows(app, " 8 件"))
            assert "2025-0008" in cursor_line(app)

    run(scene())


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("监督台 > 整改台账 > 全部", "数据截至", "3 件", "F10退出", "第 1 行")),
        ("en", ("Supervise > Rectification > all", "data of", "3 rows", "F10Quit", "row 1")),
    ],
)
def test_both_languages(
    store: Store, seat_at: Callable[..., Seat], lang: str, words: tuple[str, ...]
) -> None:
    async def scene() -> None:
        add(store, 1, 2, 3)
        app = OneList(seat_at(store, lang))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: all(shows(app, word) for word in words))
            await pilot.press("f1", *"quit")
            await until(pilot, lambda: shows(app, "Ctrl+Q"))
            await pilot.press("f3", "f10")
        assert app.return_value == 0

    run(scene())


def test_eighteen_rows_at_80_by_24_and_the_detail_at_the_side_from_120(
    store: Store, seat_at: Callable[..., Seat]
) -> None:
    async def scene() -> None:
        add(store, *range(1, 60))
        app = OneList(seat_at(store))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: shows(app, "59 件"))
            assert sum("2025-00" in line[:12] for line in screen(app)) >= 18
            assert any(line.endswith("- 详情 Tab") for line in screen(app))
            await pilot.resize_terminal(120, 40)
            await until(pilot, lambda: any(" | " in line for line in screen(app)))

    run(scene())


def test_a_server_that_restarts_is_told_of_and_its_rows_come_back(
    own_server: Server, seat_at: Callable[..., Seat]
) -> None:
    store = open_store(own_server.url(own_server.create()), True, login(), NOW)

    async def scene() -> None:
        add(store, *range(1, 6))
        app = OneList(seat_at(store))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: shows(app, "5 件"))
            own_server.stop()
            await until(pilot, lambda: shows(app, "连接中断") or shows(app, "无法连接数据库"))
            assert shows(app, "2025-0003")
            own_server.start()
            add(store, 7)
            await until(pilot, lambda: shows(app, "6 件"))
            assert not shows(app, "连接中断") and not shows(app, "无法连接数据库")

    run(scene())
    store.engine.dispose()


def test_a_store_that_may_only_be_read_is_shown_so(store: Store, seat_at: Callable[..., Seat]) -> None:
    async def scene() -> None:
        add(store, *range(1, 6))
        kept = Store(store.url, kept=True)
        app = OneList(replace(seat_at(store), store=kept))
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: shows(app, "5 件"))
            assert shows(app, "只读") is store.is_sqlite
            add(store, 7)
            await until(pilot, lambda: shows(app, "6 件"))

    run(scene())

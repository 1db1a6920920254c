"""What a person chooses of a list stays chosen: filters, order, columns, marks, exports, settings."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.answers import Choice, chosen
from console.seat import Seat
from console.settings import Settings
from store.database import Store
from store.errors import WrongUsage
from store.tables import Table, columns_of
from tests.console.scenes import console, lines, opened, shows
from tests.console.staging import OneList, Row, add, remove, rename, screen, until

SQLITE = pytest.mark.parametrize("database", ["sqlite"])
ROWS = [
    ("A1", "白马镇低保", "red", 12, date(2025, 9, 1)),
    ("A2", "永安镇低保", "orange", 5, date(2025, 9, 20)),
    ("A3", "白马镇临时救助", "orange", 9, None),
    ("B4", "资中县", "yellow", 1, date(2025, 10, 1)),
]
TABLE = Table(columns_of(Row), ROWS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("白马", "A1 A3"),
        ("白马 低保", "A1"),
        ("超时>5", "A1 A3"),
        ("超时＞5 且 等级=橙", "A3"),
        ("overdue>=5 and grade=orange", "A2 A3"),
        ("cs<=5", "A2 B4"),
        ("overdue_days=9", "A3"),
        ("等级!=红", "A2 A3 B4"),
        ("应办结<2025-09-30", "A1 A2"),
        ("应办结=-", "A3"),
        ("(等级=红 或 超时 5..9) 白马", "A1 A3"),
        ("标题~临时", "A3"),
        ("标题=白马", "A1 A3"),
    ],
)
def test_a_filter_finds_exactly_these_rows(text: str, found: str) -> None:
    assert " ".join(row[0] for row in chosen(TABLE, Choice(text), "zh")) == found


@pytest.mark.parametrize(
    ("text", "key"),
    [("没有=1", "filter_field"), ("超时>", "filter_value"), ("超时>很久", "filter_not_number")],
)
def test_a_filter_that_is_not_understood_is_a_sentence(text: str, key: str) -> None:
    with pytest.raises(WrongUsage) as raised:
        chosen(TABLE, Choice(text), "zh")
    assert raised.value.key == key


def test_rows_are_sorted_with_what_is_not_known_last() -> None:
    def order(sort: str) -> str:
        return " ".join(row[0] for row in chosen(TABLE, Choice(sort=sort), "zh"))

    assert (order("due_on"), order("-due_on")) == ("A1 A2 B4 A3", "B4 A2 A1 A3")


def seen(pilot: Any) -> list[str]:
    """The numbers of the items on the screen, with the signs before them."""
    return [line[:11].rstrip() for line in screen(pilot.app) if "2025-0" in line[2:8]]


@SQLITE
def test_marks_survive_filter_sort_and_refresh(store: Store, seat_at: Callable[..., Seat]) -> None:
    async def scene() -> None:
        add(store, 1, 2, 3)
        add(store, 4, 5, title="永安镇")
        async with OneList(seat_at(store)).run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: len(seen(pilot)) == 5)
            await pilot.press("space", "　")
            assert seen(pilot)[:3] == [" #2025-0001", " #2025-0002", "> 2025-0003"]
            await pilot.press("slash", *"永安", "enter")
            await until(pilot, lambda: len(seen(pilot)) == 2)
            await pilot.press("m")
            await until(pilot, lambda: any("已标记 4" in line for line in lines(pilot)))
            await pilot.press("escape", "s")
            await until(pilot, lambda: len(seen(pilot)) == 5)
            remove(store, 1)
            await until(pilot, lambda: len(seen(pilot)) == 4)
            assert sum("#" in line for line in seen(pilot)) == 3
            await pilot.press("u")
            assert not any("#" in line for line in seen(pilot))

    asyncio.run(scene())


@SQLITE
def test_new_rows_wait_and_no_row_that_is_shown_moves(store: Store, seat_at: Callable[..., Seat]) -> None:
    async def scene() -> None:
        add(store, 2, 4, 6)
        async with OneList(seat_at(store)).run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: len(seen(pilot)) == 3)
            before = seen(pilot)
            add(store, 1, 3)
            await shows(pilot, "新增 2 行", "5 件")
            assert seen(pilot) == before
            await pilot.press("n")
            await until(pilot, lambda: len(seen(pilot)) == 5)
            assert "> 2025-0001" in seen(pilot) and "+ 2025-0003" in seen(pilot)
            await pilot.press("n")
            assert "> 2025-0003" in seen(pilot)

    asyncio.run(scene())


@SQLITE
def test_a_frozen_list_stays_as_it_is_and_says_so(store: Store, seat_at: Callable[..., Seat]) -> None:
    async def scene() -> None:
        add(store, 1, 2)
        async with OneList(seat_at(store)).run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: len(seen(pilot)) == 2)
            await pilot.press("p")
            await shows(pilot, "已冻结")
            remove(store, 1)
            rename(store, 2, "改过")
            view = pilot.app.screen
            await until(pilot, lambda: view.stale)
            assert len(seen(pilot)) == 2
            await pilot.press("p")
            await shows(pilot, "改过")

    asyncio.run(scene())


@SQLITE
@pytest.mark.parametrize("ending", ["csv", "xlsx", "md", "json"])
def test_the_marked_rows_go_into_a_file_with_a_manifest_and_never_over_another(
    store: Store, seat_at: Callable[..., Seat], tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"行.{ending}"

    async def scene() -> None:
        add(store, 1, 2, 3)
        async with OneList(seat_at(store)).run_test(size=(160, 30)) as pilot:
            await until(pilot, lambda: len(seen(pilot)) == 3)
            await pilot.press("space", "space", "e")
            await shows(pilot, "已标记的 2 行")
            pilot.app.screen.prompt.line.value = str(path)
            await pilot.press("enter")
            await until(pilot, path.exists)
            await shows(pilot, "已导出 2 行")
            before = path.read_bytes()
            manifest = json.loads(path.with_name(f"{path.name}.manifest.json").read_text("utf-8"))
            assert (manifest["rows"], manifest["filters"]["marked"]) == (2, 2)
            await pilot.press("u", "e")
            await shows(pilot, "列出的 3 行")
            pilot.app.screen.prompt.line.value = str(path)
            await pilot.press("enter")
            await shows(pilot, "已存在")
            assert path.read_bytes() == before
            await pilot.press("enter")
            await shows(pilot, "已导出 3 行")

    asyncio.run(scene())


@SQLITE
def test_columns_and_order_are_kept_for_the_next_time(golden_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "config" / "console.toml"

    async def first() -> None:
        async with console(golden_store, settings=path) as pilot:
            await pilot.press("1")
            view = await opened(pilot, "overdue")
            await pilot.press("w")
            await shows(pilot, "[x]", "选择栏目")
            await pilot.press("j", "space", "enter")
            await until(pilot, lambda: view.choice.columns is not None)
            await pilot.press("l", "l", "s")
            await until(pilot, lambda: bool(view.choice.sort))

    async def second() -> None:
        async with console(golden_store, settings=path) as pilot:
            await pilot.press("-")
            view = await opened(pilot, "overdue")
            assert view.choice.columns and "programme" not in view.choice.columns
            assert view.choice.sort

    asyncio.run(first())
    asyncio.run(second())


@SQLITE
def test_damaged_settings_are_said_and_ignored(golden_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "console.toml"
    path.write_text("view = [[[", "utf-8")
    assert Settings(path).trouble == str(path)

    async def scene() -> None:
        async with console(golden_store, size=(200, 50), settings=path) as pilot:
            await shows(pilot, "读不懂")
            assert path.read_text("utf-8") == "view = [[["

    asyncio.run(scene())


@SQLITE
@pytest.mark.parametrize("typed", ["tuichu", "quit", "tc", "退出"])
def test_help_finds_and_runs_an_action(golden_store: Store, typed: str) -> None:
    async def scene() -> None:
        async with console(golden_store) as pilot:
            await pilot.press("?")
            await shows(pilot, "查找：")
            await pilot.press(*typed)
            if typed == "tuichu":
                await shows(pilot, "没有这样的操作")
                return
            await until(pilot, lambda: "退出" in lines(pilot)[2] and pilot.app.screen.table.cursor == 0)
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app.return_value == 0)

    asyncio.run(scene())

"""Filters in the console: what was typed before, names under which they are kept, `:` and `c`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from console.seat import Seat
from console.settings import Settings
from store.database import Store
from tests.console.scenes import console, lines, opened, order, shows
from tests.console.staging import OneList, add, until

SQLITE = pytest.mark.parametrize("database", ["sqlite"])


@SQLITE
def test_earlier_filters_of_a_view_are_recalled_and_a_wrong_one_is_told_where(
    store: Store, seat_at: Callable[..., Seat]
) -> None:
    async def scene() -> None:
        add(store, 1, 2, 3)
        add(store, 4, 5, title="永安镇")
        async with OneList(seat_at(store)).run_test(size=(80, 24)) as pilot:
            await shows(pilot, "5 件")
            await pilot.press("slash", *"永安", "enter")
            await shows(pilot, "2 / 5 件", "筛选：永安")
            await pilot.press("slash")
            pilot.app.screen.prompt.line.value = "（等级=红，橙）且超时>1"
            await pilot.press("enter")
            await shows(pilot, "2 / 5 件", "2025-0003")
            await pilot.press("escape")
            await shows(pilot, "5 件")
            prompt = pilot.app.screen.prompt
            await pilot.press("slash", "up")
            await until(pilot, lambda: prompt.line.value == "（等级=红，橙）且超时>1")
            await pilot.press("up")
            await until(pilot, lambda: prompt.line.value == "永安")
            await pilot.press("down", "down")
            await until(pilot, lambda: prompt.line.value == "")
            await pilot.press(*"超时>1 且 等级=紫", "enter")
            await shows(pilot, "等级 没有 紫（第 11 个字），可写：临期、黄、橙、红")
            assert prompt.line.value == "超时>1 且 等级=紫"

    asyncio.run(scene())


@SQLITE
def test_a_filter_is_kept_under_a_name_used_renamed_and_deleted(golden_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "console.toml"

    async def first() -> None:
        async with console(golden_store, settings=path) as pilot:
            await pilot.press("1")
            view = await opened(pilot, "overdue")
            await pilot.press("f")
            await shows(pilot, "还没有存过")
            await pilot.press("s")
            await shows(pilot, "现在没有筛选可存。")
            await pilot.press("escape", "slash", *'超时>10 且 "镇"', "enter")
            await until(pilot, lambda: bool(view.answer.choice.filter))
            await pilot.press("f", "s", *'急"的', "enter")
            await shows(pilot, '已存为 急"的。', '超时>10 且 "镇"')
            await pilot.press("escape", "escape")
            await until(pilot, lambda: not view.answer.choice.filter)
            await pilot.press("w", "j", "space", "enter")
            await until(pilot, lambda: view.choice.columns is not None)

    async def second() -> None:
        async with console(golden_store, settings=path) as pilot:
            await pilot.press("-")
            view = await opened(pilot, "overdue")
            assert view.choice.columns is not None
            await pilot.press("f", "enter")
            await until(pilot, lambda: view.answer.choice.filter == '超时>10 且 "镇"')
            await pilot.press("f", "r", "ctrl+u", *"慢的", "enter")
            await shows(pilot, "已改名为 慢的。")
            await pilot.press("s", "ctrl+u", *"第二", "enter")
            await shows(pilot, "已存为 第二。")
            await pilot.press("r", "ctrl+u", *"慢的", "enter")
            await shows(pilot, "已有 慢的，请换一个名字。")
            await pilot.press("escape", "d")
            await shows(pilot, "已删去 第二：")
            await pilot.press("escape", "3", "f")
            await shows(pilot, "还没有存过")

    asyncio.run(first())
    asyncio.run(second())
    assert Settings(path).of("overdue.approvals").filters == (("慢的", '超时>10 且 "镇"'),)
    assert Settings(path).of("overdue.approvals").columns is not None


@SQLITE
def test_a_line_opens_a_list_with_its_filter_order_and_columns(golden_store: Store) -> None:
    async def scene() -> None:
        async with console(golden_store) as pilot:
            line = "failed --all --where '状态=已到账 或 未到账>0' --sort=-outstanding"
            await order(pilot, f"{line} --columns payment_no,status")
            view = await opened(pilot, "failed --all")
            await until(pilot, lambda: view.answer.choice.filter == "状态=已到账 或 未到账>0")
            assert view.choice.sort == "-outstanding" and view.choice.columns == ("payment_no", "status")
            await order(pilot, "overdue --where 没有=1")
            await shows(pilot, "没有 没有 这一栏（第 1 个字）")
            await pilot.press("escape")
            await order(pilot, "overdue --where '超时>'")
            await shows(pilot, "第 4 个字处 超时 后面要有内容")
            await pilot.press("escape")
            assert pilot.app.screen.place.line == "failed --all"

    asyncio.run(scene())


@SQLITE
@pytest.mark.parametrize(("lang", "told"), [("zh", "在命令行里运行"), ("en", "Run in a shell")])
def test_the_command_line_is_on_a_screen_of_its_own(golden_store: Store, lang: str, told: str) -> None:
    async def scene() -> None:
        async with console(golden_store, lang) as pilot:
            await order(pilot, "overdue 资中 --where '超时>10 且 区县=资中'")
            view = await opened(pilot, "overdue --county '资中'")
            await until(pilot, lambda: bool(view.answer.choice.filter))
            await order(pilot, "cmd")
            await shows(pilot, told, "--where 'overdue_days>10 and county=资中'")
            assert any(line.startswith("   --county 511025 ") for line in lines(pilot))
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is view)
            await pilot.press("c")
            await shows(pilot, told)

    asyncio.run(scene())

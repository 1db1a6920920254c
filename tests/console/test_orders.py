"""What is typed after `:`: names in any form, options, numbers, days; errors stand beside the text."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from console.orders import Go, OnDay, Run, Tell, candidates, understood
from console.places import place
from store.database import Store
from store.errors import WrongUsage
from tests.console.scenes import console, lines, opened, order, shows
from tests.console.staging import until

SQLITE = pytest.mark.parametrize("database", ["sqlite"])
PAYMENTS = place("overdue", {"kind": "payments", "county": "资中"})


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("overdue", place("overdue")),
        ("超时", place("overdue")),
        ("cs", place("overdue")),
        (":sb", place("failed")),
        ("tz", place("ledger")),
        ("：台账", place("ledger")),
        ("supervise failed --daily", place("failed", {"daily": ""})),
        ("overdue 资中 --kind payments", PAYMENTS),
        ("overdue --kind=发放 资中", PAYMENTS),
        ("overdue　资中　--kind　payments", PAYMENTS),
        ("overdue --kind approvals", place("overdue")),
        ("overdue 511002 --stage 镇审", place("overdue", {"county": "511002", "stage": "town_review"})),
        ("ledger --all", place("ledger", {"all": ""})),
        ("home", place("home")),
    ],
)
def test_a_view_is_meant(line: str, wanted: object) -> None:
    order = understood(line, "zh")
    assert isinstance(order, Go) and order.place == wanted


def test_a_place_is_a_line_that_means_it() -> None:
    for made in (
        PAYMENTS,
        place("failed", {"weekly": "", "by": "unit"}),
        place("audit", {"subject": "a b'c"}),
    ):
        order = understood(made.line, "zh")
        assert isinstance(order, Go) and order.place == made


def test_numbers_days_and_actions_are_meant() -> None:
    assert understood("show SB001", "zh") == Tell("SB001")
    assert understood("explain SB001", "zh") == Tell("SB001", receipt=True)
    assert understood("ledger show 2025-0001", "zh") == Tell("2025-0001")
    assert understood("as-of 2026-10-01", "zh") == OnDay(date(2026, 10, 1))
    assert understood("截至 2026-10-01", "zh") == OnDay(date(2026, 10, 1))
    assert understood("as-of today", "zh") == OnDay(None)
    day = understood("failed --as-of 2026-10-01", "zh")
    assert isinstance(day, Go) and (day.place, day.day) == (place("failed"), date(2026, 10, 1))
    refresh = understood("refresh", "zh")
    assert isinstance(refresh, Run) and refresh.action.run == "again"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("", "console_empty"),
        ("nothing-such", "console_unknown"),
        ("re", "console_ambiguous"),
        ("overdue --nothing", "console_option"),
        ("overdue --county", "console_value"),
        ("overdue 资中 威远", "console_too_much"),
        ("overdue --kind nothing", "bad_choice"),
        ("overdue --since soon", "bad_day"),
        ("failed --daily --weekly", "failed_boards"),
        ("as-of soon", "bad_day"),
        ("show", "console_number"),
    ],
)
def test_what_is_not_understood_is_a_sentence(line: str, key: str) -> None:
    with pytest.raises(WrongUsage) as raised:
        understood(line, "zh")
        plan = understood(line, "zh")
        assert isinstance(plan, Go)
    assert raised.value.key == key
    assert raised.value.sentence("zh") and raised.value.sentence("en")


def test_a_line_is_completed_word_by_word() -> None:
    assert [each.line for each in candidates("ov", "zh")] == ["overdue"]
    assert "超时审批" in [each.meaning for each in candidates("cs", "zh")]
    assert [each.line for each in candidates("overdue --ki", "zh")] == ["overdue --kind"]
    assert [each.line for each in candidates("overdue --kind p", "zh")] == ["overdue --kind payments"]
    assert [each.line for each in candidates("overdue --kind 整", "zh")] == ["overdue --kind rectification"]


@SQLITE
def test_an_error_stands_in_place_and_the_text_is_kept(golden_store: Store) -> None:
    async def scene() -> None:
        async with console(golden_store) as pilot:
            await order(pilot, "超时 没有这个县")
            await shows(pilot, "在本岗位范围内找不到 没有这个县", ": 超时 没有这个县")
            await pilot.press("escape")
            await shows(pilot, "F10退出")
            await pilot.press("：")
            await shows(pilot, ": 超时 没有这个县")
            await pilot.press("end", *["backspace"] * 6, "enter")
            await opened(pilot, "overdue")
            await pilot.press("colon", "up", "up")
            await shows(pilot, ": 超时 没有这个县")

    asyncio.run(scene())


@SQLITE
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_number_has_a_page_with_its_timeline_and_one_comes_back_to_the_same_row(
    golden_store: Store, lang: str
) -> None:
    timeline = {"zh": "经过", "en": "Timeline"}[lang]

    async def scene() -> None:
        async with console(golden_store, lang, (120, 60)) as pilot:
            await order(pilot, "overdue --kind all")
            view = await opened(pilot, "overdue --kind all")
            await pilot.press("j", "j")
            row, top = view.table.row, view.table.top
            no = view.number(row)
            await pilot.press("enter")
            await shows(pilot, no, timeline)
            await pilot.press("backspace")
            assert (view.table.row, view.table.top, pilot.app.screen) == (row, top, view)
            await order(pilot, f"explain {no}")
            await until(pilot, lambda: no in lines(pilot)[0])
            await pilot.press("f3")
            await until(pilot, lambda: pilot.app.screen is view)
            await order(pilot, "show 没有")
            await shows(pilot, "没有")
            assert pilot.app.screen is view

    asyncio.run(scene())


@SQLITE
def test_another_day_is_said_on_top_and_holds_everywhere(golden_store: Store) -> None:
    async def scene() -> None:
        async with console(golden_store) as pilot:
            await order(pilot, "overdue --as-of 2025-09-30")
            view = await opened(pilot, "overdue")
            await until(pilot, lambda: "以 2025-09-30 为准" in lines(pilot)[0])
            then = view.answer.count
            await order(pilot, "截至 2025-10-20")
            await until(pilot, lambda: "为准" not in lines(pilot)[0])
            await until(pilot, lambda: view.answer is not None and view.answer.count != then)

    asyncio.run(scene())


@SQLITE
def test_views_are_walked_back_and_forth(golden_store: Store) -> None:
    async def scene() -> None:
        async with console(golden_store) as pilot:
            await pilot.press("2")
            await opened(pilot, "failed")
            await pilot.press("３")
            await opened(pilot, "ledger")
            await pilot.press("-")
            await opened(pilot, "failed")
            await pilot.press("-")
            await opened(pilot, "ledger")
            await pilot.press("【", "[")
            await opened(pilot, "ledger")
            await pilot.press("]")
            await opened(pilot, "failed")

    asyncio.run(scene())

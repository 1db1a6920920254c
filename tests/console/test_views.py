"""Every view of the console, opened by its line, shows the rows that its command prints."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import Any

import pytest

from console import answers, morning
from console.orders import Go, understood
from console.plans import Pages
from console.seat import Seat
from console.views import asking_view
from store.cells import width
from store.database import Store, writing
from store.services.attention import follow
from store.words import say
from tests.console.scenes import console, lines, opened, order, shows
from tests.running import InProcess

LINES = (
    "overdue",
    "overdue --kind payments",
    "overdue --kind failures",
    "overdue --kind rectification",
    "overdue --kind all",
    "overdue --upcoming",
    "overdue --finished-late --since 2025-09-01",
    "failed",
    "failed --all",
    "failed --daily",
    "failed --weekly",
    "failed --by unit --weekly",
    "failed --ageing",
    "failed --rate",
    "ledger",
    "ledger --all",
    "ledger --overdue",
    "rejects",
    "doubtful",
    "held",
    "imports",
    "posts",
    "reasons",
    "reasons --unmapped",
    "audit",
    "changes",
    "attention",
    "progress",
    "payments --batch B2",
    "payments --person P105",
)
SQLITE = pytest.mark.parametrize("database", ["sqlite"])


@SQLITE
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_view_has_the_rows_of_its_command(golden: InProcess, golden_store: Store, lang: str) -> None:
    wrong: list[str] = []

    async def scene() -> None:
        async with console(golden_store, lang) as pilot:
            for line in LINES:
                await order(pilot, line)
                place = understood(line, lang)
                assert isinstance(place, Go)
                view = await opened(pilot, place.place.line)
                title = say(view.plan.word, lang)
                if title not in lines(pilot)[0]:
                    wrong.append(f"{line}: {title} is not on top of {lines(pilot)[0]}")
                if lang == "zh":
                    printed = golden(*line.split(), "--as-of", "2025-10-20", "--format", "json").json()
                    if view.answer.count != len(printed) and line != "audit":
                        wrong.append(f"{line}: {view.answer.count} rows, printed {len(printed)}")

    asyncio.run(scene())
    assert wrong == []


@SQLITE
def test_a_figure_of_the_morning_is_the_number_of_the_rows_that_it_opens(golden_store: Store) -> None:
    wrong: list[str] = []

    async def scene() -> None:
        async with console(golden_store) as pilot:
            home = pilot.app.screen
            morning = home.found.home
            told = {each.figure: (each.count, str(each.opens)) for each in morning.figures}
            told |= {
                f"{line.county_code} {name}": (getattr(line, name), str(opens))
                for line in morning.counties
                for name, opens in line.opens.items()
            }
            cells = {cell.key: cell.opens for cell in home.board._cells if cell.opens}
            for key, opens in cells.items():
                count, line = told[key]
                assert opens == line
                if count is None or line.startswith("home") or key == "lines_in":
                    continue
                await order(pilot, line)
                place = understood(line, "zh")
                assert isinstance(place, Go)
                view = await opened(pilot, place.place.line)
                if view.answer.count != count:
                    wrong.append(f"{key}: {count}, and {line} has {view.answer.count}")

    asyncio.run(scene())
    assert wrong == []


@SQLITE
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_the_morning_fits_its_screen_and_every_figure_can_be_stood_on(
    golden_store: Store, size: tuple[int, int]
) -> None:
    async def scene() -> None:
        async with console(golden_store, size=size) as pilot:
            board = pilot.app.screen.board
            free = {cell.key for cell in board._cells if cell.opens}
            stood: set[Any] = set()
            for _ in range(len(free) + 2):
                stood.add(board.cell.key)
                await pilot.press("l")
            assert stood == free
            await pilot.press("g")
            shown = lines(pilot)
            assert any("待销号" in line for line in shown) and any("资中县" in line for line in shown)

    asyncio.run(scene())


@SQLITE
@pytest.mark.parametrize(("room", "height"), [(80, 21), (120, 37), (200, 47)])
def test_no_count_of_a_county_is_too_long_to_be_shown(golden_store: Store, room: int, height: int) -> None:
    async def scene() -> Any:
        async with console(golden_store) as pilot:
            return pilot.app.screen.found.home

    home = asyncio.run(scene())
    large = {name: 16_012 + at for at, name in enumerate(morning.COUNTS)} | {"outstanding": 5_046_655_070}
    counties = tuple(replace(line, **large) for line in home.counties)
    found = morning.cells(replace(home, counties=counties), "zh", room, height)
    taken: dict[int, int] = {}
    for cell in sorted(found, key=lambda cell: (cell.y, cell.x)):
        assert cell.x - bool(cell.opens) >= taken.get(cell.y, 0), cell
        taken[cell.y] = cell.x + width(cell.text)
    assert {"16,012", "16,013", "16,014", "16,015", "16,016"} <= {cell.text for cell in found}


@SQLITE
def test_a_county_without_fresh_data_has_dashes_and_no_zero(golden_store: Store) -> None:
    async def scene() -> None:
        async with console(golden_store) as pilot:
            silent = [line for line in pilot.app.screen.found.home.counties if line.silent]
            cells = {cell.key: cell.text for cell in pilot.app.screen.board._cells}
            for line in silent:
                texts = [
                    cells[f"{line.county_code} {name}"] for name in ("overdue_approvals", "open_failures")
                ]
                assert "0" not in texts

    asyncio.run(scene())


@SQLITE
def test_changes_that_were_looked_at_are_news_no_more(golden_store: Store) -> None:
    async def scene() -> None:
        async with console(golden_store) as pilot:
            await shows(pilot, "尚未看过", "新变动 0")
            with writing(golden_store) as connection:
                follow(connection, pilot.app.seat.actor, "P105", "")
            await shows(pilot, "新变动 1", "关注的 1")
            await pilot.press("v")
            await shows(pilot, "10-20 看过", "新变动 0")
            await order(pilot, "overdue")
            await opened(pilot, "overdue")
            await pilot.press("v")
            await shows(pilot, say("console.not_here", "zh"))

    asyncio.run(scene())


@SQLITE
def test_rows_by_the_page_are_counted_behind_the_first_of_them(
    golden: InProcess, golden_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = len(golden("failed", "--all", "--as-of", "2025-10-20", "--format", "json").json())
    counts, exact = threading.Event(), answers.counted

    def held_back(seat: Seat, pages: Pages) -> int:
        assert counts.wait(60)
        return exact(seat, pages)

    monkeypatch.setattr(answers, "FEW", 1)
    monkeypatch.setattr(answers, "COUNTED", 2)
    monkeypatch.setattr(asking_view, "counted", held_back)

    async def scene() -> None:
        async with console(golden_store) as pilot:
            await order(pilot, "failed --all")
            await opened(pilot, "failed --all")
            await shows(pilot, "至少 2 件")
            await pilot.press("end")
            counts.set()
            await shows(pilot, f" {every} 件")
            assert "至少" not in lines(pilot)[0]
            await pilot.press("end")
            await shows(pilot, f"第 {every} 行")

    asyncio.run(scene())

"""On a window of 60 columns by 15 lines nothing that is needed is off the screen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from console import lists
from console.dialogs.form_dialog import FormDialog
from console.keys import ACT_KEYS
from console.views.detail_view import DetailView
from console.widgets.detail import Detail
from console.widgets.virtual_table import VirtualTable
from store.database import Store
from tests.console.scenes import console, lines, opened, order, shows
from tests.console.staging import until

SQLITE = pytest.mark.parametrize("database", ["sqlite"])
SMALL = (60, 15)


def whole(pilot: Any) -> None:
    """Every widget that is shown lies on the screen, and the keys that help and leave stand there."""
    app = pilot.app
    for widget in app.screen.walk_children():
        if widget.display and widget.region and not widget.ancestors_with_self[1].is_scrollable:
            assert app.screen.region.contains_region(widget.region) or widget.is_scrollable, widget
    assert all(len(line) <= SMALL[0] for line in lines(pilot))


@SQLITE
def test_every_view_and_its_detail_can_be_read_to_the_end(golden_store: Store) -> None:
    async def scene() -> None:
        async with console(golden_store, size=SMALL) as pilot:
            assert "F10退出" in lines(pilot)[-1] and "F1帮助" in lines(pilot)[-1]
            await pilot.press("end")  # the last figure of the morning
            whole(pilot)
            for name in lists.names():
                if name == "payments":
                    continue
                await order(pilot, name)
                view = await opened(pilot, name)
                whole(pilot)
                assert "F10退出" in lines(pilot)[-1] and "F1帮助" in lines(pilot)[-1]
                assert view.table.lines >= 4
                table: VirtualTable = view.table
                columns, seen = {column.key for column in table.columns}, set(table.shown_keys)
                for _ in columns:  # every column comes into sight
                    await pilot.press("right")
                    seen |= table.shown_keys
                assert seen == columns, name
                if table.row is None:
                    continue
                await pilot.press("tab")
                whole(pilot)
                assert view.table.lines >= 2
                await pilot.press("tab", "enter")
                await pilot.pause(0.1)
                page = pilot.app.screen
                if isinstance(page, DetailView):
                    whole(pilot)
                    detail = page.query_one("#whole", Detail)
                    await pilot.press("end")
                    assert detail.top + detail.size.height >= len(detail._lines)
                    await pilot.press("backspace")

    asyncio.run(scene())


@SQLITE
def test_every_dialog_shows_its_field_its_hint_and_its_keys(
    golden_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    async def scene() -> None:
        async with console(golden_store, size=SMALL) as pilot:
            reached = set()
            for view, acts in (("overdue", "OJK"), ("failed", "FUJOK"), ("ledger", "APX")):
                await order(pilot, view)
                await opened(pilot, view)
                for letter in acts:
                    before = pilot.app.screen
                    await pilot.press(letter)
                    await pilot.pause(0.3)
                    dialog = pilot.app.screen
                    if not isinstance(dialog, FormDialog):
                        assert dialog is before
                        continue
                    reached.add(letter)
                    whole(pilot)
                    assert "Esc" in lines(pilot)[-1] and "F10" in lines(pilot)[-1]
                    for field in dialog.fields:  # each in its turn, with what belongs to it
                        editor = dialog.query_one(f"#field-{field.name}")
                        editor.focus()
                        await until(pilot, lambda e=editor, d=dialog: d.focused is e)  # type: ignore[misc]
                        dialog.query_one(f"#line-{field.name}").scroll_visible(animate=False)
                        await pilot.pause()
                        line = dialog.query_one(f"#line-{field.name}").region
                        assert dialog.query_one("#fields").region.contains_region(line), field.name
                    await pilot.press("escape")
                    await until(pilot, lambda b=before: pilot.app.screen is b)  # type: ignore[misc]
            assert reached
            await pilot.press("a")
            await pilot.pause(0.3)
            whole(pilot)
            await pilot.press("escape", "1", "w")
            await shows(pilot, "选择栏目")
            whole(pilot)
            await pilot.press("escape", "?")
            await shows(pilot, "查找")
            whole(pilot)
            assert len(ACT_KEYS) > 10

    asyncio.run(scene())

"""Makes the pictures of the README: `python tests/pictures.py`, on a demonstration store of a fixed day."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import chdir
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

DAY = date(2026, 10, 20)
SCENES = {
    "home": ((80, 24), ()),
    "overdue": ((80, 24), ("1", "down")),
    "failed-wide": ((120, 36), ("2", "down")),
}


def make_store(folder: Path):  # type: ignore[no-untyped-def]
    """The demonstration store as it would be made on DAY."""
    from commands.demo import fill
    from commands.desk import Desk
    from commands.options import Shared
    from store.database import reading
    from store.queries.posts import take
    from store.services.opening import open_store

    now = datetime.combine(DAY, datetime.min.time()).replace(hour=8, minute=30)
    store = open_store(folder / "demo.db", True, "supervisor", now)
    with reading(store) as connection:
        post = take(connection, None, "supervisor")
    desk = Desk(store, post, "supervisor", now, DAY, Shared(lang="zh"))
    with chdir(folder):
        fill(desk, 20_000)
    return desk


async def picture(desk, name: str) -> None:  # type: ignore[no-untyped-def]
    """One scene as an SVG."""
    from console.app import Console
    from console.seat import Seat

    size, keys = SCENES[name]
    app = Console(Seat(desk.store, desk.post, desk.login, "zh", DAY, lambda: desk.now))
    app.set_look("256")
    async with app.run_test(size=size) as pilot:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            for _ in range(20):
                await pilot.pause(0.1)
        place = ROOT / "console" / "pictures" / f"{name}.svg"
        place.parent.mkdir(exist_ok=True)
        place.write_text(app.export_screenshot(title="supervise"), encoding="utf-8")


def main() -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_store(Path(folder))
        for name in SCENES:
            asyncio.run(picture(replace(desk), name))


if __name__ == "__main__":
    main()

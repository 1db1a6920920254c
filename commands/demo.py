"""`supervise demo`: a store of its own with made-up but realistic data, and the console on it."""

from __future__ import annotations

import tempfile
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

from commands.desk import Desk, open_desk
from commands.import_ import progress
from commands.options import Shared, command, flag, option
from commands.output import say_aside
from store.database import reading, store_at, writing
from store.errors import NotDone, WrongUsage
from store.queries.settings import Demonstration, demonstration
from store.services import imports as service
from store.services.settings import mark_demonstration
from store.words import say

SEED = 511000


@command("demo")
def demo(
    shared: Shared,
    size: str = option("size", "small"),
    no_console: bool = flag("no-console"),
) -> None:
    """Make the demonstration store once, keep it, and open the console on it."""
    shared = replace(shared, store=shared.store or str(_demo_path()))
    new = not store_at(shared.store).exists()
    desk = open_desk(shared, create=True)
    with reading(desk.store) as connection:
        begun = demonstration(connection)
    if begun is None and not new:
        raise NotDone("demo_other_store", store=desk.store.shown)
    if begun is None or not begun.whole:
        plan = begun or Demonstration(desk.as_of, _size(size), whole=False)
        with writing(desk.store) as connection:
            mark_demonstration(connection, plan)
        fill(replace(desk, as_of=plan.day), plan.size)
        with writing(desk.store) as connection:
            mark_demonstration(connection, replace(plan, whole=True))
    say_aside(say("demo.ready", desk.lang, store=desk.store.shown))
    if not no_console:
        from commands.console import open_console

        open_console(desk)


def _demo_path() -> Path:
    from platformdirs import user_data_path

    folder = user_data_path("supervise", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "demo.db"


def _size(asked: str) -> int:
    """About how many payments the world shall have."""
    from seeds.demo import SIZES, SMALLEST

    size = SIZES.get(asked) or (int(asked) if asked.isascii() and asked.isdigit() else 0)
    if size < SMALLEST:
        raise WrongUsage("demo_size", size=asked, sizes=", ".join(SIZES))
    return size


def fill(desk: Desk, size: int) -> None:
    """Fill a store with the made-up world that ends on the desk's day; what was taken before is skipped."""
    from seeds.demo import write_world
    from seeds.drops import dropped

    say_aside(say("demo.making", desk.lang))
    with tempfile.TemporaryDirectory(prefix="supervise-demo-") as folder, chdir(folder):
        # the files are known by where they stand below the folder, which is gone afterwards
        files = write_world(Path("demo"), size, SEED, desk.as_of)
        for day, drop in dropped(files, desk.as_of):
            actor = replace(desk.actor, as_of=day)
            paths = [str(path) for path in drop]
            service.run(lambda: writing(desk.store), actor, paths, service.Wanted(), progress(desk))

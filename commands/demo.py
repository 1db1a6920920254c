"""`supervise demo`: a store of its own with made-up but realistic data, and the console on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from commands.desk import Desk, now, open_desk
from commands.desk import day as day_typed
from commands.import_ import progress
from commands.options import Shared, command, flag, option
from commands.output import say_aside
from store.database import reading, store_at, writing
from store.errors import NotDone, WrongUsage
from store.queries.settings import Demonstration, demonstration
from store.services import imports as service
from store.services.imported import Wanted
from store.services.settings import mark_demonstration
from store.words import say

SEED = 511000
PATIENCE = 10  # seconds in which a file that is being taken in is finished


@command("demo")
def demo(
    shared: Shared,
    size: str = option("size", "small"),
    no_console: bool = flag("no-console"),
    live: bool = flag("live"),
    seed: int = option("seed", SEED),
    day: str | None = option("day"),
) -> None:
    """Make the demonstration store once, keep it, and open the console on it; with --live its day goes on."""
    # what happens on a day is looked at on that day, unless another one is asked for
    shared = replace(shared, store=shared.store or str(_demo_path()), as_of=shared.as_of or day)
    new = not store_at(shared.store).exists()
    desk = open_desk(shared, create=True)
    happens = replace(desk, as_of=day_typed(day)) if day else desk
    with reading(desk.store) as connection:
        begun = demonstration(connection)
    if begun is None and not new:
        raise NotDone("demo_other_store", store=desk.store.shown)
    if begun is None or not begun.whole:
        plan = begun or Demonstration(happens.as_of, _size(size), whole=False)
        with writing(desk.store) as connection:
            mark_demonstration(connection, plan)
        fill(replace(desk, as_of=plan.day), plan.size)
        with writing(desk.store) as connection:
            mark_demonstration(connection, replace(plan, whole=True))
    say_aside(say("demo.ready", desk.lang, store=desk.store.shown))
    if no_console:
        if live:
            _play_here(happens, seed)
        return
    from commands.console import open_console

    with _played_beside(happens, seed) if live else nullcontext():
        open_console(desk)


def _play_here(desk: Desk, seed: int) -> None:
    """Let the day go on until Ctrl-C."""
    from seeds.simulate import play

    def wait(seconds: float) -> bool:
        time.sleep(seconds)
        return False

    say_aside(say("demo.going_on", desk.lang, day=desk.as_of))
    with suppress(KeyboardInterrupt):
        play(desk.store, lambda: replace(desk.actor, now=now()), seed, wait)


@contextmanager
def _played_beside(desk: Desk, seed: int) -> Iterator[None]:
    """Let the day go on in a process of its own, as the offices do, until this is left."""
    import seeds

    root = str(Path(seeds.__file__).parents[1])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    quiet = subprocess.DEVNULL  # the screen is the console's
    child = subprocess.Popen(
        [sys.executable, "-m", "seeds.simulate"],
        stdin=subprocess.PIPE,
        stdout=quiet,
        stderr=quiet,
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )
    # what is asked goes through the pipe: a URL with its password is not for the list of processes
    asked = {
        "store": desk.store.url.render_as_string(hide_password=False),
        "post": desk.post.code,
        "login": desk.login,
        "seed": seed,
        "day": desk.as_of.isoformat(),
    }
    assert child.stdin is not None
    with suppress(OSError):
        child.stdin.write(f"{json.dumps(asked)}\n".encode())
        child.stdin.flush()
    try:
        yield
    finally:
        with suppress(OSError):
            child.stdin.close()
        try:
            ended = child.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            ended = child.wait()
        if ended:
            say_aside(say("demo.stopped", desk.lang))


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
            service.run(lambda: writing(desk.store), actor, paths, Wanted(), progress(desk))

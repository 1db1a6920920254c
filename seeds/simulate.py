"""A day that goes on happening: every few seconds a small file arrives, as it follows from what is open."""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import chdir
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import Connection

from seeds.day import arrivals, banks, cures, rounds, stages
from seeds.day.now import Lines, Now
from store.database import Store, reading, store_at, writing
from store.faults import keep
from store.models.posts import Actor
from store.queries.posts import take
from store.services import imports
from store.services.imported import Outcome, Wanted

Happening = Callable[[Now], list[Lines]]

# What happens, and how often in a hundred drops; what has nothing to work on leaves its turn to another.
HAPPENINGS: dict[Happening, int] = {
    stages.moves: 38,
    banks.answers: 24,
    arrivals.cases: 15,
    cures.feedback: 9,
    cures.reissues: 5,
    rounds.batches: 6,
    banks.bounces: 2,
    banks.sends: 1,
}
PAUSE = (2.0, 6.0)  # seconds between two drops
CHINA = timezone(timedelta(hours=8))


def next_drop(connection: Connection, rng: random.Random, at: datetime, folder: Path) -> list[Path]:
    """Write what happens next into a folder: the files of one drop, to be taken in together in this order.

    It follows from the store as it stands, the moment and the chances alone. Nothing is written and no file
    returned where nothing is open any more.
    """
    now = Now(connection, at, rng)
    left = dict(HAPPENINGS)
    while left:
        chosen = rng.choices(list(left), list(left.values()))[0]
        del left[chosen]
        lines = chosen(now)
        if lines:
            return [_written(each, at, folder) for each in lines]
    return []


def _written(lines: Lines, at: datetime, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{at:%H%M%S}-{lines.feed}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(lines.rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines.rows)
    return path


def drop(store: Store, actor: Actor, rng: random.Random, at: datetime, folder: Path) -> Outcome:
    """Make the next drop and take it in; its files are gone afterwards."""
    with reading(store) as connection:
        files = next_drop(connection, rng, at, folder)
    paths = [str(path) for path in files]
    taken = imports.run(lambda: writing(store), actor, paths, Wanted())
    for path in files:
        path.unlink()
    return taken


def play(
    store: Store,
    acting: Callable[[], Actor],
    seed: int,
    stop: Callable[[float], bool],
) -> None:
    """Let the day of the actor go on until `stop`, which is given seconds to wait, says that it is over."""
    rng = random.Random(f"{seed}/{acting().as_of}")
    with tempfile.TemporaryDirectory(prefix="supervise-day-") as folder, chdir(folder):
        # files are known by where they stand below the folder, which is gone afterwards
        while not stop(rng.uniform(*PAUSE)):
            actor = acting()
            drop(store, actor, rng, actor.at, Path("day"))


def main() -> None:
    """Play beside another process: its first line on standard input says what; its end is the end."""
    asked = json.loads(sys.stdin.readline())
    over = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=listen, daemon=True).start()
    store = store_at(asked["store"])
    with reading(store) as connection:
        post = take(connection, asked["post"], asked["login"])
    day = date.fromisoformat(asked["day"])

    def acting() -> Actor:
        now = datetime.now(CHINA).replace(tzinfo=None, microsecond=0)
        return Actor(post, asked["login"], now, day)

    play(store, acting, asked["seed"], over.wait)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        keep(error)
        sys.exit(1)

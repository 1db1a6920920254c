"""The public notices of the made-up world: one a town, programme and period, some forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from seeds.world.people import Ints
from seeds.world.programmes import Programme
from seeds.world.rounds import Batch
from seeds.world.scene import Books, Scene
from seeds.world.stages import notice_end


def post(
    scene: Scene,
    books: Books,
    programme: Programme,
    period: str,
    town: str,
    start: date,
    end: date | None,
    people: int | None,
    number: int = 1,
    objections: int = 0,
) -> None:
    """Write a notice, once for a programme, period and town."""
    key = (programme.code, period, f"{town}/{number}")
    if key in books.noticed:
        return
    books.noticed.add(key)
    place = scene.places.names[town] + "政务公开栏"
    scene.output.row(
        "notices", programme.code, period, town, start, end, place, objections, number, people, 2
    )


def post_notices(scene: Scene, books: Books, batch: Batch, who: Ints) -> None:
    """The notices of a batch's towns, for those that have none from their claims."""
    programme = batch.programme
    if not programme.published:
        return
    stream = scene.chance.one("notices " + batch.no)
    for place in np.unique(scene.towns[who]).tolist():
        town = scene.places.towns[place]
        luck = stream.random()
        start = batch.created - timedelta(days=stream.randint(9, 12))
        end = notice_end(scene, programme, start)
        if luck < 0.006:
            continue
        if luck < 0.012:
            end -= timedelta(days=3)
        if luck > 0.99:
            # Somebody objected: the list went up a second time.
            earlier = start - timedelta(days=11)
            stop = notice_end(scene, programme, earlier)
            post(scene, books, programme, batch.period.text, town, earlier, stop, None, 1, 1)
            post(scene, books, programme, batch.period.text, town, start, end, None, 2)
            continue
        post(scene, books, programme, batch.period.text, town, start, end, None)

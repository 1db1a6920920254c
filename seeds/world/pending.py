"""The claims that are on their way on the day of the world: most in time, some overdue, some paused."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from seeds.world.claims import write_case, write_stays
from seeds.world.draws import amounts, due_in
from seeds.world.notices import post
from seeds.world.places import TROUBLED
from seeds.world.programmes import Programme
from seeds.world.rounds import Batch
from seeds.world.scene import Books, Scene
from seeds.world.stages import Stay, arrivals, moment, notice_end, passed

FEWEST, SHARE, MOST = 540, 0.02, 5_000
NEGLECTED = 2  # towns of 东兴 where much is overdue as well
_WHERE = {
    "declare": 0.08,
    "village_review": 0.15,
    "town_review": 0.24,
    "notice": 0.12,
    "county_approval": 0.26,
    "city_supervision": 0.09,
    "appropriation": 0.06,
}
# Working days past the due day, of those that are late: yellow, orange, red.
_LATE = ((1, 3), (4, 10), (11, 26))


def open_claims(scene: Scene, books: Books, coming: list[Batch]) -> None:
    """Groups of claims for rounds that are still to be made, town by town, until there are enough."""
    stream = scene.chance.one("open claims")
    wanted = max(FEWEST, min(MOST, int(SHARE * scene.chance.payments)))
    neglected = set([town for town in scene.places.towns if town.startswith("511011")][:NEGLECTED])
    rounds = [b for b in coming if b.programme.published and b.slot[1] < 200 and b.programme.cycle != "once"]
    weights = [(2.6 if b.region == TROUBLED else 1.0) * (3 if b.slot[1] > 1 else 1) for b in rounds]
    asked: set[tuple[str, int]] = set()
    for batch in stream.choices(rounds, weights, k=wanted):
        _group(scene, books, batch, stream, neglected, asked)
        if len(asked) >= wanted:
            return


def _asking(
    scene: Scene, batch: Batch, stream: random.Random, asked: set[tuple[str, int]]
) -> tuple[str, list[int]]:
    """A town, and the places among the programme's members of a few there who have not asked yet."""
    draw = scene.draws[batch.programme.code]
    at = due_in(draw, batch.county, scene.people, batch.programme, batch.period)
    if not len(at):
        return "", []
    towns = scene.towns[draw.members[at]]
    town = stream.choice(towns.tolist())
    free = [
        p for p in at[towns == town].tolist() if (batch.programme.code, int(draw.members[p])) not in asked
    ]
    return scene.places.towns[town], sorted(stream.sample(free, min(len(free), stream.randint(1, 6))))


def _group(
    scene: Scene,
    books: Books,
    batch: Batch,
    stream: random.Random,
    neglected: set[str],
    asked: set[tuple[str, int]],
) -> None:
    programme = batch.programme
    town, places = _asking(scene, batch, stream, asked)
    if not places:
        return
    stage = stream.choices(tuple(_WHERE), tuple(_WHERE.values()))[0]
    late = stream.random() < (0.34 if batch.region == TROUBLED or town in neglected else 0.08)
    past = stream.choices(_LATE, (0.5, 0.33, 0.17))[0] if late else None
    days = arrivals(
        scene, programme, batch.region, stage, _arrived(scene, programme, stage, past, stream), stream
    )
    draw = scene.draws[programme.code]
    fen = amounts(draw, np.array(places), programme, batch.region, batch.period, scene.today)
    for place, amount in zip(places, fen.tolist(), strict=True):
        person = int(draw.members[place])
        asked.add((programme.code, person))
        _write(scene, books, batch, person, amount, stage, days, stream, late)
    if "notice" in days:
        start = days["notice"]
        end = notice_end(scene, programme, start)
        running = stage == "notice" and end > scene.today
        post(scene, books, programme, batch.period.text, town, start, None if running else end, len(places))


def _arrived(
    scene: Scene, programme: Programme, stage: str, past: tuple[int, int] | None, stream: random.Random
) -> date:
    """The day of arrival that makes a stage as late as wanted, or leaves it some days."""
    limit, unit = scene.limit(programme.code, stage)
    over = stream.randint(*past) if past else -stream.randint(0, limit)
    if unit == "workday":
        return scene.days.after(scene.days.last(scene.today), -(limit + over))
    return scene.days.last(scene.today - timedelta(days=limit + over))


def _write(
    scene: Scene,
    books: Books,
    batch: Batch,
    person: int,
    fen: int,
    stage: str,
    days: dict[str, date],
    stream: random.Random,
    late: bool,
) -> None:
    last_day = scene.days.last(scene.today)
    entered = min(last_day, scene.days.after(days[stage], stream.choice((0, 0, 0, 1, 2))))
    luck = stream.random()
    if stage == "town_review" and luck < 0.12:
        # It has been with the county once, and came back.
        county = scene.days.after(entered, -stream.randint(2, 5))
        stays = passed(
            arrivals(scene, batch.programme, batch.region, "county_approval", county, stream), entered, stream
        )
        stays[-1] = replace(stays[-1], outcome="returned")
    else:
        before = {each: day for each, day in days.items() if each != stage}
        stays = passed(before, entered, stream) if before else []
    arrival = stays[-1].left if stays and stays[-1].left else moment(stream, entered)
    outcome, left = "", None
    if stage == "county_approval" and luck < 0.06 and entered < last_day:
        outcome, left = "rejected", moment(stream, last_day, 15, 17)
    elif luck > 0.985:
        outcome = "suspended"
    no = write_case(
        scene,
        books,
        batch.programme,
        batch.period.text,
        person,
        fen,
        (stays[0].entered if stays else arrival).date(),
    )
    stays.append(Stay(stage, arrival, left, outcome))
    write_stays(scene, no, batch.programme, person, stays, batch.bank, stream)
    if outcome == "suspended" or (left is None and luck > 0.94 and not late):
        reason = "存疑拦截" if outcome else stream.choice(("补正材料", "入户核查", "存疑拦截"))
        scene.output.row("pauses", no, arrival + timedelta(minutes=20), None, reason)

"""How a claim goes through the stages: on which days it arrives and leaves, and who handles it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from seeds.world.places import CITY, TROUBLED
from seeds.world.programmes import Programme
from seeds.world.rounds import Batch
from seeds.world.scene import Scene
from seeds.world.units import bank, bureau, committee, town_office

ORDER = (
    "declare",
    "village_review",
    "town_review",
    "notice",
    "county_approval",
    "city_supervision",
    "appropriation",
    "disbursement",
)
_FASTEST = {"county_approval": 2}
# Who of a unit's two acts; the unit that has two stages in a row has a person for each.
_HAND = {"village_review": 1, "notice": 1}


@dataclass(frozen=True)
class Stay:
    """One stay in a stage; without `left` it is open."""

    stage: str
    entered: datetime
    left: datetime | None
    outcome: str = ""


def handled_by(stage: str, village: str, programme: Programme, bank_number: int) -> str:
    """The code of the unit in which a claim lies."""
    county = village[:6]
    match stage:
        case "declare" | "village_review":
            return committee(village)
        case "town_review" | "notice":
            return town_office(village)
        case "county_approval":
            return bureau(programme.kind, county)
        case "city_supervision":
            return bureau(programme.kind, CITY)
        case "appropriation":
            return bureau("finance", county)
    return bank(county, bank_number)


_MINUTES = tuple(time(n // 60, n % 60) for n in range(24 * 60))


def moment(stream: random.Random, day: date, first: int = 9, last: int = 16) -> datetime:
    """A moment of a day, in office hours."""
    span = (last + 1 - first) * 60
    return datetime.combine(day, _MINUTES[first * 60 + int(stream.random() * span)])


def duration(scene: Scene, programme: Programme, stage: str, county: str, stream: random.Random) -> int:
    """Working days in a stage, most within the limit."""
    limit, _ = scene.limit(programme.code, stage)
    if stream.random() < (0.08 if county == TROUBLED else 0.03):
        return limit + stream.randint(1, 9)
    return stream.randint(min(limit, _FASTEST.get(stage, 1)), limit)


def notice_start(scene: Scene, programme: Programme, left: date) -> date:
    """The day on which a notice went up that had run its days before `left`."""
    if programme.notice_unit == "workday":
        return scene.days.after(left, -programme.notice_days)
    return scene.days.last(left - timedelta(days=programme.notice_days))


def notice_end(scene: Scene, programme: Programme, start: date) -> date:
    """The last day of a notice; its first counts."""
    if programme.notice_unit == "workday":
        return scene.days.after(start, programme.notice_days - 1)
    return start + timedelta(days=programme.notice_days - 1)


def arrivals(
    scene: Scene, programme: Programme, county: str, stage: str, entered: date, stream: random.Random
) -> dict[str, date]:
    """The day of arrival in every stage up to `stage`, counted back from the arrival there."""
    days = {stage: entered}
    for earlier in reversed(ORDER[: ORDER.index(stage)]):
        if earlier == "notice":
            entered = notice_start(scene, programme, entered)
        else:
            entered = scene.days.after(entered, -duration(scene, programme, earlier, county, stream))
        days[earlier] = entered
    return dict(reversed(days.items()))


def passed(days: dict[str, date], until: date, stream: random.Random) -> list[Stay]:
    """Closed stays for stages that follow each other, the last one left on `until`."""
    moments = [moment(stream, day) for day in days.values()] + [moment(stream, until, 16, 17)]
    return [
        Stay(stage, moments[n], max(moments[n + 1], moments[n]), "passed") for n, stage in enumerate(days)
    ]


def after_approval(scene: Scene, batch: Batch, last: Stay, stream: random.Random) -> list[Stay]:
    """The stays at the county's treasury and at the bank, as far as the batch has come."""
    start = last.left
    assert start is not None
    if batch.submitted is None:
        return [Stay("appropriation", start, None)]
    handed = moment(stream, batch.submitted, 9, 11)
    stays = [Stay("appropriation", start, handed, "passed")]
    if batch.settled is None:
        return [*stays, Stay("disbursement", handed, None)]
    return [*stays, Stay("disbursement", handed, moment(stream, batch.settled, 16, 17), "passed")]


def sent_back(scene: Scene, stays: list[Stay], stream: random.Random) -> list[Stay]:
    """The same, with a county's stay broken in two and a second one in the town between."""
    place = next(n for n, stay in enumerate(stays) if stay.stage == "county_approval")
    stay = stays[place]
    assert stay.left is not None
    if scene.days.between(stay.entered.date(), stay.left.date()) < 3:
        return stays
    back = moment(stream, scene.days.after(stay.entered.date(), 1))
    again = moment(stream, scene.days.after(back.date(), 1))
    return [
        *stays[:place],
        Stay("county_approval", stay.entered, back, "returned"),
        Stay("town_review", back, again, "passed"),
        Stay("county_approval", again, stay.left, stay.outcome),
        *stays[place + 1 :],
    ]


def hand(scene: Scene, unit: str, stage: str) -> tuple[str, str]:
    """The name and the number of whoever of a unit handles a stage."""
    operator = scene.units.operators[unit][_HAND.get(stage, 0)]
    return operator.name, operator.code

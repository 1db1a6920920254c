"""The claims that were paid: cases whose way through the stages ends in a batch."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import numpy as np

from seeds.world.notices import post
from seeds.world.people import Ints
from seeds.world.places import TROUBLED
from seeds.world.programmes import Programme
from seeds.world.rounds import STUCK, Batch
from seeds.world.scene import Books, Scene
from seeds.world.stages import (
    Stay,
    after_approval,
    arrivals,
    hand,
    handled_by,
    notice_end,
    passed,
    sent_back,
)
from store.money import yuan

SHARE = 0.08  # of the payments that come with a case of their own
MOST = 40_000
NIGHT = ("NY01", TROUBLED)  # a round that one person passed within minutes, late in the evening
NIGHTLY = 600
STUCK_CASES = 4  # of a batch that was never sent, each of them overdue at the treasury
_OPINIONS = ("符合条件", "同意", "情况属实", "材料齐全，予以通过", "经核实符合政策规定")


def claim(scene: Scene, books: Books, batch: Batch, who: Ints, fen: Ints) -> dict[int, str]:
    """Cases for the payments of some towns of a batch, by person; their notices with them."""
    programme = batch.programme
    if not programme.published or batch.approved > scene.today:
        return {}
    stream = scene.chance.one("claims " + batch.no)
    scale = min(1.0, MOST / (SHARE * scene.chance.payments))
    share = (0.02 if programme.cycle == "monthly" else 0.3) * scale
    if programme.code == "MZ13":
        share = 0.35 * scale
    at_night = (programme.code, batch.region) == NIGHT
    towns = scene.towns[who]
    cases: dict[int, str] = {}
    for town in np.unique(towns).tolist():
        if (at_night and len(cases) < NIGHTLY) or stream.random() < share:
            there = towns == town
            asked = list(zip(who[there].tolist(), fen[there].tolist(), strict=True))
            if batch.fate == STUCK:
                asked = asked[: max(0, STUCK_CASES - len(cases))]
            if not asked:
                break
            _claim_town(scene, books, batch, scene.places.towns[town], asked, stream, cases)
    return cases


def _claim_town(
    scene: Scene,
    books: Books,
    batch: Batch,
    town: str,
    asked: list[tuple[int, int]],
    stream: random.Random,
    cases: dict[int, str],
) -> None:
    programme, county = batch.programme, batch.region
    city = scene.days.after(batch.approved, -stream.randint(1, 3))
    days = arrivals(scene, programme, county, "city_supervision", city, stream)
    start = days["notice"]
    post(
        scene,
        books,
        programme,
        batch.period.text,
        town,
        start,
        notice_end(scene, programme, start),
        len(asked),
    )
    for person, fen in asked:
        stays = passed(days, batch.approved, stream)
        if stream.random() < 0.05:
            stays = sent_back(scene, stays, stream)
        if (programme.code, county) == NIGHT and len(cases) < NIGHTLY:
            stays = _at_night(stays, len(cases))
        no = write_case(scene, books, programme, batch.period.text, person, fen, stays[0].entered.date())
        stays += after_approval(scene, batch, stays[-1], stream)
        write_stays(scene, no, programme, person, stays, batch.bank, stream)
        if stream.random() < 0.03:
            _pause_within(scene, no, stays, stream)
        cases[person] = no


def _at_night(stays: list[Stay], number: int) -> list[Stay]:
    """The county's approval moved to half past ten in the evening of its last day, four seconds a case."""
    changed: list[Stay] = []
    for stay in stays:
        if stay.stage == "county_approval" and stay.left is not None and stay.outcome == "passed":
            late = datetime.combine(stay.left.date() - timedelta(days=1), datetime.min.time())
            late += timedelta(hours=22, minutes=30, seconds=4 * number)
            stay = Stay(stay.stage, stay.entered, max(late, stay.entered), stay.outcome)
        elif changed and changed[-1].stage == "county_approval" and changed[-1].left is not None:
            stay = Stay(stay.stage, changed[-1].left, stay.left, stay.outcome)
        changed.append(stay)
    return changed


def write_case(
    scene: Scene, books: Books, programme: Programme, period: str, person: int, fen: int, applied: date
) -> str:
    """Write a case; its number."""
    books.cases += 1
    no = f"SB{applied:%Y%m}{programme.code}{scene.homes[person][:6]}{books.cases:06d}"
    home = scene.homes[person]
    quantity = _quantity(scene, programme, person)
    person_id = scene.people.ids[person]
    scene.output.row("cases", no, programme.code, period, person_id, home, yuan(fen), quantity, applied)
    return no


def _quantity(scene: Scene, programme: Programme, person: int) -> str:
    draw = scene.draws[programme.code]
    if draw.quantity is None:
        return ""
    place = int(draw.members.searchsorted(person))
    return yuan(int(draw.quantity[place])).rstrip("0").rstrip(".")


def write_stays(
    scene: Scene,
    no: str,
    programme: Programme,
    person: int,
    stays: list[Stay],
    bank_number: int,
    stream: random.Random,
) -> None:
    """Write the stays of a case."""
    lines: list[str] = []
    alone = stream.random() < 0.004  # one pair of hands for everything that the town does
    for stay in stays:
        unit = handled_by(stay.stage, scene.homes[person], programme, bank_number)
        name, code = hand(scene, unit, "town_review" if alone and stay.stage == "notice" else stay.stage)
        left = "" if stay.left is None else stay.left
        opinion = ""
        if stay.outcome == "passed":
            opinion = _OPINIONS[int(stream.random() * len(_OPINIONS))]
        elif stay.outcome == "returned":
            opinion = "材料不齐，退回补正"
        elif stay.outcome == "rejected":
            opinion = "经核查不符合条件"
        lines.append(f"{no},{stay.stage},{stay.entered},{left},{unit},{name},{code},{stay.outcome},{opinion}")
    scene.output.lines("stages", lines)


def _pause_within(scene: Scene, no: str, stays: list[Stay], stream: random.Random) -> None:
    """A pause that began and ended while the county had the case."""
    for stay in stays:
        if stay.stage == "county_approval" and stay.left is not None:
            length = scene.days.between(stay.entered.date(), stay.left.date())
            if length < 4:
                return
            start = scene.days.after(stay.entered.date(), 1)
            end = scene.days.after(start, stream.randint(1, length - 2))
            reason = stream.choice(("补正材料", "入户核查", "存疑拦截"))
            scene.output.row("pauses", no, f"{start} 10:20:00", f"{end} 09:10:00", reason)
            return

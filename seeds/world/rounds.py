"""When each programme is paid in each county: the batches of the year, and the rounds that are coming."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from seeds.world.chance import Chance
from seeds.world.days import Days
from seeds.world.periods import Period, pay_day, periods
from seeds.world.places import COUNTIES, TROUBLED
from seeds.world.programmes import UNPAID, Programme
from seeds.world.units import BANKS

YEAR = timedelta(days=365)
# What became of a batch, where it is not the usual.
USUAL, FRESH, STUCK, SILENT, FAULTY = "usual", "fresh", "stuck", "silent", "faulty"
_FRESH = ("MZ10", "MZ09", "MZ02", "MZ03", "MZ11", "TY06", "RS01", "MZ01")
_STUCK = ("NY04", "SL01", "ZZ01", "JY01", "MZ11", "TY06", "RS01", "MZ05", "MZ09", "WJ01", "LC06", "MZ03")


@dataclass(frozen=True)
class Batch:
    """A round of one programme in one county; `slot` picks who asks where not everybody draws."""

    programme: Programme
    period: Period
    county: int
    number: int
    slot: tuple[int, int]
    bank: int
    due: date
    stated: bool
    created: date
    approved: date
    submitted: date | None
    settled: date | None
    fate: str = USUAL

    @cached_property
    def region(self) -> str:
        """The county's code."""
        return tuple(COUNTIES)[self.county]

    @cached_property
    def stem(self) -> str:
        """What its own number and those of its payments begin with."""
        return f"{self.period.code}{self.number}{self.programme.code}{self.region}"

    @cached_property
    def no(self) -> str:
        """The batch number."""
        return "PC" + self.stem


def _rounds(programme: Programme, today: date, days: Days) -> list[tuple[Period, date, int, tuple[int, int]]]:
    """Period, day to be paid by, number within the period, and slot."""
    since, until = today - YEAR - timedelta(days=60), today + timedelta(days=75)
    found: list[tuple[Period, date, int, tuple[int, int]]] = []
    for period in periods(programme.cycle, since, until):
        day = pay_day(programme.pay_by, period)
        if day is not None:
            found.append((period, day, 1, (0, 1)))
        elif programme.cycle == "once":
            found.append((period, date(period.year, 10, 31), 1, (0, 1)))
        elif programme.code == "MZ13":
            thursdays = [
                day
                for n in range(31)
                if (day := period.first + timedelta(days=n)).month == period.last_month and day.weekday() == 3
            ]
            found += [
                (period, days.after(day, 3), n, (day.toordinal() // 7 % 52, 52))
                for n, day in enumerate(thursdays, 1)
            ]
        else:
            month = period.year * 12 + period.last_month
            found.append((period, period.first + timedelta(days=26), 1, (month % 240, 240)))
    return [each for each in found if since <= each[1] <= until]


def plan(chance: Chance, programmes: dict[str, Programme], days: Days) -> tuple[list[Batch], list[Batch]]:
    """The batches made by the day of the world, in the order in which they left; those still to be made."""
    stream = chance.one("rounds")
    today = chance.today
    made: list[Batch] = []
    coming: list[Batch] = []
    for place, programme in enumerate(programmes.values()):
        if programme.code in UNPAID:
            continue
        for period, due, number, slot in _rounds(programme, today, days):
            for county, region in enumerate(COUNTIES):
                lead = stream.randint(2, 6) if programme.cycle == "monthly" else stream.randint(4, 16)
                submitted = days.after(due + timedelta(days=1), -lead)
                if programme.cycle == "on_demand":
                    submitted = days.after(due, -3)
                if stream.random() < (0.09 if region == TROUBLED else 0.035):
                    submitted = days.after(due, stream.randint(1, 7))
                batch = _dated(
                    Batch(
                        programme,
                        period,
                        county,
                        number,
                        slot,
                        (place + county) % len(BANKS),
                        due,
                        not programme.pay_by or stream.random() < 0.15,
                        due,
                        due,
                        submitted,
                        None,
                    ),
                    submitted,
                    stream.choice((0, 1, 1, 1, 2)),
                    days,
                )
                if batch.created > today:
                    coming.append(batch)
                elif submitted > today - YEAR:
                    made.append(batch)
    made, coming = _eventful(chance, made, coming, days)
    made = [_seen_from(batch, today) for batch in made]
    return sorted(made, key=lambda b: (b.submitted or b.due, b.no)), coming


def _dated(batch: Batch, submitted: date, wait: int, days: Days) -> Batch:
    return replace(
        batch,
        created=days.after(submitted, -5),
        approved=days.after(submitted, -3),
        submitted=submitted,
        settled=days.after(submitted, wait),
    )


def _seen_from(batch: Batch, today: date) -> Batch:
    """What lies after the day of the world has not happened."""
    submitted = batch.submitted if batch.submitted and batch.submitted <= today else None
    settled = batch.settled if submitted and batch.settled and batch.settled <= today else None
    return replace(batch, submitted=submitted, settled=settled)


def _eventful(
    chance: Chance, made: list[Batch], coming: list[Batch], days: Days
) -> tuple[list[Batch], list[Batch]]:
    """See to it that something happened yesterday, whichever day it is, and that some batches went wrong."""
    stream, today = chance.one("events"), chance.today
    yesterday = days.after(today, -1)
    chosen: dict[str, Batch] = {}

    fresh = [
        batch
        for code in _FRESH
        for batch in [*made, *coming]
        if batch.programme.code == code and today <= batch.due <= today + timedelta(days=16)
    ]
    for n, batch in enumerate(fresh[:6]):
        wait = n % 2
        submitted = days.after(yesterday, -wait) if wait else yesterday
        chosen[batch.no] = replace(_dated(batch, submitted, wait, days), settled=yesterday, fate=FRESH)

    stuck = [
        batch
        for code in _STUCK
        for batch in made
        if batch.programme.code == code
        and today - timedelta(days=26) <= batch.due <= today - timedelta(days=2)
    ]
    bad = [b for b in stuck if b.region == TROUBLED][:4]
    bad += list({b.programme.code: b for b in stuck if b.region != TROUBLED}.values())[1:3]
    old = [b for b in made if timedelta(days=27) < today - b.due < timedelta(days=70)]
    for batch in [*bad, stream.choice(old)]:
        chosen[batch.no] = replace(
            _dated(batch, days.last(batch.due), 0, days), submitted=None, settled=None, fate=STUCK
        )

    def recent(batch: Batch, first: int, last: int) -> bool:
        return batch.no not in chosen and (
            batch.submitted is not None and first <= (today - batch.submitted).days <= last
        )

    monthly = [b for b in made if b.programme.cycle == "monthly"]
    for batch in stream.sample([b for b in monthly if recent(b, 5, 20)], 2):
        chosen[batch.no] = replace(batch, settled=None, fate=SILENT)
    for batch in stream.sample([b for b in monthly if recent(b, 30, 90) and b.programme.code == "MZ10"], 1):
        chosen[batch.no] = replace(batch, fate=FAULTY)
    made = [chosen.get(batch.no, batch) for batch in made]
    made += [chosen[batch.no] for batch in coming if batch.no in chosen]
    return made, [batch for batch in coming if batch.no not in chosen]

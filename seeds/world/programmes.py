"""The programmes of the made-up world as the reference files have them, with their limits and rates."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta

from seeds.reference import reference_file
from seeds.world.places import CITY
from seeds.world.writing import Output
from store.money import parse, yuan

RAISED = "RS01"  # its rate goes up within the year
TOPPED_UP = ("MZ11", "511011")  # a county that adds to the city's rate
UNPAID = ("NY03", "TY03")  # listed, and left out of the one-card with a reason


@dataclass(frozen=True)
class Programme:
    """What the made-up world needs to know of a programme; the rate is in fen, 0 where amounts are free."""

    code: str
    name: str
    kind: str
    cycle: str
    pay_by: str
    notice_days: int
    notice_unit: str
    age_min: int
    age_max: int
    pay_to: str
    published: bool
    rate: int
    measure: str


def read_programmes() -> dict[str, Programme]:
    """Every programme of the reference file, by code."""
    with open(reference_file("programmes"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["programme_code"]: Programme(
            code=row["programme_code"],
            name=row["name"],
            kind=row["unit_kind"],
            cycle=row["cycle"],
            pay_by=row["pay_by"],
            notice_days=int(row["notice_days"] or 7),
            notice_unit=row["notice_unit"] or "day",
            age_min=int(row["age_min"] or 0),
            age_max=int(row["age_max"] or 200),
            pay_to=row["pay_to"],
            published=row["not_published"] != "yes",
            rate=parse(row["standard"]) if row["standard"] else 0,
            measure=row["measure"],
        )
        for row in rows
    }


def read_limits() -> dict[tuple[str, str], tuple[int, str]]:
    """The limit and its unit by programme (or `*`) and stage."""
    with open(reference_file("deadlines"), encoding="utf-8", newline="") as file:
        return {
            (row["programme_code"], row["stage"]): (int(row["limit"]), row["limit_unit"])
            for row in csv.DictReader(file)
        }


def raised_on(today: date) -> date:
    """The first day of the month in which the one rate goes up, about five months before a day."""
    return (today - timedelta(days=150)).replace(day=1)


def rate(programme: Programme, county: str, first: date, today: date) -> int:
    """The fen for one unit of measure in a county, for a period that begins on `first`."""
    if programme.code == RAISED and first >= raised_on(today):
        return programme.rate + 5000
    if (programme.code, county) == TOPPED_UP:
        return programme.rate + 1000
    return programme.rate


def write_standards(programmes: dict[str, Programme], today: date, output: Output) -> None:
    """Write the rates of the city, and where and when they differ."""
    start = date(2024, 1, 1)
    for programme in programmes.values():
        if not programme.rate:
            continue

        def line(
            region: str, since: date, until: date | None, fen: int, programme: Programme = programme
        ) -> None:
            paper = f"内财社〔{since.year}〕{int.from_bytes(programme.code.encode()) % 89 + 10}号"
            output.row("standards", programme.code, region, since, until, yuan(fen), programme.measure, paper)

        if programme.code == RAISED:
            day = raised_on(today)
            line(CITY, start, day - timedelta(days=1), programme.rate)
            line(CITY, day, None, programme.rate + 5000)
        else:
            line(CITY, start, None, programme.rate)
        if programme.code == TOPPED_UP[0]:
            line(TOPPED_UP[1], start, None, programme.rate + 1000)

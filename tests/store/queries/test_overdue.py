"""Lists of late approvals against a slow reading of the contract, for every day of a month."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from commands.desk import login
from store.database import Store, reading
from store.models.posts import Post, Viewer
from store.queries import overdue
from store.queries.explain import explained
from store.queries.filters import Filters
from store.services.opening import open_store
from tests.builders import citizen_id, write, write_reference
from tests.reference_clock import Line, Stay, finished_late, is_open, limit_of, say
from tests.reference_clock import overdue as overdue_slowly
from tests.running import InProcess

OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "何丽")
PLACES = ("511025116201", "511025116", "511025", "511002100", "4604100")
REGIONS = ("51", "5110", "511025", "511002", "511025116", "511025116201", "511002100", "4604")
STAGES = ("declare", "village_review", "notice", "disbursement")
# before National Day; before Spring Festival; before a year whose calendar is not published
STARTS = {"national-day": date(2025, 9, 12), "spring": date(2026, 1, 30), "year": date(2026, 12, 8)}
MONTH = 31


def world(chance: random.Random, start: date) -> tuple[list[Line], list[Stay]]:
    """Limits and stays at random around a day."""

    def moment(first: int, last: int) -> datetime:
        at = chance.choice([time(0), time(10, 30), time(23, 59, 59)])
        return datetime.combine(start + timedelta(days=chance.randint(first, last)), at)

    lines = {}
    for _ in range(24):
        line = Line(
            chance.choice("*AB"),
            chance.choice(STAGES[:3]),
            chance.choice(["", "51", "5110", "511025", "511025116", "511002"]),
            chance.choice([None, start - timedelta(days=400), start, start + timedelta(days=5)]),
            chance.randint(1, 12),
            chance.choice(["workday", "day"]),
        )
        lines[line.programme, line.stage, line.region, line.valid_from] = line
    stays = {}
    for number in range(45):
        place, programme = chance.choice(PLACES[:4]), chance.choice("ABC")
        pauses = {}
        for _ in range(chance.choice([0, 0, 1, 3])):
            paused = moment(-5, 25)
            pauses[paused] = chance.choice(
                [None, paused + timedelta(days=chance.randint(0, 9)), moment(0, 40)]
            )
        for _ in range(chance.randint(1, 3)):
            entered, stage = moment(-14, 18), chance.choice(STAGES)
            left = chance.choice([None, entered + timedelta(days=chance.randint(0, 30)), moment(0, 30)])
            case_no = f"C{number:03d}"
            stay = Stay(case_no, programme, place, stage, entered, left, tuple(pauses.items()))
            stays[case_no, stage, entered] = stay
    return list(lines.values()), list(stays.values())


def write_world(folder: Path, lines: list[Line], stays: list[Stay]) -> None:
    """The world as files."""
    write_reference(folder, REGIONS)
    rows = [
        {
            "programme_code": line.programme,
            "stage": line.stage,
            "limit": line.limit,
            "limit_unit": line.unit,
            "region_code": line.region,
            "valid_from": line.valid_from,
        }
        for line in lines
    ]
    write(folder, "deadlines", rows, "04-deadlines")
    cases = {stay.case_no: stay for stay in stays}
    listed = [
        {
            "case_no": no,
            "programme_code": stay.programme,
            "period": "2025",
            "person_id": citizen_id(number),
            "region_code": stay.region,
            "applied_on": date(2025, 1, 1),
        }
        for number, (no, stay) in enumerate(cases.items())
    ]
    write(folder, "cases", listed, "05-cases")
    rows = [
        {
            "case_no": stay.case_no,
            "stage": stay.stage,
            "entered_at": stay.entered,
            "left_at": stay.left,
            "unit_code": "U1",
        }
        for stay in stays
    ]
    write(folder, "stages", rows, "06-stages")
    pauses = {(no, start): stop for no, stay in cases.items() for start, stop in stay.pauses}
    rows = [{"case_no": no, "paused_at": start, "resumed_at": stop} for (no, start), stop in pauses.items()]
    write(folder, "pauses", rows, "07-pauses")


@pytest.fixture(params=STARTS)
def made(
    request: pytest.FixtureRequest, tmp_path: Path, home: Path, new_database: Callable[..., str]
) -> Iterator[tuple[Store, date, list[Line], list[Stay]]]:
    """A store with a random world, the day it is around, and what was put into it."""
    start = STARTS[request.param]
    lines, stays = world(random.Random(request.param), start)
    write_world(tmp_path / "world", lines, stays)
    url = new_database("sqlite", made=True)
    InProcess(home, url)("import", str(tmp_path / "world"), check=0)
    store = open_store(url, True, login(), datetime(2025, 1, 1))
    yield store, start, lines, stays
    store.engine.dispose()


def test_the_lists_of_every_day_hold_what_the_contract_says(
    made: tuple[Store, date, list[Line], list[Stay]],
) -> None:
    store, start, lines, stays = made
    listed = 0
    with reading(store) as connection:
        for step in range(MONTH):
            as_of = start + timedelta(days=step)
            for upcoming in (False, True):
                rows = overdue.approvals(connection, OWNER, as_of, Filters(), upcoming)
                got = [
                    (row.overdue_days, row.case_no, row.stage, row.entered_at, row.due_on, row.grade)
                    for row in rows
                ]
                assert got == overdue_slowly(stays, lines, as_of, upcoming), (as_of, upcoming)
                listed += len(got)
            for since in (None, as_of - timedelta(days=3)):
                late = overdue.finished_late(connection, OWNER, as_of, Filters(since=since))
                done = [
                    (row.overdue_days, row.case_no, row.stage, row.entered_at, row.due_on, row.grade)
                    for row in late
                ]
                wanted = finished_late(stays, lines, as_of, since or as_of - timedelta(days=30))
                assert done == wanted, (as_of, since)
                assert all(row.left_at.date() > row.due_on for row in late if row.due_on)
                listed += len(done)
    assert listed > 300


def test_the_receipt_of_a_case_is_the_list_day_by_day(
    made: tuple[Store, date, list[Line], list[Stay]],
) -> None:
    store, start, lines, stays = made
    with reading(store) as connection:
        for as_of in (start + timedelta(days=step) for step in (4, 17, 30)):
            rows = overdue.approvals(connection, OWNER, as_of, Filters(), True)
            listed = {(row.case_no, row.stage, row.entered_at): row for row in rows}
            shown = 0
            for no in dict.fromkeys(stay.case_no for stay in stays):
                receipt = explained(connection, OWNER, as_of, no, "en")
                own = {(s.stage, s.entered): s for s in stays if s.case_no == no}
                assert len(receipt.stages) == sum(s.entered.date() <= as_of for s in own.values())
                for each in receipt.stages:
                    stay = own[each.stage, each.entered_at]
                    line = limit_of(lines, stay)
                    if line is None:
                        assert (each.limit, each.due_on, each.overdue_days, each.grade) == (
                            None,
                            None,
                            0,
                            None,
                        )
                        continue
                    said = say(stay, line, as_of)
                    assert (each.limit, each.limit_unit) == (line.limit, line.unit)
                    assert (each.due_on, each.overdue_days) == (said.due, said.overdue_days)
                    assert (each.yellow_on, each.orange_on, each.red_on) == said.turns
                    assert [(d.day, d.counted, d.n) for d in each.days] == list(said.days)
                    row = listed.get((no, each.stage, each.entered_at))
                    if is_open(stay, as_of):
                        assert each.grade == (row.grade if row else None), (no, each.stage, as_of)
                        shown += row is not None
            assert shown == len(listed)

"""Loads a year of the office's own calendar, and says first which due days it moves."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, delete, insert

from store.errors import NotDone
from store.models.columns import day_number
from store.models.posts import Actor
from store.models.reference import calendar_day, calendar_year
from store.models.values import parse_date
from store.plain import plain
from store.queries.overdue import open_due_days
from store.services import trace
from store.tables import Code, Day, Digits

KINDS = {"holiday": False, "休": False, "假": False, "workday": True, "班": True}


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A stay whose due day another calendar moves; None where it has no due day under one of the two."""

    case_no: Digits
    stage: Code
    before: Day | None
    after: Day | None


@dataclass(frozen=True)
class Year:
    """A year file: for each day that is not as the week has it, whether it is worked, and why."""

    year: int
    days: Mapping[date, tuple[bool, str | None]]
    source: str


def read_year(path: Path) -> Year:
    """A file of lines `date,holiday|workday,name` (休 and 班 do as well), all of one year; UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text))
    except FileNotFoundError:
        raise NotDone("file_missing", path=str(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise NotDone("file_unreadable", path=str(path)) from error
    days: dict[date, tuple[bool, str | None]] = {}
    for line, row in enumerate(rows, start=1):
        cells = [plain(cell) for cell in row]
        if not any(cells) or (line == 1 and cells[0].lower() in ("date", "day", "日期")):
            continue
        try:
            day = parse_date(cells[0])
            working = KINDS[cells[1].lower()]
        except (ValueError, KeyError, IndexError):
            raise NotDone("calendar_line", path=str(path), line=line) from None
        days[day] = (working, cells[2] or None if len(cells) > 2 else None)
    years = {day.year for day in days}
    if len(years) != 1:
        raise NotDone("calendar_years", path=str(path), years=", ".join(map(str, sorted(years))))
    return Year(years.pop(), days, path.name)


def load_year(connection: Connection, actor: Actor, loaded: Year) -> list[MovedDay]:
    """Take a year in, in place of what was known of it; the open stays whose due day moves, by case."""
    before = open_due_days(connection, actor.viewer, actor.as_of)
    first, last = date(loaded.year, 1, 1), date(loaded.year, 12, 31)
    day = calendar_day.c.day
    connection.execute(delete(calendar_day).where(day >= first, day <= last))
    connection.execute(delete(calendar_year).where(calendar_year.c.year == loaded.year))
    rows = [{"day": d, "working": working, "name": name} for d, (working, name) in loaded.days.items()]
    connection.execute(insert(calendar_day), rows)
    connection.execute(insert(calendar_year).values(year=loaded.year, source=loaded.source))
    after = open_due_days(connection, actor.viewer, actor.as_of)
    moved = [
        MovedDay(key[0], key[1], before.get(key), after.get(key))
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    ]
    days = {str(day_number(d)): working for d, (working, _) in loaded.days.items()}
    detail = {"days": days, "source": loaded.source, "moved": len(moved)}
    trace.record(connection, actor, "calendar.load", ("year", str(loaded.year)), detail)
    return moved

"""Daily tracking (日销号) of failed payments, by county and in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from store.models.posts import Viewer
from store.queries import places, tracking
from store.queries.filters import Filters
from store.tables import Day, Digits, Fen, Number

DAYS = timedelta(days=29)


@dataclass(frozen=True, slots=True)
class DailyRow:
    """A day of a county (None: the whole scope): opening + new - cleared = closing, in counts and fen."""

    day: Day
    county_code: Digits | None
    county: str | None
    opening_count: Number
    opening_amount: Fen
    new_count: Number
    new_amount: Fen
    cleared_count: Number
    cleared_amount: Fen
    closing_count: Number
    closing_amount: Fen
    same_day_count: Number
    late_count: Number


SUMS = ("opening_count", "opening_amount", *tracking.MOVES)


def daily(connection: Connection, viewer: Viewer, as_of: date, filters: Filters) -> list[DailyRow]:
    """The daily board from `filters.since` (30 days up to `as_of`), for each county that had a failure."""
    since = filters.since or as_of - DAYS
    asked = tracking.asked(connection, viewer, filters)
    running, moves = tracking.moves(asked, since, as_of)
    names = _county_names(connection, {*running, *moves})
    sums = {county: {**dict.fromkeys(SUMS, 0), **running.get(county, {})} for county in names}
    rows = []
    for step in range((as_of - since).days + 1):
        day = since + timedelta(days=step)
        total = dict.fromkeys(SUMS, 0)
        for county in sorted(names):
            move = moves.get(county, {}).get(day, {})
            shown = {**sums[county], **dict.fromkeys(SUMS[2:], 0), **move}
            for name in SUMS:
                total[name] += shown[name]
            rows.append(_daily_row(day, county, names[county], shown))
            _carry(sums[county], move)
        if names:
            rows.append(_daily_row(day, None, None, total))
    return rows


def _carry(sums: dict[str, int], move: dict[str, int]) -> None:
    sums["opening_count"] += move.get("new_count", 0) - move.get("cleared_count", 0)
    sums["opening_amount"] += move.get("new_amount", 0) - move.get("cleared_amount", 0)


def _daily_row(day: date, code: str | None, name: str | None, sums: dict[str, int]) -> DailyRow:
    closing = sums["opening_count"] + sums["new_count"] - sums["cleared_count"]
    amount = sums["opening_amount"] + sums["new_amount"] - sums["cleared_amount"]
    return DailyRow(day, code, name, **sums, closing_count=closing, closing_amount=amount)


def _county_names(connection: Connection, codes: Iterable[str]) -> dict[str, str | None]:
    listed = list(codes)
    known = places.names(connection, [code for code in listed if code])
    return {code: known.get(code) for code in listed}

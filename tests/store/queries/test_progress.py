"""How far the rounds are: sums that agree at every level, on every day, and for every post."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from store.database import Store, reading
from store.errors import WrongUsage
from store.models.claims import claim
from store.models.posts import Post, Viewer
from store.queries import failed
from store.queries.filters import Filters
from store.queries.progress import BY, ProgressRow, listed
from store.queries.rounds import CASE_STATES, PAYMENT_STATES
from tests.running import InProcess
from tests.worlds import DAYS

OCTOBER = date(2025, 10, 20)
OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "何丽")


def sums(rows: list[ProgressRow], *keys: str) -> dict[tuple[Any, ...], Counter[str]]:
    """The figures of rows, summed up by some of their columns."""
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for row in rows:
        figures = {
            f"{name}_{unit}": getattr(row, f"{name}_{unit}")
            for name in ("case", *CASE_STATES, "payment", *PAYMENT_STATES)
            for unit in ("count", "amount")
        }
        found.setdefault(tuple(getattr(row, key) for key in keys), Counter()).update(figures)
    return found


def check_sums(connection: Connection, viewer: Viewer, day: date, **more: Any) -> list[ProgressRow]:
    """The rows by programme, when they agree with those by county and town, and each with itself."""
    by = {name: listed(connection, viewer, day, Filters(), by=name, **more) for name in BY}
    for rows in by.values():
        for row in rows:
            for whole, states in (("case", CASE_STATES), ("payment", PAYMENT_STATES)):
                for unit in ("count", "amount"):
                    parts = sum(getattr(row, f"{state}_{unit}") for state in states)
                    assert parts == getattr(row, f"{whole}_{unit}"), (row, whole, unit)
    rounds = ("programme_code", "period")
    assert sums(by["programme"], *rounds) == sums(by["county"], *rounds) == sums(by["town"], *rounds)
    places = (*rounds, "county_code")
    assert sums(by["county"], *places) == sums(by["town"], *places)
    return by["programme"]


def test_sums_agree_at_every_level_on_every_day(golden_store: Store) -> None:
    with reading(golden_store) as connection:
        for day in DAYS:
            rows = check_sums(connection, OWNER, date.fromisoformat(day))
            outstanding = sum(
                row.outstanding
                for row in failed.listed(connection, OWNER, date.fromisoformat(day), Filters())
            )
            assert sum(row.failed_amount for row in rows) == outstanding, day
        cases = select(func.count()).where(claim.c.applied_on <= OCTOBER)
        assert sum(row.case_count for row in rows) == connection.scalar(cases)


def test_a_round_is_counted_by_hand(golden_store: Store) -> None:
    with reading(golden_store) as connection:
        rows = listed(connection, OWNER, OCTOBER, Filters("511025", programme="A01"), "2025-09")
        assert [(row.county_code, row.county, row.town_code) for row in rows] == [("511025", "资中县", None)]
        row = rows[0]
        # P101-P112 and P204, which came without its original; other reissues are parts of their chains
        assert (row.payment_count, row.payment_amount) == (13, 650_000)
        # P105, P108, P109, P112 of 500.00 each are outstanding; P107 was refunded, P103 in part (300.00)
        assert (row.failed_count, row.failed_amount) == (4, 200_000)
        assert (row.refunded_count, row.refunded_amount) == (1, 80_000)
        assert (row.credited_count, row.credited_amount) == (8, 370_000)
        assert (row.county_approval_count, row.town_review_count, row.notice_count) == (3, 2, 1)
        before = listed(connection, OWNER, date(2025, 9, 8), Filters("511025", programme="A01"), "2025-09")
        # B1 goes to the bank on the 9th, and no other day of it is known: it was there from that day
        assert (before[0].payment_count, before[0].case_count) == (0, row.case_count)


def test_a_case_that_is_decided_waits_for_a_batch(golden_store: Store) -> None:
    with reading(golden_store) as connection:
        rows = listed(connection, OWNER, OCTOBER, Filters(programme="A02"), by="town")
    waiting = {row.town_code: (row.approved_count, row.approved_amount) for row in rows if row.approved_count}
    assert waiting == {"511025100": (1, 15_000)}  # C03


def test_scope_and_filters_narrow_every_figure(golden_store: Store) -> None:
    town = Viewer(Post("T", "白马镇", "discipline", "511002100"), "何丽")
    farm = Viewer(Post("F", "农业", "department", None, "agriculture"), "何丽")
    nobody = Viewer(Post("N", "空", "audit"), "何丽")
    with reading(golden_store) as connection:
        everything = listed(connection, OWNER, OCTOBER, Filters(), by="town")
        of_town = listed(connection, town, OCTOBER, Filters(), by="town")
        assert of_town == [row for row in everything if row.town_code == "511002100"]
        of_farm = listed(connection, farm, OCTOBER, Filters(), by="town")
        assert of_farm == [row for row in everything if row.programme_code == "B01"]
        assert listed(connection, nobody, OCTOBER, Filters()) == []
        for county in ("511002", "511025"):
            narrowed = listed(connection, OWNER, OCTOBER, Filters(county), by="town")
            assert narrowed == [row for row in everything if row.county_code == county]
        with pytest.raises(WrongUsage):
            listed(connection, OWNER, OCTOBER, Filters(), by="village")


def test_the_made_up_world_adds_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    from store.database import store_at

    place = tmp_path_factory.mktemp("made-up")
    supervise = InProcess(place, str(place / "demo.db"))
    supervise("demo", "--no-console", "--size", "5000", "--as-of", "2026-03-16", check=0)
    store = store_at(str(place / "demo.db"))
    with reading(store) as connection:
        for day in (date(2025, 12, 31), date(2026, 3, 16)):
            rows = check_sums(connection, OWNER, day)
            waiting = failed.listed(connection, OWNER, day, Filters())
            assert sum(row.failed_amount for row in rows) == sum(row.outstanding for row in waiting)
            assert sum(row.failed_count for row in rows) == len(waiting)
    store.engine.dispose()


def test_the_command_names_what_it_does_not_know(golden: InProcess) -> None:
    asked = ("--as-of", "2025-10-20", "--format", "json")
    rows = golden("progress", "--period", "202509", "--by", "programme", *asked, check=0).json()
    assert [(row["programme_code"], row["period"], row["county"]) for row in rows] == [
        ("A01", "2025-09", None)
    ]
    assert list(rows[0])[:8] == [
        *("programme_code", "programme", "period", "county_code", "county", "town_code", "town"),
        "case_count",
    ]
    golden("progress", "--period", "2025-13", *asked, check=2)
    golden("progress", "--by", "village", *asked, check=2)
    golden("progress", "--programme", "Z99", *asked, check=2)

"""The morning: every figure is the number of rows of the view that it opens, for every post, on any day."""

from __future__ import annotations

import shlex
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete

from commands.desk import login
from store.database import Store, reading, writing
from store.models.claims import stage_visit
from store.models.columns import pack_region
from store.models.figures import arrival, stay_sum
from store.models.payments import payment_return
from store.models.posts import Viewer
from store.queries import posts
from store.queries.home import Home, Opens, figures
from tests.running import InProcess

POSTS = {
    "owner": (),
    "ZZ": ("--region", "511025"),
    "BM": ("--region", "511002100"),
    "MZ": ("--department", "civil_affairs"),
    "A2": ("--region", "5110", "--programme", "A02"),
    "NO": (),
}


def morning(store: Store, post: str, day: date) -> Home:
    with reading(store) as connection:
        taken = next(each for each in posts.all_posts(connection) if each.code == post)
        return figures(connection, Viewer(taken, login()), day)


def rows_of(supervise: InProcess, opens: Opens, post: str, day: date) -> list[dict[str, Any]]:
    """The rows that a figure opens, by its command line."""
    words = shlex.split(str(opens))
    asked = ("--post", post, "--as-of", day.isoformat(), "--format", "json")
    rows: list[dict[str, Any]] = supervise(*words, *asked, check=0).json()
    return rows


def fen(yuan: str) -> int:
    return int(Decimal(yuan) * 100)


def check(supervise: InProcess, home: Home) -> list[str]:
    """Every figure of a morning that is not what its view has."""
    wrong = []
    for each in home.figures:
        rows = rows_of(supervise, each.opens, home.post, home.as_of)
        count = sum(row[each.opens.counted] for row in rows) if each.opens.counted else len(rows)
        amount = sum(fen(row[each.opens.summed]) for row in rows) if each.opens.summed else None
        if each.count is None and not rows:
            continue
        if (each.count, each.amount) != (count, amount):
            wrong.append(f"{home.post} {home.as_of} {each}: its view has {count} {amount}")
    for line in home.counties:
        for name, opens in line.opens.items():
            rows = rows_of(supervise, opens, home.post, home.as_of)
            count = getattr(line, name)
            if count != len(rows) and not (count is None and line.silent and not rows):
                wrong.append(f"{home.post} {home.as_of} {line.county_code} {name} {count}: {len(rows)}")
            if (
                opens.summed
                and count is not None
                and line.outstanding != sum(fen(row[opens.summed]) for row in rows)
            ):
                wrong.append(f"{home.post} {home.as_of} {line.county_code} outstanding")
    return wrong


@pytest.fixture
def busy(golden: InProcess) -> InProcess:
    """The small world with posts, and items that wait to be closed, were transferred, and are late."""
    for code, scope in POSTS.items():
        if code != "owner":
            golden("posts", "add", code, "--name", code, "--kind", "discipline", *scope, check=0)
    october = ("--as-of", "2025-10-06")
    for number, county in enumerate(("511025", "511025", "511002", "511002100", "511025")):
        item = ("--title", "补贴未到账", "--category", "late", "--programme", "A01")
        due = ("--region", county, "--due", f"2025-10-{8 + number:02d}")
        said = golden("ledger", "open", *item, *due, *october, "--post", "owner", "--format", "json", check=0)
        no = said.json()["item_no"]
        if number < 3:
            for act in (("assign", "--responsible", "李强"), ("progress",), ("submit",)):
                post = "ZZ" if number == 0 else "owner"
                golden("ledger", act[0], no, *act[1:], *october, "--post", post, check=0)
        if number == 4:
            moved = ("--to", "ZZ", "--why", "涉嫌违纪", *october)
            golden("ledger", "transfer", no, *moved, "--post", "owner", check=0)
    return golden


@pytest.fixture
def store(busy: InProcess, golden_store: Store) -> Store:
    return golden_store


def test_every_figure_is_the_number_of_rows_of_its_view(busy: InProcess, store: Store) -> None:
    assert check(busy, morning(store, "owner", date(2025, 10, 9))) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_post_has_its_own_figures(busy: InProcess, store: Store) -> None:
    wrong = []
    for post in POSTS:
        for day in (date(2025, 9, 30), date(2025, 10, 20)):
            if (post, day.month) != ("owner", 9):
                wrong += check(busy, morning(store, post, day))
    assert wrong == []


def test_what_waits_is_what_the_post_may_close(busy: InProcess, store: Store) -> None:
    def waiting(post: str, day: int) -> int | None:
        return morning(store, post, date(2025, 10, day)).figure("items_to_close").count

    # three were submitted: one by ZZ, two by the owner, one of them outside ZZ's county
    assert (waiting("owner", 9), waiting("ZZ", 9), waiting("BM", 9), waiting("NO", 9)) == (1, 1, 0, 0)
    assert waiting("owner", 5) == 0
    assert morning(store, "ZZ", date(2025, 10, 9)).figure("items_transferred").count == 1


def test_the_figures_of_a_day_by_hand(store: Store) -> None:
    home = morning(store, "owner", date(2025, 10, 9))
    assert home.since == date(2025, 9, 30)
    found = {each.figure: (each.count, each.amount) for each in home.figures}
    # P109 bounced on the day; P103 and its like are open since September
    assert found["failures_new"] == (1, 50_000)
    assert found["failures_open"][0] == home.series[-1]
    assert found["items_overdue"] == (0, None) and found["items_upcoming"] == (1, None)
    with pytest.raises(KeyError):
        home.figure("no such figure")


def test_a_county_without_fresh_data_shows_no_zero(store: Store) -> None:
    lines = {line.county_code: line for line in morning(store, "owner", date(2025, 10, 20)).counties}
    assert (lines["511002"].data_on, lines["511002"].silent) == (date(2025, 10, 9), True)
    assert lines["511002"].red_approvals is None and lines["511002"].overdue_approvals == 2
    assert (lines["511025"].data_on, lines["511025"].silent) == (date(2025, 10, 20), False)
    # nothing was heard for two working days: that is not yet silence
    fresh = {line.county_code: line for line in morning(store, "owner", date(2025, 10, 11)).counties}
    assert not fresh["511002"].silent and fresh["511002"].red_approvals == 0
    with writing(store) as connection:
        for table in (stage_visit, payment_return, arrival):
            connection.execute(delete(table).where(table.c.home == 511002))
        connection.execute(delete(stay_sum).where(stay_sum.c.place == pack_region("511002")))
    never = {line.county_code: line for line in morning(store, "owner", date(2025, 10, 20)).counties}
    assert (never["511002"].data_on, never["511002"].silent) == (None, True)
    assert never["511002"].overdue_approvals is None


def test_a_post_sees_its_own_counties(store: Store) -> None:
    day = date(2025, 10, 20)
    counties = {post: [line.county_code for line in morning(store, post, day).counties] for post in POSTS}
    assert counties["owner"] == ["511002", "511025"]
    assert counties["ZZ"] == ["511025"] and counties["BM"] == ["511002"]
    assert counties["NO"] == []
    assert morning(store, "ZZ", day).figure("files_in").count is None  # files know no place

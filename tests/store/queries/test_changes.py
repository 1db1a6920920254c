"""What changed since a look: within scope, one row an act and a file, and what is followed first."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from store.database import Store, reading, writing
from store.models.posts import Actor, Post, Viewer
from store.models.rectification import Step
from store.queries import changes
from store.services import attention, bulk, imports, looks, posts, trace
from store.services.failures import Feedback, feedback
from store.services.imported import Wanted
from store.services.ledger import Act, step
from store.services.registration import Opening, open_item
from tests.golden import CASES

NOW = datetime(2025, 9, 30, 9, 0)
OWNER = Post("owner", "tester", "discipline", logins=("tester",), everything=True)
FINANCE = Post("F", "财政", "finance", "511002")
COUNTY = Post("Z", "资中", "finance", "511025")
CIVIL = Post("M", "民政", "department", department="civil_affairs")


def at(post: Post, minutes: int = 0) -> Actor:
    now = NOW + timedelta(minutes=minutes)
    return Actor(post, "tester", now, now.date())


@pytest.fixture
def ledger(store: Store) -> Store:
    """Two items in each of two counties."""
    with writing(store) as connection:
        for each in (FINANCE, COUNTY, CIVIL):
            posts.add(connection, at(OWNER), each)
        for region in ("511002", "511002", "511025", "511025"):
            open_item(connection, at(OWNER), Opening("问题", "late", region=region))
    return store


def told(store: Store, post: Post, seq: int | None = None) -> list[tuple[str, str, bool, int]]:
    with reading(store) as connection:
        viewer = Viewer(post, "tester")
        if seq is None:
            found = changes.since_last_look(connection, viewer, NOW.date())
        else:
            found = changes.since(connection, viewer, NOW.date(), seq=seq)
    return [(row.verb, row.subject, row.followed, row.count) for row in found.rows]


def look(store: Store, post: Post, seq: int | None = None) -> int:
    with writing(store) as connection:
        return looks.looked(connection, Viewer(post, "tester"), NOW, seq).seq


def test_a_look_ends_what_is_new_for_one_person_at_one_post(ledger: Store) -> None:
    assert [each[1] for each in told(ledger, COUNTY)] == ["2025-0004", "2025-0003", "Z"]
    seen = look(ledger, COUNTY)
    assert told(ledger, COUNTY) == []
    assert [each[1] for each in told(ledger, FINANCE)] == ["2025-0002", "2025-0001", "F"]
    with reading(ledger) as connection:
        assert changes.newest(connection) == seen
        assert changes.last(connection, Viewer(COUNTY, "tester")) == changes.Look("Z", "tester", seen, NOW)
        assert changes.last(connection, Viewer(COUNTY, "somebody")) is None
    with writing(ledger) as connection:
        step(connection, at(OWNER, 1), "2025-0003", Act(Step.ASSIGN))
    assert told(ledger, COUNTY) == [("ledger.assign", "2025-0003", False, 1)]
    assert look(ledger, COUNTY, seen) == seen, "what came while it was looked at is still new"
    assert told(ledger, COUNTY) == [("ledger.assign", "2025-0003", False, 1)]
    assert look(ledger, COUNTY, 10**6) == seen + 1


def test_changes_of_a_day_are_those_from_its_first_moment(ledger: Store) -> None:
    with reading(ledger) as connection:
        for at_, count in ((NOW, 4), (NOW + timedelta(seconds=1), 0)):
            found = changes.since(connection, Viewer(OWNER, "x"), NOW.date(), at=at_)
            assert len([row for row in found.rows if row.verb == "ledger.open"]) == count
        before = NOW.date() - timedelta(days=1)
        assert changes.since(connection, Viewer(OWNER, "x"), before, seq=0).rows == ()


def test_what_is_only_looked_at_is_no_change(ledger: Store) -> None:
    seen = look(ledger, OWNER)
    with writing(ledger) as connection:
        for verb in ("reveal", "export"):
            trace.record(connection, at(OWNER), verb, ("view", "failed"), {})
    assert told(ledger, OWNER, seen) == []


def test_what_is_followed_comes_first_also_out_of_many(ledger: Store) -> None:
    with writing(ledger) as connection:
        attention.follow(connection, at(COUNTY), "2025-0003")
    seen = look(ledger, COUNTY)
    with writing(ledger) as connection:
        every = [f"2025-000{n}" for n in (1, 2, 3, 4)]
        planned = bulk.plan(connection, at(OWNER, 1), every, Act(Step.ASSIGN))
        bulk.carry_out(connection, at(OWNER, 1), planned)
        step(connection, at(OWNER, 2), "2025-0003", Act(Step.PROGRESS))
        step(connection, at(OWNER, 3), "2025-0004", Act(Step.PROGRESS))
    found = told(ledger, COUNTY, seen)
    assert (
        [each for each in found if each[2]]
        == found[:2]
        == [
            ("ledger.progress", "2025-0003", True, 1),
            ("ledger.assign", "2025-0003", True, 1),
        ]
    )
    assert found[2] == ("ledger.progress", "2025-0004", False, 1)
    assert (found[3][0], found[3][3]) == ("ledger.assign", 2), "of four, two lie in the county"
    assert len(told(ledger, OWNER, seen)) == 3


@pytest.fixture
def september(store: Store) -> Store:
    """The first month of the contract's cases, taken in by the owner."""
    files = [str(path) for path in sorted(Path(CASES / "1-september").iterdir())]
    imports.run(lambda: writing(store), at(OWNER), files, Wanted())
    return store


def test_a_file_is_one_row_with_its_counts(september: Store) -> None:
    with reading(september) as connection:
        viewer = Viewer(OWNER, "tester")
        found = changes.since(connection, viewer, NOW.date(), seq=0)
        rows = {Path(row.subject).name: row for row in found.rows}
        assert len(rows) == len(found.rows)
        payments = rows["11-payments.csv"]
        assert (payments.verb, payments.subject_kind) == ("import_done", "file")
        assert payments.count >= (payments.landed or 0) > 0 and payments.rejected is not None
        assert changes.since(connection, Viewer(COUNTY, "x"), NOW.date(), seq=0).rows == ()


def test_a_file_that_brings_lines_of_what_is_followed_says_so(september: Store, tmp_path: Path) -> None:
    with writing(september) as connection:
        posts.add(connection, at(OWNER), COUNTY)
        from store.queries.failed import Filters, listed

        rows = listed(connection, Viewer(OWNER, "x"), NOW.date(), Filters(everything=True))
        first = next(row for row in rows if row.status == "open")
        attention.follow(connection, at(OWNER), first.payment_no)
    look(september, OWNER)
    path = tmp_path / "feedback.csv"
    path.write_text(
        f"payment_no,given_at,content\n{first.payment_no},2025-09-30 08:00,已通知\n", encoding="utf-8"
    )
    imports.run(lambda: writing(september), at(OWNER, 1), [str(path)], Wanted())
    assert told(september, OWNER) == [
        ("import_done", first.payment_no, True, 1),
        ("import_done", str(path), False, 1),
    ]


def test_a_department_learns_of_acts_on_what_it_follows(september: Store) -> None:
    from store.queries.failed import Filters, listed

    with writing(september) as connection:
        posts.add(connection, at(OWNER), CIVIL)
        rows = listed(connection, Viewer(CIVIL, "x"), NOW.date(), Filters())
        assert rows
        attention.follow(connection, at(CIVIL), rows[0].payment_no)
    seen = look(september, CIVIL)
    with writing(september) as connection:
        for row in listed(connection, Viewer(OWNER, "x"), NOW.date(), Filters()):
            feedback(connection, at(OWNER, 1), row.payment_no, Feedback("催办"))
    assert told(september, CIVIL, seen) == [("failed.feedback", rows[0].payment_no, True, 1)]

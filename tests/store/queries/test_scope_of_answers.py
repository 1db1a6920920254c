"""Every answer of every query, asked by posts of every kind: the rows of the owner, filtered."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Connection, select

from commands.desk import login
from store import discovery
from store.columnar.asking import Itself
from store.database import Store, reading
from store.errors import NotFound, WrongUsage
from store.models.failures import failure
from store.models.intake import doubtful, held, reject, source_file
from store.models.payments import batch, payment
from store.models.posts import POST_KINDS, Post, Viewer
from store.models.reference import programme
from store.queries import (
    against,
    ageing,
    audit,
    boards,
    duplicates,
    explain,
    failed,
    failures,
    intake,
    items,
    ledger,
    matches,
    origins,
    overdue,
    overdue_payments,
    payments,
    places,
    reasons,
    story,
    subjects,
    totals,
    weekly,
)
from store.queries.filters import Filters
from store.services.opening import open_store
from tests.running import InProcess

AS_OF = date(2025, 10, 20)
ALL = Filters(everything=True)
OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "何丽")

# what each query module is held to here; a module that is not named fails the test below
ROWS = {"against", "failed", "ledger", "overdue", "overdue_payments", "payments"}
OTHERWISE = {
    *("ageing", "audit", "boards", "explain", "failures", "hits", "intake", "items"),
    *("duplicates", "matches", "origins", "places", "reasons", "story", "subjects", "totals", "weekly"),
}
WITHOUT_ROWS = {
    "batches": "a statement of rules: their hits pass the scope (store/rules/test_screening.py)",
    "calendar": "days, the same for everyone",
    "cards": "a statement of rules",
    "cases": "a statement of rules",
    "case_sums": "a statement of the progress (test_case_sums.py)",
    "filters": "narrows, sees nothing itself",
    "finding": "what rules are asked with: they look at everything, their hits pass the scope",
    "listed": "a statement of rules",
    "numbers": "expressions over texts, sees nothing itself",
    "open_chains": "a statement of rules",
    "pairs": "a statement of rules",
    "periods": "days of periods, the same for everyone",
    "paging": "cuts pages out of statements that passed the scope",
    "payment_states": "the state of payments whose statements pass the scope (test_whole_store.py)",
    "condition": "how large the store is and what is slow, the same for everyone",
    "people": "shows people whose rows were found already",
    "posts": "the posts themselves",
    "programmes": "the programmes themselves, the same for everyone",
    "receipts": "the form of receipts",
    "sums": "the choke point for sums that are kept (test_home.py, test_progress.py)",
    "tracking": "sums of failures by day, behind the boards",
    "weekly_sums": "sums of failures by week, behind the weekly sheet",
    "scope": "the choke point, in test_scope.py",
    "settings": "the store's own, the same for everyone",
    "stays": "the statements of overdue, which is held to its rows",
    "standing": "the post's own place, and when the store changed",
    "timing": "calendar and limits, the same for everyone",
    "attention": "what one post gave its attention to, by subjects of its scope (test_attention.py)",
    "changes": "the trace that a post may know of (test_changes.py)",
    "freshness": "days of counties that the morning lists (test_home.py)",
    "home": "figures that equal the rows of the other queries (test_home.py)",
    "late_stays": "counts that equal the rows of `overdue` (test_home.py)",
    "open_failures": "counts that equal the rows of `failed` (test_home.py)",
    "progress": "sums over statements that pass the scope (test_progress.py)",
    "rounds": "the statements of the progress (test_progress.py)",
    "spans": "where links are looked for, sees nothing itself",
    "stay_sums": "kinds of stays, counted by late_stays (test_home.py)",
    "touched": "files by subjects that were found within scope already (test_changes.py)",
    "units": "the units themselves, which know no programme",
}

Asking = Callable[[Connection, Viewer], list[Any]]
ANSWERS: dict[str, Asking] = {
    "against.compared": lambda c, v: against.compared(c, v, AS_OF, Filters(), everybody(c), Itself(c)),
    "failed.listed": lambda c, v: failed.listed(c, v, AS_OF, ALL),
    "failed.page": lambda c, v: [],  # what the list is, in test_paging.py
    "failed.count": lambda c, v: [],
    "failed.overdue": lambda c, v: failed.overdue(c, v, AS_OF, Filters(), True),
    "ledger.listed": lambda c, v: ledger.listed(c, v, AS_OF, ledger.Filters(everything=True)),
    "ledger.overdue": lambda c, v: list(ledger.overdue(c, v, AS_OF)),
    "ledger.page": lambda c, v: [],  # what the list is, in test_paging.py
    "ledger.count": lambda c, v: [],
    "ledger.standing": lambda c, v: [],  # what the two above are made of
    "overdue.approvals": lambda c, v: overdue.approvals(c, v, AS_OF, Filters(), True),
    "overdue.finished_late": lambda c, v: overdue.finished_late(c, v, AS_OF, Filters(since=date(2025, 1, 1))),
    "overdue.open_due_days": lambda c, v: [],  # its own test
    "overdue_payments.listed": lambda c, v: overdue_payments.listed(c, v, AS_OF, Filters()),
    "payments.listed": lambda c, v: payments_within(c, v),
    "payments.page": lambda c, v: [],  # what the list is made of
    "payments.count": lambda c, v: [],  # a number, in test_payments.py
    "overdue_payments.batches": lambda c, v: [],  # what the list is made of
}


def everybody(connection: Connection) -> against.People:
    """Everybody who was ever paid, from a day before all payments."""
    paid = connection.scalars(select(payment.c.person_id).where(payment.c.person_id > 0))
    return against.People(days=dict.fromkeys(paid, date(2020, 1, 1)))


def payments_within(connection: Connection, viewer: Viewer) -> list[Any]:
    """The payments of every batch that the viewer may know of."""
    found: list[Any] = []
    for no in connection.scalars(select(batch.c.batch_no)):
        with suppress(NotFound):
            found += payments.listed(connection, viewer, AS_OF, payments.Of(no))
    return found


def posts() -> list[Post]:
    """Posts of every kind with every sort of scope."""
    scopes: list[tuple[str | None, str | None, tuple[str, ...]]] = [
        ("51", None, ()),
        ("511025", None, ()),
        ("511002", None, ()),
        ("511025116", None, ()),
        (None, None, ("A01",)),
        (None, None, ("A02", "B01")),
        (None, None, ("Z99",)),
        (None, "civil_affairs", ()),
        ("511002", "agriculture", ()),
        ("511025", None, ("A01",)),
        ("511002", "civil_affairs", ("A02", "E01")),
        ("52", None, ()),
        (None, None, ()),
    ]
    made = [Post("everything", "全部", "finance", "511025", everything=True)]
    for number, (region, department, programmes) in enumerate(scopes):
        kind = POST_KINDS[number % len(POST_KINDS)]
        made.append(Post(f"post-{number}", "岗", kind, region, department, programmes))
    return made


@pytest.fixture(scope="module")
def store(golden_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The contract's small world, with items in its ledger."""
    folder = tmp_path_factory.mktemp("scope")
    golden_url = str(shutil.copyfile(golden_template, folder / "store.db"))
    golden = InProcess(folder, golden_url)
    opened = ("--category", "late", "--due", "2025-10-10", "--as-of", "2025-10-09")
    for more in (
        ("--region", "511025"),
        ("--region", "511002"),
        ("--region", "511025116"),
        ("--source", "failure", "--source-ref", "P105"),
        ("--source", "batch", "--source-ref", "B2"),
        ("--source", "case", "--source-ref", "C04"),
    ):
        golden("ledger", "open", "--title", "超时", *opened, *more, check=0)
    made = open_store(golden_url, True, login(), datetime(2025, 1, 1))
    yield made
    made.engine.dispose()


class Eye:
    """In plain words what a post may see."""

    def __init__(self, connection: Connection) -> None:
        query = select(programme.c.programme_code, programme.c.unit_kind)
        self.kinds = {row.programme_code: row.unit_kind for row in connection.execute(query)}

    def sees(self, post: Post, region: str | None, code: str | None) -> bool:
        """Whether a row of a place and a programme (None: it has none) is within the scope of a post."""
        if post.everything:
            return True
        if not (post.region or post.department or post.programmes):
            return False
        if post.region and not (region or "").startswith(post.region):
            return False
        if post.programmes and code not in post.programmes:
            return False
        return not post.department or self.kinds.get(code or "") == post.department


def test_every_query_is_held_to_its_scope_here() -> None:
    known = ROWS | OTHERWISE | set(WITHOUT_ROWS)
    assert set(discovery.names("store.queries")) == known
    asked = {
        f"{name}.{function}"
        for name in ROWS
        for function, value in vars(discovery.load("store.queries", name)).items()
        if inspect.isfunction(value)
        and not function.startswith("_")
        and value.__module__ == f"store.queries.{name}"
        and "viewer" in inspect.signature(value).parameters
    }
    assert asked == set(ANSWERS)


def test_lists_are_the_owners_rows_within_scope(store: Store) -> None:
    with reading(store) as connection:
        eye = Eye(connection)
        known = connection.execute(select(ledger.item.c.item_no, ledger.item.c.programme_code))
        origin = {row.item_no: row.programme_code for row in known}
        for name, ask in ANSWERS.items():
            everything = ask(connection, OWNER)
            for post in posts():
                wanted = [
                    row
                    for row in everything
                    if eye.sees(
                        post,
                        row.region_code,
                        row.programme_code if hasattr(row, "programme_code") else origin[row.item_no],
                    )
                ]
                assert ask(connection, Viewer(post, "何丽")) == wanted, (name, post)


def test_open_due_days_are_those_of_cases_within_scope(store: Store) -> None:
    with reading(store) as connection:
        eye = Eye(connection)
        every = overdue.open_due_days(connection, OWNER, AS_OF)
        about = {no: explain.explained(connection, OWNER, AS_OF, no, "en") for no, _, _ in every}
        for post in posts():
            got = overdue.open_due_days(connection, Viewer(post, "何丽"), AS_OF)
            assert got == {
                key: due
                for key, due in every.items()
                if eye.sees(post, about[key[0]].region_code, about[key[0]].programme_code)
            }


def test_boards_count_the_failures_within_scope_and_no_other(store: Store) -> None:
    with reading(store) as connection:
        for post in posts():
            viewer = Viewer(post, "何丽")
            rows = boards.daily(connection, viewer, AS_OF, Filters())
            for day in sorted({row.day for row in rows})[::7]:
                listed = failed.listed(connection, viewer, day, Filters())
                total = next(row for row in rows if row.day == day and row.county_code is None)
                assert total.closing_count == len(listed)
                assert total.closing_amount == sum(row.outstanding for row in listed)
                for row in rows:
                    if row.day == day and row.county_code:
                        own = [each for each in listed if each.region_code.startswith(row.county_code)]
                        assert row.closing_count == len(own)
            known = failed.listed(connection, viewer, AS_OF, ALL)
            assert {row.county_code for row in rows if row.county_code} == {r.region_code[:6] for r in known}
            for by_unit in (False, True):
                sheet: list[Any] = list(weekly.weekly(connection, viewer, AS_OF, Filters(), by_unit))
                assert bool(sheet) == bool(known)
                last = [row for row in sheet if row.week == AS_OF - timedelta(days=AS_OF.weekday())]
                still = failed.listed(connection, viewer, AS_OF, Filters())
                assert sum(row.closing_count for row in last if row.county_code is None) == len(still)
                assert sum(row.closing_count for row in last if row.county_code) == len(still)


def test_one_thing_out_of_scope_is_not_found(store: Store) -> None:
    with reading(store) as connection:
        eye = Eye(connection)
        listed = ledger.listed(connection, OWNER, AS_OF, ledger.Filters(everything=True))
        numbers = [f"C{n:02d}" for n in range(1, 14)] + [
            "B1",
            "B2",
            "B3",
            "B6",
            "BR1",
            "P103",
            "P202",
            "P303",
        ]
        numbers += [row.item_no for row in listed]
        kinds = {"C": "case", "B": "batch", "P": "failure"}
        for no in numbers:
            try:
                whole = explain.explained(connection, OWNER, AS_OF, no, "en")
            except NotFound:
                continue
            for post in posts():
                viewer = Viewer(post, "何丽")
                asking: list[Callable[[], Any]] = [
                    lambda viewer=viewer, no=no: explain.explained(connection, viewer, AS_OF, no, "en")
                ]
                if no[0] in kinds:
                    kind = kinds[no[0]]
                    asking.append(
                        lambda viewer=viewer, no=no, kind=kind: origins.origin(
                            connection, viewer, kind, no, AS_OF
                        )
                    )
                else:
                    asking.append(lambda viewer=viewer, no=no: items.shown(connection, viewer, AS_OF, no))
                if eye.sees(post, whole.region_code, whole.programme_code):
                    assert asking[0]() == whole
                    asking[1]()
                else:
                    for ask in asking:
                        with pytest.raises(NotFound):
                            ask()


def test_ages_and_rates_count_the_failures_within_scope_and_no_other(store: Store) -> None:
    with reading(store) as connection:
        for post in posts():
            viewer = Viewer(post, "何丽")
            still = failed.listed(connection, viewer, AS_OF, Filters())
            known = failed.listed(connection, viewer, AS_OF, ALL)
            for by_unit in (False, True):
                ages = ageing.ages(connection, viewer, AS_OF, Filters(), by_unit)
                rates = ageing.rates(connection, viewer, AS_OF, Filters(), by_unit)
                assert (ages[-1].open_count if ages else 0) == len(still)
                assert sum(row.open_amount for row in ages[:-1]) == sum(row.outstanding for row in still)
                assert (rates[-1].failure_count if rates else 0) == len(known)


def test_totals_and_duplicates_are_of_payments_within_scope(store: Store) -> None:
    with reading(store) as connection:
        eye = Eye(connection)
        whole = Itself(connection)
        every = totals.summed(connection, OWNER, AS_OF, Filters(), whole)
        for post in posts():
            viewer = Viewer(post, "何丽")
            rows = totals.summed(connection, viewer, AS_OF, Filters(), whole)
            if len(post.region or "") <= 6:
                assert rows == [row for row in every if eye.sees(post, row.county_code, row.programme_code)]
            mine = {row.payment_no for row in payments_within(connection, viewer)}
            assert sum(row.payment_count for row in rows) == len(mine)
            for row in duplicates.found(connection, viewer, AS_OF, Filters(), whole):
                assert {row.first_no, row.last_no} <= mine


def test_stories_subjects_and_matches_stay_within_scope(store: Store) -> None:
    with reading(store) as connection:
        eye = Eye(connection)
        everywhere = matches.proposed(connection, OWNER, AS_OF)
        assert everywhere
        place = {row.payment_no: row for row in failed.listed(connection, OWNER, AS_OF, ALL)}
        for post in posts():
            viewer = Viewer(post, "何丽")
            for row in matches.proposed(connection, viewer, AS_OF):
                of = place[row.payment_no]
                assert eye.sees(post, of.region_code, of.programme_code)
            for no, of in place.items():
                asking: list[Callable[[], Any]] = [
                    lambda viewer=viewer, no=no: story.told(connection, viewer, AS_OF, no, "en"),
                    lambda viewer=viewer, no=no: subjects.subject(connection, viewer, no),
                ]
                for ask in asking:
                    if eye.sees(post, of.region_code, of.programme_code):
                        ask()
                    else:
                        with pytest.raises(NotFound):
                            ask()


def test_lines_are_seen_by_the_place_that_they_name(store: Store) -> None:
    asked = {
        "rejects": (reject, lambda c, v: intake.rejects(c, v, "en")),
        "doubtful": (doubtful, lambda c, v: intake.doubtfuls(c, v, "en")),
        "held": (held, lambda c, v: intake.helds(c, v)),
    }
    with reading(store) as connection:
        for table, ask in asked.values():
            query = (
                select(source_file.c.path, table.c.line, table.c.region_code)
                .join(table, table.c.file_id == source_file.c.file_id)
                .order_by(table.c.file_id, table.c.line)
            )
            stored = [(row.path, row.line, row.region_code) for row in connection.execute(query)]
            for post in posts():
                bound = post.programmes or post.department
                wanted = [
                    (path, line)
                    for path, line, region in stored
                    if post.everything
                    or (post.region and not bound and (region or "").startswith(post.region))
                ]
                got = [(row.file, row.line) for row in ask(connection, Viewer(post, "何丽"))]
                assert got == wanted, post
        for post in posts():
            assert bool(intake.imports(connection, Viewer(post, "何丽"))) == post.everything


def test_wordings_are_those_of_failures_within_scope(store: Store) -> None:
    with reading(store) as connection:
        for post in posts():
            viewer = Viewer(post, "何丽")
            known = failed.listed(connection, viewer, AS_OF, ALL)
            said = reasons.wordings(connection, viewer, AS_OF)
            assert {row.reason_text for row in known if row.reason_text} <= {row.text for row in said}
            assert bool(said) == any(row.reason_text for row in known)
            counted = sum(row.returns for row in reasons.reasons(connection, viewer, AS_OF))
            assert counted == sum(row.returns for row in said if row.reason)
            ids = list(connection.scalars(select(failure.c.failure_id).where(_in_scope(connection, viewer))))
            answered = failures.feedback_given(connection, ids, AS_OF)
            assert len(answered) == sum(row.last_feedback_on is not None for row in known)


def _in_scope(connection: Connection, viewer: Viewer) -> ColumnElement[bool]:
    return failures.scoped(connection, viewer, Filters()) & (failure.c.opened_on <= AS_OF)


def test_a_place_is_found_within_scope_alone(store: Store) -> None:
    with reading(store) as connection:
        for post in posts():
            bound = None if post.everything else post.region
            nowhere = not (post.everything or post.region or post.department or post.programmes)
            for text, code in (("资中县", "511025"), ("511002", "511002"), ("市中", "511002")):
                if nowhere or not code.startswith(bound or ""):
                    with pytest.raises(WrongUsage):
                        places.resolve(connection, Viewer(post, "何丽"), text, county_only=True)
                else:
                    assert places.resolve(connection, Viewer(post, "何丽"), text, county_only=True) == code


def test_the_trace_shows_a_post_its_own_acts_and_those_on_its_places(store: Store) -> None:
    with reading(store) as connection:
        every = audit.listed(connection, OWNER)
        for post in posts():
            bound = post.programmes or post.department
            wanted = [
                row.seq
                for row in every
                if post.everything
                or row.post == post.code
                or (post.region and not bound and (row.region_code or "").startswith(post.region))
            ]
            assert [row.seq for row in audit.listed(connection, Viewer(post, "何丽"))] == wanted, post

"""Questions over the whole store: the copy and the store say the same, and what plain reasoning says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from store.columnar import file, filling
from store.columnar.asking import Itself, answering
from store.database import Store, reading, writing
from store.identity import unpack_id
from store.models.codes import RESULTS
from store.models.columns import day_of, moment_of
from store.models.failures import failure_payment
from store.models.payments import batch, list_entry, payment, payment_return
from store.models.posts import Post, Viewer
from store.models.reference import programme
from store.queries import against, duplicates, totals
from store.queries.filters import Filters

OWNER = Viewer(Post("owner", "全部", "discipline", everything=True), "何丽", reveal=True)
NARROW = (
    Viewer(Post("place", "资中", "audit", "511025"), "何丽", reveal=True),
    Viewer(Post("kind", "民政", "department", None, "civil_affairs"), "何丽", reveal=True),
    Viewer(Post("some", "项目", "audit", None, None, ("P2",)), "何丽", reveal=True),
    Viewer(Post("none", "无", "audit"), "何丽"),
)
PLACES = ("511002", "511025001", "511025")
PERIODS = ("2025-08", "2025-09", "2025T1")
FIRST = date(2025, 9, 1).toordinal() - date(1970, 1, 1).toordinal()
LAST = 12  # days
PEOPLE = 4


@dataclass(frozen=True)
class Paid:
    """A payment of a small world: days count from FIRST, `above` is the place of the one it reissues."""

    batch: int
    person: int
    amount: int
    place: str
    supplement: bool
    above: int | None
    since: int
    said: tuple[tuple[int, int], ...]  # seconds from FIRST, place in RESULTS


@dataclass(frozen=True)
class World:
    """Batches (programme, period, made on, sent on) and their payments; and a list of people with days."""

    batches: tuple[tuple[int, str, int | None, int | None], ...]
    payments: tuple[Paid, ...]
    listed: tuple[tuple[int, int, int | None], ...]


days = st.integers(0, LAST)
answers = st.lists(
    st.tuples(st.integers(0, LAST * 4).map(lambda n: n * 21600), st.integers(0, len(RESULTS) - 1)),
    max_size=3,
    unique=True,
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Worlds in which people are often paid twice."""
    batches = draw(
        st.lists(
            st.tuples(st.integers(1, 2), st.sampled_from(PERIODS), st.none() | days, st.none() | days),
            min_size=1,
            max_size=4,
        )
    )
    made: list[Paid] = []
    for number in range(draw(st.integers(0, 12))):
        firsts = [at for at, each in enumerate(made) if each.above is None]
        again = draw(st.booleans()) if firsts else False
        made.append(
            Paid(
                draw(st.integers(0, len(batches) - 1)),
                draw(st.integers(-1, PEOPLE)),
                draw(st.integers(1, 500)),
                draw(st.sampled_from(PLACES)),
                draw(st.booleans()),
                draw(st.sampled_from(firsts)) if again and number else None,
                draw(days),
                tuple(draw(answers)),
            )
        )
    listed = draw(
        st.lists(
            st.tuples(st.integers(1, PEOPLE), days, st.none() | days), max_size=5, unique_by=lambda e: e[:2]
        )
    )
    return World(tuple(batches), tuple(made), tuple(listed))


def number_of(person: int) -> int:
    """The 17 digits of a person; below zero for an ID that came wrong."""
    return person if person < 0 else 51102519900101000 + person + 1


def day(at: int | None) -> date | None:
    """A day of the world."""
    return None if at is None else day_of(FIRST + at)


def put(store: Store, world: World) -> None:
    """The world, in place of what the store had."""
    with writing(store) as connection:
        for each in (payment_return, failure_payment, payment, batch, list_entry):
            connection.execute(delete(each))
        for at, (programme_id, period, made, sent) in enumerate(world.batches):
            values = {"programme_id": programme_id, "period": period, "created_on": day(made)}
            values |= {"submitted_on": day(sent), "batch_id": at + 1, "batch_no": f"B{at}"}
            connection.execute(insert(batch).values(region_code="511025", unit_id=1, **values))
        for at, each in enumerate(world.payments):
            connection.execute(
                insert(payment).values(
                    payment_id=at + 1,
                    home=int(each.place[:6]),
                    payment_no=f"N{at:02d}",
                    batch_id=each.batch + 1,
                    person_id=number_of(each.person),
                    name="何丽",
                    card_no="1",
                    amount=each.amount,
                    region_code=each.place,
                    nature="supplement" if each.supplement else None,
                )
            )
            first = at if each.above is None else each.above
            linked = {"payment_id": at + 1, "failure_id": first + 1, "since": day(each.since)}
            if each.above is not None:
                connection.execute(insert(failure_payment).values(**linked))
            for seconds, result in each.said:
                at_moment = moment_of(FIRST * 86400 + seconds)
                said = {"settled_at": at_moment, "result": RESULTS[result], "home": 0}
                connection.execute(insert(payment_return).values(payment_id=at + 1, **said))
        firsts = {each.above for each in world.payments if each.above is not None}
        for at in firsts:
            linked = {"payment_id": at + 1, "failure_id": at + 1, "since": day(0)}
            connection.execute(insert(failure_payment).values(**linked))
        for person, since, until in world.listed:
            entry = {"kind": "death", "person_id": number_of(person), "ref_no": ""}
            entry |= {"effective_on": day(since), "ended_on": day(until)}
            connection.execute(insert(list_entry).values(**entry))


def state(each: Paid, sent: int | None, as_of: int) -> str:
    """What a payment is on a day, in plain words."""
    said = max((word for word in each.said if word[0] // 86400 <= as_of), default=None)
    if said is not None:
        return RESULTS[said[1]]
    return "no_return" if sent is not None and sent <= as_of else "not_sent"


def there(world: World, each: Paid, as_of: int) -> bool:
    """Whether a payment's batch was there on a day."""
    _, _, made, sent = world.batches[each.batch]
    first = made if made is not None else sent
    return first is None or first <= as_of


def expected_totals(world: World, as_of: int) -> dict[tuple[str, str, str, str], tuple[int, int]]:
    """Payments and fen by programme, county, period and state."""
    count: Counter[tuple[str, str, str, str]] = Counter()
    fen: Counter[tuple[str, str, str, str]] = Counter()
    for each in world.payments:
        if there(world, each, as_of):
            number, period, _, sent = world.batches[each.batch]
            key = (f"P{number}", each.place[:6], period, state(each, sent, as_of))
            count[key] += 1
            fen[key] += each.amount
    return {key: (count[key], fen[key]) for key in count}


def expected_duplicates(world: World, as_of: int) -> set[tuple[object, ...]]:
    """Person, programme, period, listed and credited counts and fen, and the first and last payment."""
    groups: dict[tuple[int, int, str], list[int]] = {}
    for at, each in enumerate(world.payments):
        reissue = each.above is not None and each.since <= as_of
        if there(world, each, as_of) and each.person >= 0 and not reissue:
            number, period, _, _ = world.batches[each.batch]
            groups.setdefault((each.person, number, period), []).append(at)
    found = set()
    for (person, number, period), heads in groups.items():
        if len(heads) < 2:
            continue
        listed = sum(world.payments[at].amount for at in heads)
        credited = fen = 0
        for head in heads:
            below = [p for p in world.payments if p.above == head and p.since <= as_of]
            paid = [p.amount for p in (world.payments[head], *below) if state(p, None, as_of) == "success"]
            credited, fen = credited + bool(paid), fen + sum(paid)
        ends = (f"N{heads[0]:02d}", f"N{heads[-1]:02d}")
        key = (unpack_id(number_of(person)), f"P{number}", period)
        found.add((*key, len(heads), listed, credited, fen, *ends))
    return found


def expected_against(world: World, as_of: int) -> set[tuple[str, date, date]]:
    """Payment, the day it was paid and the day from which the list counts."""
    found = set()
    for at, each in enumerate(world.payments):
        if not there(world, each, as_of):
            continue
        _, _, made, sent = world.batches[each.batch]
        said = max((word for word in each.said if word[0] // 86400 <= as_of), default=None)
        known = (
            said[0] // 86400 if said else None,
            sent if sent is not None and sent <= as_of else None,
            made,
        )
        paid = next((one for one in known if one is not None), None)
        if paid is None:
            continue
        since = [
            begun
            for person, begun, until in world.listed
            if person == each.person and begun < paid and (until is None or paid <= until)
        ]
        if since:
            found.add((f"N{at:02d}", day(paid), day(min(since))))
    return found  # type: ignore[return-value]


@pytest.fixture
def programmes(store: Store) -> Store:
    """A store with two programmes of two departments."""
    with writing(store) as connection:
        for number, kind in ((1, "civil_affairs"), (2, "agriculture")):
            values = {"programme_id": number, "programme_code": f"P{number}", "name": f"项目{number}"}
            connection.execute(insert(programme).values(unit_kind=kind, cycle="monthly", **values))
    return store


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    world=worlds(),
    as_of=days,
    viewer=st.sampled_from(NARROW),
    narrowed=st.sampled_from((Filters(programme="P1"), Filters(region="511025001"))),
    credited=st.booleans(),
)
def test_the_copy_and_the_store_say_what_is_so(
    programmes: Store,
    tmp_path: Path,
    world: World,
    as_of: int,
    viewer: Viewer,
    narrowed: Filters,
    credited: bool,
) -> None:
    put(programmes, world)
    on = day(as_of)
    assert on is not None
    given_days = {number_of(person): day(since) for person, since, until in world.listed if until is None}
    lists = (against.People(kind="death"), against.People(days=given_days))  # type: ignore[arg-type]
    with file.opened(tmp_path / "copy.columns", 0o600) as copy, reading(programmes) as connection:
        filling.fill(connection, copy, anew=True)
        itself = Itself(connection)
        for who, what in ((OWNER, Filters()), (OWNER, narrowed), (viewer, Filters())):
            if who is viewer and viewer.post.code == "none":
                assert totals.summed(connection, viewer, on, what, copy) == []
            asked = (connection, who, on, what)
            assert totals.summed(*asked, copy) == totals.summed(*asked, itself)
            doubled = duplicates.found(*asked, copy, credited)
            assert doubled == duplicates.found(*asked, itself, credited)
            for people in lists:
                assert against.compared(*asked, people, copy) == against.compared(*asked, people, itself)
        asked = (connection, OWNER, on, Filters())
        summed = totals.summed(*asked, copy)
        assert {
            (r.programme_code, r.county_code, r.period, r.status): (r.payment_count, r.amount) for r in summed
        } == expected_totals(world, as_of)
        pairs = [
            (
                *(r.person_id, r.programme_code, r.period, r.listed_count, r.listed_amount),
                *(r.credited_count, r.credited_amount, r.first_no, r.last_no),
            )
            for r in duplicates.found(*asked, copy)
        ]
        assert len(pairs) == len(set(pairs))
        assert set(pairs) == expected_duplicates(world, as_of)
        hit = against.compared(*asked, lists[0], copy)
        assert len(hit) == len({row.payment_no for row in hit})
        assert {(r.payment_no, r.paid_on, r.effective_on) for r in hit} == expected_against(world, as_of)


def test_many_people_of_a_file_are_compared_at_once(programmes: Store, tmp_path: Path) -> None:
    paid = tuple(Paid(0, person, 100, "511025", False, None, 0, ((86400, 1),)) for person in range(PEOPLE))
    put(programmes, World(((1, "2025-08", 0, 1),), paid, ()))
    everyone = {number_of(person): datetime(2025, 8, 1).date() for person in range(20_000)}
    with reading(programmes) as connection, answering(programmes, connection, tmp_path / "none") as asked:
        whom = against.People(days=everyone)
        rows = against.compared(connection, OWNER, date(2025, 9, 30), Filters(), whom, asked.answers)
    assert [row.payment_no for row in rows] == [f"N{at:02d}" for at in range(PEOPLE)]

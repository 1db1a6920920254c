"""The ledger as it stood on any day, seen from posts of every scope."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from store.database import Store, reading, writing
from store.errors import NotFound, WrongUsage
from store.models.posts import Actor, Post, Viewer
from store.models.rectification import Step
from store.models.reference import programme, region, setting, unit
from store.queries.items import ItemShown, shown
from store.queries.ledger import Filters, LedgerRow, RectificationRow, listed, overdue
from store.services.ledger import Act, step
from store.services.opening import open_store
from store.services.registration import Opening, open_item
from store.tables import columns_of

NOW = datetime(2025, 10, 31, 9, 0)
OWNER = Post("owner", "tester", "discipline", logins=("tester",), everything=True)
OTHER = Post("other", "另一岗位", "audit", everything=True)

CONTRACT = (
    "item_no title category source source_ref region_code county unit_code unit responsible opened_on due_on "
    "status overdue_days submitted_by closed_by closed_on leader measures type first_due_on extensions "
    "returns amount recovered transferred_to transferred_on doc_no"
)
KEYS = CONTRACT.split()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "s.db", True, "tester", NOW)
    with writing(made) as connection:
        for code, name in (
            ("5110", "内江市"),
            ("511002", "市中区"),
            ("511025", "资中县"),
            ("5111", "乐山市"),
        ):
            connection.execute(insert(region).values(region_code=code, name=name))
        for code, kind in (("A01", "civil_affairs"), ("A02", "agriculture")):
            connection.execute(
                insert(programme).values(programme_code=code, name=code, unit_kind=kind, cycle="month")
            )
        connection.execute(
            insert(unit).values(unit_code="U1", name="民政局", kind="civil_affairs", region_code="511002")
        )
    return made


def sep(day: int) -> date:
    return date(2025, 9, day)


def opened(connection: Connection, day: date, **more: Any) -> str:
    said = {"title": "问题", "category": "late", "region": "511002", **more}
    return open_item(connection, Actor(OWNER, "tester", NOW, day), Opening(**said))


def take(connection: Connection, day: date, no: str, taken: Step, post: Post = OWNER, **more: Any) -> None:
    step(connection, Actor(post, "tester", NOW, day), no, Act(taken, why="核实", **more))


def viewer(post: Post = OWNER) -> Viewer:
    return Viewer(post, "tester")


def numbers(rows: list[LedgerRow]) -> list[str]:
    return [row.item_no for row in rows]


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    assert [column.key for column in columns_of(LedgerRow)] == KEYS
    assert [column.key for column in columns_of(RectificationRow)] == ["kind", *KEYS, "grade"]
    assert [field.name for field in fields(ItemShown)][: len(KEYS) + 1] == [*KEYS, "steps"]


def test_every_past_day_is_told_as_it_was(store: Store) -> None:
    with writing(store) as connection:
        no = opened(connection, sep(10), due_on=sep(15))
        take(connection, sep(12), no, Step.ASSIGN, unit="U1", responsible="李强")
        take(connection, sep(14), no, Step.PROGRESS, recovered=100)
        take(connection, sep(17), no, Step.EXTEND, due_on=sep(20))
        take(connection, sep(22), no, Step.SUBMIT)
        take(connection, sep(24), no, Step.RETURN, OTHER)
        take(connection, sep(26), no, Step.SUBMIT)
        take(connection, sep(28), no, Step.CLOSE, OTHER)
    expected = {
        9: None,
        10: ("registered", None, sep(15), 0),
        11: ("registered", None, sep(15), 0),
        12: ("assigned", "民政局", sep(15), 0),
        14: ("rectifying", "民政局", sep(15), 0),
        15: ("rectifying", "民政局", sep(15), 0),
        16: ("rectifying", "民政局", sep(15), 1),
        17: ("rectifying", "民政局", sep(20), 0),
        21: ("rectifying", "民政局", sep(20), 1),
        22: ("submitted", "民政局", sep(20), 0),
        24: ("rectifying", "民政局", sep(20), 4),
        25: ("rectifying", "民政局", sep(20), 5),
        26: ("submitted", "民政局", sep(20), 0),
        28: ("closed", "民政局", sep(20), 0),
        30: ("closed", "民政局", sep(20), 0),
    }
    with reading(store) as connection:
        for day, told in expected.items():
            rows = listed(connection, viewer(), sep(day), Filters(everything=True))
            found = [(row.status, row.unit, row.due_on, row.overdue_days) for row in rows]
            assert found == ([told] if told else []), day
            if told is None:
                with pytest.raises(NotFound):
                    shown(connection, viewer(), sep(day), no)
                continue
            item = shown(connection, viewer(), sep(day), no)
            assert (item.status, item.unit, item.due_on, item.overdue_days) == told
            assert all(each.at.date() <= sep(day) for each in item.steps) and item.version == len(item.steps)
        assert shown(connection, viewer(), sep(17), no).extensions == 1
        assert shown(connection, viewer(), sep(16), no).extensions == 0
        assert (
            shown(connection, viewer(), sep(13), no).recovered,
            shown(connection, viewer(), sep(14), no).recovered,
        ) == (None, 100)


def test_the_list_is_of_what_is_open_unless_it_is_asked_otherwise(store: Store) -> None:
    with writing(store) as connection:
        first = opened(connection, sep(1), due_on=sep(3))
        second = opened(connection, sep(1), region="511025")
        third = opened(connection, sep(1))
        town = opened(connection, sep(1), region="511002001", due_on=sep(9))
        take(connection, sep(2), second, Step.WITHDRAW)
        take(connection, sep(2), third, Step.MERGE, into=first)
        for taken in (Step.ASSIGN, Step.PROGRESS, Step.SUBMIT):
            take(connection, sep(4), town, taken)
    with reading(store) as connection:

        def asked(**more: Any) -> list[str]:
            return numbers(listed(connection, viewer(), sep(10), Filters(**more)))

        assert asked() == [first, town]
        assert asked(everything=True) == [first, second, third, town]
        assert asked(status="withdrawn") == [second]
        assert asked(status="已并案") == [third]
        assert asked(county="511002") == [first, town]
        assert asked(county="511025") == []
        assert asked(county="511025", everything=True) == [second]
        assert asked(overdue=True) == [first]
        assert asked(status="submitted", overdue=True) == []
        with pytest.raises(WrongUsage):
            asked(status="nonsense")
        assert [row.county for row in listed(connection, viewer(), sep(10))] == ["市中区", "市中区"]
        # on the day before, what was withdrawn and merged later was open
        assert numbers(listed(connection, viewer(), sep(1))) == [first, second, third, town]
        assert shown(connection, viewer(), sep(1), first).merged == ()
        assert shown(connection, viewer(), sep(2), first).merged == (third,)


def test_filters_say_of_every_day_what_the_whole_list_says(store: Store) -> None:
    walk = (Step.ASSIGN, Step.PROGRESS, Step.SUBMIT, Step.CLOSE, Step.REOPEN, Step.WITHDRAW)
    with writing(store) as connection:
        for length in range(len(walk) + 1):
            no = opened(connection, sep(2), due_on=sep(4))
            for place, taken in enumerate(walk[:length]):
                take(connection, sep(3 + 2 * place), no, taken, OTHER if taken is Step.CLOSE else OWNER)
    with reading(store) as connection:
        for day in range(1, 20):
            whole = listed(connection, viewer(), sep(day), Filters(everything=True))
            going = [row for row in whole if row.status not in ("closed", "withdrawn", "merged")]
            late = [row for row in whole if row.overdue_days]
            assert listed(connection, viewer(), sep(day)) == going
            assert listed(connection, viewer(), sep(day), Filters(overdue=True)) == late
            found = overdue(connection, viewer(), sep(day))
            assert [(row.item_no, row.overdue_days) for row in found] == [
                (row.item_no, row.overdue_days) for row in late
            ]
            for status in {row.status for row in whole}:
                same = [row for row in whole if row.status == status]
                assert listed(connection, viewer(), sep(day), Filters(status=status)) == same


def test_what_is_overdue_comes_most_overdue_first(store: Store) -> None:
    with writing(store) as connection:
        dues = (sep(19), sep(20), sep(9), sep(16), sep(20), sep(22), None)
        made = [opened(connection, sep(1), due_on=due, programme="A01") for due in dues]
        resting = opened(connection, sep(1), due_on=sep(2))
        for taken in (Step.ASSIGN, Step.PROGRESS, Step.SUBMIT):
            take(connection, sep(2), resting, taken)
    with reading(store) as connection:

        def asked(**more: Any) -> list[tuple[str, int, str]]:
            rows = overdue(connection, viewer(), sep(20), **more)
            assert {row.kind for row in rows} <= {"rectification"}
            return [(row.item_no, row.overdue_days, row.grade) for row in rows]

        late = [(made[2], 11, "red"), (made[3], 4, "orange"), (made[0], 1, "yellow")]
        assert asked() == late
        assert asked(grade="orange") == late[1:2]
        soon = [(made[1], 0, "upcoming"), (made[4], 0, "upcoming")]
        assert asked(upcoming_to=sep(21)) == [*late, *soon]
        assert asked(upcoming_to=sep(22), grade="upcoming") == [*soon, (made[5], 0, "upcoming")]
        assert asked(grade="upcoming") == []
        assert asked(county="511025") == asked(programme="A02") == []
        assert asked(county="511002", programme="A01") == late


PLACES = ("51", "5110", "511002", "511002001", "511025", "5111")
PROGRAMMES = (None, "A01", "A02")
SCOPES: dict[str, tuple[Post, Any]] = {
    "everything": (OWNER, lambda place, code: True),
    "nothing": (Post("x", "x", "audit"), lambda place, code: False),
    "city": (Post("x", "x", "audit", "5110"), lambda place, code: place.startswith("5110")),
    "county": (Post("x", "x", "audit", "511002"), lambda place, code: place.startswith("511002")),
    "town": (Post("x", "x", "audit", "511002001"), lambda place, code: place == "511002001"),
    "programme": (Post("x", "x", "audit", None, None, ("A01",)), lambda place, code: code == "A01"),
    "department": (Post("x", "x", "department", None, "agriculture"), lambda place, code: code == "A02"),
    "county and programme": (
        Post("x", "x", "audit", "511002", None, ("A02",)),
        lambda place, code: place.startswith("511002") and code == "A02",
    ),
    "programme of another department": (
        Post("x", "x", "department", "5110", "agriculture", ("A01",)),
        lambda place, code: False,
    ),
}


def test_every_scope_sees_exactly_its_own(store: Store) -> None:
    made: dict[str, tuple[str, str | None]] = {}
    with writing(store) as connection:
        for place in PLACES:
            for code in PROGRAMMES:
                no = opened(connection, sep(1), region=place, programme=code, due_on=sep(2))
                made[no] = (place, code)
    with reading(store) as connection:
        for name, (post, sees) in SCOPES.items():
            wanted = [no for no, (place, code) in made.items() if sees(place, code)]
            assert numbers(listed(connection, viewer(post), sep(5))) == wanted, name
            assert numbers(list(overdue(connection, viewer(post), sep(5)))) == wanted, name
            for no in made:
                if no in wanted:
                    assert shown(connection, viewer(post), sep(5), no).item_no == no
                else:
                    with pytest.raises(NotFound):
                        shown(connection, viewer(post), sep(5), no)


def test_an_act_today_leaves_yesterday_as_it_was(store: Store) -> None:
    with writing(store) as connection:
        no = opened(connection, sep(1), due_on=sep(3))
    with reading(store) as connection:
        before = [listed(connection, viewer(), sep(day)) for day in range(1, 20)]
    with writing(store) as connection:
        take(connection, sep(20), no, Step.ASSIGN, unit="U1", due_on=sep(30))
        take(connection, sep(20) + timedelta(1), no, Step.WITHDRAW)
    with reading(store) as connection:
        assert [listed(connection, viewer(), sep(day)) for day in range(1, 20)] == before


def test_thresholds_are_the_office_s_own(store: Store) -> None:
    with writing(store) as connection:
        opened(connection, sep(1), due_on=sep(18))
        connection.execute(insert(setting).values(key="grade.orange", value="2"))
    with reading(store) as connection:
        assert [row.grade for row in overdue(connection, viewer(), sep(19))] == ["yellow"]
        assert [row.grade for row in overdue(connection, viewer(), sep(20))] == ["orange"]

"""Acts on rectification items: what is allowed, to whom and when, and what each leaves behind."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, insert, select

from store.database import Store, reading, writing
from store.errors import NotDone, NotFound, SuperviseError, WrongUsage
from store.models.columns import metadata
from store.models.ledger import evidence, item, item_step, step_evidence
from store.models.posts import Actor, Post
from store.models.rectification import STATE_FIELDS, Status, Step, after, state_of
from store.models.reference import unit
from store.models.trace import event
from store.queries.items import shown
from store.services import posts
from store.services.evidence import LARGEST
from store.services.ledger import Act, step
from store.services.opening import open_store
from store.services.registration import Opening, open_item

DAY = date(2025, 9, 30)
NOW = datetime(2025, 10, 20, 9, 0)

OWNER = Post("owner", "tester", "discipline", logins=("tester",), everything=True)
FINANCE = Post("F", "财政", "finance", "511002")
DISCIPLINE = Post("D", "纪委", "discipline", "5110")
AUDIT = Post("A", "审计", "audit", "5110")
BOUND_F = Post("BF", "财政甲", "finance", "511002", logins=("li", "wang"))
BOUND_D = Post("BD", "纪委甲", "discipline", "511002", logins=("li", "zhao"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "s.db", True, "tester", NOW)
    with writing(made) as connection:
        for each in (FINANCE, DISCIPLINE, AUDIT, BOUND_F, BOUND_D):
            posts.add(connection, at(OWNER), each)
        connection.execute(
            insert(unit).values(
                unit_code="U1", name="市中区农业农村局", kind="agriculture", region_code="511002"
            )
        )
    return made


def at(post: Post, day: date = DAY, login: str = "tester") -> Actor:
    return Actor(post, login, NOW, day)


def opening(**more: Any) -> Opening:
    return Opening(**{"title": "补贴未到户", "category": "late", "region": "511002", **more})


def opened(connection: Connection, **more: Any) -> str:
    return open_item(connection, at(FINANCE), opening(**more))


def act(connection: Connection, no: str, taken: Step, post: Post = FINANCE, **more: Any) -> None:
    """Take a step, with all that it needs where it is not given."""
    given_too: dict[str, Any] = {"why": "依据核查", **more}
    if taken is Step.EXTEND:
        given_too.setdefault("due_on", date(2026, 1, 1))
    if taken is Step.TRANSFER:
        given_too.setdefault("to", "D")
    if taken is Step.MERGE:
        given_too.setdefault("into", "2025-0001")
    step(connection, at(post), no, Act(taken, **given_too))


WALKS: dict[Status, tuple[Step, ...]] = {
    Status.REGISTERED: (),
    Status.ASSIGNED: (Step.ASSIGN,),
    Status.RECTIFYING: (Step.ASSIGN, Step.PROGRESS),
    Status.SUBMITTED: (Step.ASSIGN, Step.PROGRESS, Step.SUBMIT),
    Status.CLOSED: (Step.ASSIGN, Step.PROGRESS, Step.SUBMIT, Step.CLOSE),
    Status.WITHDRAWN: (Step.WITHDRAW,),
    Status.MERGED: (Step.MERGE,),
}


def standing_at(connection: Connection, status: Status) -> str:
    """An item that was walked to a status, beside 2025-0001, which others may be merged into."""
    if connection.scalar(select(func.count()).select_from(item)) == 0:
        opened(connection)
    no = opened(connection, due_on=date(2025, 10, 9))
    for taken in WALKS[status]:
        act(connection, no, taken, DISCIPLINE if taken is Step.CLOSE else FINANCE)
    return no


def everything_kept(connection: Connection) -> dict[str, list[Any]]:
    return {
        table.name: [tuple(row) for row in connection.execute(select(table))]
        for table in metadata.sorted_tables
        if table.name in ("item", "item_step", "evidence", "step_evidence", "counter", "event", "trace_head")
    }


def test_two_posts_take_an_item_from_opening_to_closing(store: Store) -> None:
    days = [date(2025, 9, day) for day in (22, 23, 24, 25, 26, 28, 29, 30)]
    with writing(store) as connection:
        no = open_item(connection, at(FINANCE, days[0]), opening(due_on=days[5], amount=120_000))
        walk = [
            (
                DISCIPLINE,
                Act(Step.ASSIGN, unit="U1", responsible="李强", measures="逐户核查", type="立行立改"),
            ),
            (FINANCE, Act(Step.PROGRESS, why="已补发三户", recovered=50_000)),
            (FINANCE, Act(Step.SUBMIT)),
            (DISCIPLINE, Act(Step.RETURN, why="证据不足")),
            (DISCIPLINE, Act(Step.EXTEND, why="农忙", due_on=days[7])),
            (FINANCE, Act(Step.SUBMIT)),
            (DISCIPLINE, Act(Step.CLOSE, why="已核实")),
        ]
        for day, (post, taken) in zip(days[1:], walk, strict=True):
            step(connection, at(post, day), no, taken)
        found = shown(connection, at(OWNER).viewer, days[7], no)
    assert no == "2025-0001"
    assert found.status == "closed"
    assert (found.submitted_by, found.closed_by, found.closed_on) == ("F", "D", days[7])
    assert (found.due_on, found.first_due_on, found.extensions, found.returns) == (days[7], days[5], 1, 1)
    assert (found.amount, found.recovered, found.type) == (120_000, 50_000, "immediate")
    assert (found.unit_code, found.unit, found.responsible) == ("U1", "市中区农业农村局", "李强")
    assert [(each.step, each.post, each.at.date()) for each in found.steps] == [
        ("open", "F", days[0]),
        *((taken.step, post.code, day) for day, (post, taken) in zip(days[1:], walk, strict=True)),
    ]
    assert [each.why for each in found.steps][-3:] == ["农忙", None, "已核实"]


def test_every_step_from_every_status_is_taken_or_refused_and_then_changes_nothing(store: Store) -> None:
    for status in Status:
        for taken in Step:
            with writing(store) as connection:
                no = standing_at(connection, status)
                to = after(status, taken)
                before = everything_kept(connection)
                if to is None:
                    with pytest.raises(NotDone) as caught:
                        act(connection, no, taken, AUDIT)
                    assert caught.value.key == "step_not_allowed", (status, taken)
                    assert everything_kept(connection) == before
                else:
                    act(connection, no, taken, AUDIT)
                    found = shown(connection, at(OWNER).viewer, DAY, no)
                    assert (found.status, found.version) == (to, len(WALKS[status]) + 2)


def test_a_refusal_names_the_status_and_what_is_allowed(store: Store) -> None:
    with writing(store) as connection, pytest.raises(NotDone) as caught:
        act(connection, standing_at(connection, Status.CLOSED), Step.SUBMIT)
    assert caught.value.sentence("zh") == "2025-0002 现为已销号，不能申请销号。现在可以：重新整改。"
    assert "2025-0002 is closed" in caught.value.sentence("en")


@pytest.mark.parametrize("taken", sorted({"return", "extend", "transfer", "reopen", "withdraw", "merge"}))
def test_these_steps_need_a_reason(store: Store, taken: str) -> None:
    for why in (None, "  "):
        with writing(store) as connection, pytest.raises(WrongUsage, match="--why"):
            act(connection, opened(connection), Step(taken), why=why)


def test_a_step_needs_what_it_is_about(store: Store) -> None:
    for taken, name in ((Step.EXTEND, "due_on"), (Step.TRANSFER, "to"), (Step.MERGE, "into")):
        with writing(store) as connection, pytest.raises(WrongUsage):
            act(connection, opened(connection), taken, **{name: None})


def test_who_submitted_never_closes(store: Store) -> None:
    with writing(store) as connection:
        no = standing_at(connection, Status.SUBMITTED)
        before = everything_kept(connection)
        with pytest.raises(NotDone) as caught:
            act(connection, no, Step.CLOSE, FINANCE)
        assert caught.value.key == "same_post"
        assert everything_kept(connection) == before
        # nor after another has submitted it again
        act(connection, no, Step.RETURN, DISCIPLINE)
        act(connection, no, Step.SUBMIT, AUDIT)
        with pytest.raises(NotDone):
            act(connection, no, Step.CLOSE, FINANCE)
        act(connection, no, Step.CLOSE, DISCIPLINE)


@pytest.mark.parametrize(
    ("submits", "closes", "done"),
    [
        ((BOUND_F, "li"), (BOUND_D, "li"), False),
        ((BOUND_F, "wang"), (BOUND_D, "li"), True),
        ((BOUND_F, "li"), (BOUND_D, "zhao"), True),
        ((FINANCE, "li"), (BOUND_D, "li"), True),
        ((BOUND_F, "li"), (DISCIPLINE, "li"), True),
    ],
)
def test_two_bound_posts_are_two_persons(
    store: Store, submits: tuple[Post, str], closes: tuple[Post, str], done: bool
) -> None:
    with writing(store) as connection:
        no = standing_at(connection, Status.RECTIFYING)
        step(connection, at(submits[0], login=submits[1]), no, Act(Step.SUBMIT))
        closing = at(closes[0], login=closes[1])
        if done:
            step(connection, closing, no, Act(Step.CLOSE))
        else:
            with pytest.raises(NotDone) as caught:
                step(connection, closing, no, Act(Step.CLOSE))
            assert caught.value.key == "same_person"


def test_returning_and_reopening_take_back_who_submitted_and_closed(store: Store) -> None:
    with writing(store) as connection:
        no = standing_at(connection, Status.SUBMITTED)
        act(connection, no, Step.RETURN, DISCIPLINE)
        found = shown(connection, at(OWNER).viewer, DAY, no)
        assert (found.status, found.submitted_by, found.returns) == ("rectifying", None, 1)
        act(connection, no, Step.SUBMIT)
        act(connection, no, Step.CLOSE, DISCIPLINE)
        act(connection, no, Step.REOPEN, DISCIPLINE)
        found = shown(connection, at(OWNER).viewer, DAY, no)
        assert (found.status, found.closed_by, found.closed_on) == ("rectifying", None, None)


def test_an_item_is_extended_to_a_later_day_only(store: Store) -> None:
    due = date(2025, 10, 9)
    with writing(store) as connection:
        no = opened(connection, due_on=due)
        for day in (due, due - timedelta(1)):
            with pytest.raises(NotDone) as caught:
                act(connection, no, Step.EXTEND, due_on=day)
            assert caught.value.key == "extend_later"
        act(connection, no, Step.EXTEND, due_on=due + timedelta(1))
        found = shown(connection, at(OWNER).viewer, DAY, no)
        assert (found.due_on, found.first_due_on, found.extensions) == (due + timedelta(1), due, 1)
        with pytest.raises(NotDone) as caught:
            act(connection, opened(connection), Step.EXTEND)
        assert caught.value.key == "extend_nothing"


def test_a_new_assignment_that_gives_more_time_counts_as_an_extension(store: Store) -> None:
    due = date(2025, 10, 9)
    with writing(store) as connection:
        no = opened(connection)
        for day, counted in ((due, 0), (due - timedelta(2), 0), (due + timedelta(9), 1), (None, 1)):
            act(connection, no, Step.ASSIGN, due_on=day)
            found = shown(connection, at(OWNER).viewer, DAY, no)
            assert (found.extensions, found.first_due_on) == (counted, due)


def test_transfer_is_a_mark_beside_the_status_and_goes_to_discipline_posts_only(store: Store) -> None:
    with writing(store) as connection:
        no = standing_at(connection, Status.RECTIFYING)
        for to in ("A", "F", "nobody"):
            with pytest.raises(NotDone) as caught:
                act(connection, no, Step.TRANSFER, to=to)
            assert caught.value.key == "transfer_post"
        act(connection, no, Step.TRANSFER, to="D")
        act(connection, no, Step.SUBMIT)
        found = shown(connection, at(OWNER).viewer, DAY, no)
        assert (found.status, found.transferred_to, found.transferred_on) == ("submitted", "D", DAY)


def test_a_merge_needs_another_item_that_goes_on(store: Store) -> None:
    with writing(store) as connection:
        target = opened(connection)
        no = opened(connection)
        refused = {no: "merge_itself", "2025-9999": "not_found"}
        for status in (Status.CLOSED, Status.WITHDRAWN, Status.MERGED):
            refused[standing_at(connection, status)] = "merge_ended"
        for into, key in refused.items():
            with pytest.raises(NotDone) as caught:
                act(connection, no, Step.MERGE, into=into)
            assert caught.value.key == key
        act(connection, no, Step.MERGE, into=target)
        assert shown(connection, at(OWNER).viewer, DAY, no).merged_into == target
        found = shown(connection, at(OWNER).viewer, DAY, target)
        assert no in found.merged and found.version == 1


def test_numbers_run_by_year_and_are_never_given_twice(store: Store) -> None:
    with writing(store) as connection:
        first = [opened(connection) for _ in range(3)]
        act(connection, first[2], Step.WITHDRAW)
        old = open_item(connection, at(FINANCE, date(2024, 12, 31)), opening())
        assert [*first, opened(connection), old] == [
            "2025-0001",
            "2025-0002",
            "2025-0003",
            "2025-0004",
            "2024-0001",
        ]


@pytest.mark.parametrize(
    ("more", "error", "key"),
    [
        ({"title": " "}, WrongUsage, "item_needs"),
        ({"category": None}, WrongUsage, "item_needs"),
        ({"region": None}, WrongUsage, "item_needs"),
        ({"category": "nonsense"}, WrongUsage, "no_such_code"),
        ({"source": "nonsense"}, WrongUsage, "no_such_code"),
        ({"type": "nonsense"}, WrongUsage, "no_such_code"),
        ({"amount": -1}, WrongUsage, "bad_yuan"),
        ({"unit": "U9"}, NotDone, "unit_unknown"),
        ({"programme": "A99"}, NotDone, "programme_unknown"),
        ({"region": "511025"}, NotDone, "item_outside"),
        ({"region": "5110"}, NotDone, "item_outside"),
    ],
)
def test_an_opening_that_lacks_something_is_refused_whole(
    store: Store, more: dict[str, Any], error: type[SuperviseError], key: str
) -> None:
    with writing(store) as connection:
        before = everything_kept(connection)
        with pytest.raises(error) as caught:
            opened(connection, **more)
        assert caught.value.key == key
        assert everything_kept(connection) == before


def test_codes_are_taken_as_words_too(store: Store) -> None:
    with writing(store) as connection:
        no = opened(connection, category="违规享受", source="电话随访", source_ref="C-7", type="持续整改")
        found = shown(connection, at(OWNER).viewer, DAY, no)
    assert (found.category, found.source, found.source_ref) == ("ineligible", "call", "C-7")
    assert found.type == "continuous"


def test_an_act_lies_between_the_last_step_and_today(store: Store) -> None:
    with writing(store) as connection:
        no = opened(connection)
        for day in (DAY - timedelta(1), NOW.date() + timedelta(1)):
            with pytest.raises(NotDone) as caught:
                step(connection, at(FINANCE, day), no, Act(Step.ASSIGN))
            assert caught.value.key == "act_day"
        step(connection, at(FINANCE, NOW.date()), no, Act(Step.ASSIGN))
        with pytest.raises(NotDone):
            step(connection, at(FINANCE, NOW.date() - timedelta(1)), no, Act(Step.PROGRESS))
        step(connection, at(FINANCE, NOW.date()), no, Act(Step.PROGRESS))
        with pytest.raises(NotDone) as caught:
            open_item(connection, at(FINANCE, NOW.date() + timedelta(1)), opening())
        assert caught.value.key == "item_day"


def test_a_lost_race_is_said_and_changes_nothing(store: Store) -> None:
    with writing(store) as connection:
        no = opened(connection)
        assert step(connection, at(FINANCE), no, Act(Step.ASSIGN), expected_version=1) == 2
        before = everything_kept(connection)
        with pytest.raises(NotDone) as caught:
            step(connection, at(AUDIT), no, Act(Step.WITHDRAW, why="误登"), expected_version=1)
        assert caught.value.key == "item_changed"
        assert everything_kept(connection) == before


def test_items_beyond_the_scope_are_not_there(store: Store) -> None:
    elsewhere = Post("E", "资中", "finance", "511025")
    nowhere = Post("X", "无", "finance")
    farm = Post("N", "农业", "department", "511002", department="agriculture")
    with writing(store) as connection:
        no = opened(connection)
        for post in (elsewhere, nowhere, farm):
            with pytest.raises(NotFound):
                step(connection, at(post), no, Act(Step.ASSIGN))
        other = open_item(connection, at(DISCIPLINE), opening(region="511025"))
        with pytest.raises(NotFound):
            act(connection, no, Step.MERGE, into=other)


def test_each_act_is_traced_once_and_last(store: Store) -> None:
    with writing(store) as connection:
        before = connection.scalar(select(func.max(event.c.seq))) or 0
        no = opened(connection)
        act(connection, no, Step.ASSIGN, unit="U1")
        act(connection, no, Step.PROGRESS)
        rows = connection.execute(select(event).where(event.c.seq > before).order_by(event.c.seq)).all()
    assert [(row.verb, row.subject_kind, row.subject, row.region_code, row.as_of) for row in rows] == [
        (f"ledger.{each}", "item", no, "511002", DAY) for each in ("open", "assign", "progress")
    ]
    assert '"unit": "U1"' in rows[1].detail


def test_evidence_is_kept_once_and_checked_again_when_shown(store: Store, tmp_path: Path) -> None:
    first, second = tmp_path / "回执.pdf", tmp_path / "copy.pdf"
    first.write_bytes(b"paid")
    second.write_bytes(b"paid")
    digest = sha256(b"paid").hexdigest()
    with writing(store) as connection:
        no = opened(connection, evidence=(first,))
        act(connection, no, Step.ASSIGN, evidence=(second, first))
        found = shown(connection, at(OWNER).viewer, DAY, no)
        assert [[(e.name, e.sha256, e.bytes, e.intact) for e in s.evidence] for s in found.steps] == [
            [("回执.pdf", digest, 4, True)],
            [("copy.pdf", digest, 4, True), ("回执.pdf", digest, 4, True)],
        ]
        assert connection.scalar(select(func.count()).select_from(evidence)) == 1
        connection.execute(evidence.update().values(content=b"pai!"))
        found = shown(connection, at(OWNER).viewer, DAY, no)
        assert [e.intact for s in found.steps for e in s.evidence] == [False] * 3
        connection.execute(delete(evidence))
        found = shown(connection, at(OWNER).viewer, DAY, no)
        assert [(e.bytes, e.intact) for s in found.steps for e in s.evidence] == [(None, False)] * 3


def test_what_is_no_readable_file_of_twenty_megabytes_is_refused(store: Store, tmp_path: Path) -> None:
    large, just = tmp_path / "large.bin", tmp_path / "just.bin"
    for path, size in ((large, LARGEST + 1), (just, LARGEST)):
        with path.open("wb") as file:
            file.truncate(size)
    link, pipe = tmp_path / "link.pdf", tmp_path / "pipe"
    link.symlink_to(just)
    os.mkfifo(pipe)
    refused = {
        large: "evidence_size",
        tmp_path: "evidence_kind",
        link: "evidence_kind",
        pipe: "evidence_kind",
        tmp_path / "none.pdf": "file_missing",
        just / "under": "file_unreadable",
        Path("a\0b"): "file_unreadable",
    }
    with writing(store) as connection:
        no = opened(connection)
        before = everything_kept(connection)
        for path, key in refused.items():
            with pytest.raises(NotDone) as caught:
                act(connection, no, Step.ASSIGN, evidence=(just, path))
            assert caught.value.key == key, path
            assert everything_kept(connection) == before
        act(connection, no, Step.ASSIGN, evidence=(just,))
        assert connection.scalars(select(step_evidence.c.name)).all() == ["just.bin"]


def test_an_act_that_is_not_committed_leaves_nothing(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a")
    with reading(store) as connection:
        before = everything_kept(connection)
    with pytest.raises(NotFound), writing(store) as connection:
        opened(connection, evidence=(file,))
        step(connection, at(FINANCE), "2025-0009", Act(Step.ASSIGN))
    with reading(store) as connection:
        assert everything_kept(connection) == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(
        st.tuples(
            st.sampled_from(list(Step)), st.sampled_from([FINANCE, DISCIPLINE, AUDIT]), st.integers(0, 6)
        ),
        max_size=25,
    )
)
def test_however_it_goes_versions_steps_and_states_agree(
    store: Store, walk: list[tuple[Step, Post, int]]
) -> None:
    with writing(store) as connection:
        opened(connection)
        no = opened(connection, due_on=DAY)
        version, done = 1, [Step.OPEN]
        for taken, post, more in walk:
            day = DAY + timedelta(more)
            needed: dict[str, Any] = {"due_on": day, "to": "D", "into": "2025-0001", "recovered": more}
            try:
                got = step(connection, at(post, day), no, Act(taken, why="随机", **needed))
            except NotDone:
                continue
            version, done = version + 1, [*done, taken]
            assert got == version
        row = connection.execute(select(item).where(item.c.item_no == no)).one()
        steps = connection.execute(
            select(item_step).where(item_step.c.item_id == row.item_id).order_by(item_step.c.seq)
        ).all()
    assert row.version == version == len(steps)
    assert [each.seq for each in steps] == list(range(1, version + 1))
    assert [each.step for each in steps] == done
    status: Status | None = None
    for each in steps:
        status = after(status, Step(each.step))
        assert state_of(each.after).status == status
    kept = state_of(steps[-1].after)
    assert {name: getattr(row, name) for name in STATE_FIELDS} == {n: getattr(kept, n) for n in STATE_FIELDS}
    assert [each.at.date() for each in steps] == sorted(each.at.date() for each in steps)
    for place, each in enumerate(steps):
        if each.step == Step.CLOSE:
            assert each.post not in {past.post for past in steps[:place] if past.step == Step.SUBMIT}
    assert row.extensions >= done.count(Step.EXTEND) and row.returns == done.count(Step.RETURN)


def test_of_many_hands_at_once_one_is_first(store: Store) -> None:
    with writing(store) as connection:
        no = opened(connection)

    def one(_: int) -> tuple[str, str]:
        with writing(store) as connection:
            number = opened(connection)
        try:
            with writing(store) as connection:
                step(connection, at(FINANCE), no, Act(Step.ASSIGN), expected_version=1)
        except NotDone as error:
            return number, error.key
        return number, "done"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, range(12)))
    assert sorted(number for number, _ in answers) == [f"2025-{n:04d}" for n in range(2, 14)]
    assert sorted(said for _, said in answers) == ["done", *["item_changed"] * 11]

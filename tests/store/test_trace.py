"""The trace finds what was done to it; each test does something to it behind the program's back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from store.database import Store, reading, store_at, writing
from store.models.posts import Actor, Post, Viewer
from store.models.trace import GENESIS, chained, event, trace_head
from store.queries.audit import FIELDS, Filters, Mark, head, listed, verify
from store.services import trace
from tests.running import InProcess

OWNER = Post("owner", "局长", "discipline", everything=True)
COUNTY = Post("zizhong", "资中县监督岗", "discipline", region="511025")
CITY = Post("neijiang", "内江市监督岗", "finance", region="5110")
BOUND = Post("civil", "民政", "department", region="511025", department="civil_affairs")
NOTHING = Post("nothing", "空", "audit")
CLOCK = datetime(2025, 9, 30, 10, 0, 0, 123456)

ACTS = (
    (OWNER, "reveal", ("view", "failed"), {"why": "核对户名"}, None),
    (COUNTY, "open", ("item", "2025-0001"), {"title": "“引号” \\ 与 \n 换行", "amount": 50000}, "511025116"),
    (CITY, "assign", ("item", "2025-0001"), {"due": date(2025, 10, 20), "at": CLOCK}, "511025"),
    (CITY, "open", ("item", "2025-0002"), {}, "511002"),
    (BOUND, "feedback", ("failure", "P105"), {"text": "𠮷 已通知"}, "511025100"),
    (OWNER, "export", ("view", "posts"), {"rows": 3}, None),
    (COUNTY, "close", ("item", "2025-0001"), {"why": ""}, "511025116"),
)  # fmt: skip


@pytest.fixture
def traced(store: Store) -> Store:
    """A store with seven events after the one of its making."""
    for step, (post, verb, subject, detail, region) in enumerate(ACTS):
        now = CLOCK + timedelta(hours=step)
        with writing(store) as connection:
            trace.record(
                connection, Actor(post, "何丽", now, date(2025, 9, 29)), verb, subject, detail, region
            )
    return store


def found(store: Store, against: Mark | None = None) -> list[tuple[int, str]]:
    with reading(store) as connection:
        return [(each.seq, each.finding) for each in verify(connection, against)]


def mark(store: Store, seq: int) -> Mark:
    with reading(store) as connection:
        return Mark(seq, connection.scalars(select(event.c.hash).where(event.c.seq == seq)).one())


def seen_by(store: Store, post: Post, filters: Filters | None = None) -> list[int]:
    with reading(store) as connection:
        return [row.seq for row in listed(connection, Viewer(post, "何丽"), filters)]


def rewritten(connection: Connection, since: int, until: int = 8) -> str:
    """Make the chain anew from an event on, as somebody would who knows the program; its last hash."""
    previous = (
        connection.scalars(select(event.c.hash).where(event.c.seq == since - 1)).one_or_none() or GENESIS
    )
    asked = select(event).where(event.c.seq.between(since, until)).order_by(event.c.seq)
    for row in connection.execute(asked).mappings():
        told = {name: row[name] for name in FIELDS}
        told = {**told, "at": row["at"].isoformat(" "), "as_of": row["as_of"].isoformat()}
        previous = chained(previous, told)
        connection.execute(update(event).where(event.c.seq == row["seq"]).values(hash=previous))
    return previous


def test_a_trace_that_nobody_touched_is_whole(traced: Store) -> None:
    assert found(traced) == []
    with reading(traced) as connection:
        end = head(connection)
        assert end is not None and (end.seq, len(end.hash)) == (8, 64)
    for seq in range(1, 9):
        assert found(traced, mark(traced, seq)) == []


def test_an_act_that_failed_leaves_no_event(traced: Store) -> None:
    with pytest.raises(RuntimeError), writing(traced) as connection:
        trace.record(connection, Actor(OWNER, "何丽", CLOCK, CLOCK.date()), "close", ("item", "x"), {})
        raise RuntimeError
    assert found(traced) == []
    assert seen_by(traced, OWNER) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    "edit",
    [
        {"detail": '{"title": "户名相符"}'},
        {"post": "owner"},
        {"login": "何莉"},
        {"verb": "Open"},
        {"subject": "2025-0009"},
        {"subject_kind": "case"},
        {"region_code": None},
        {"region_code": "511025"},
        {"at": datetime(2025, 9, 30, 11, 0, 1)},
        {"as_of": date(2025, 9, 28)},
        {"hash": "f" * 64},
    ],
    ids=lambda edit: "-".join(edit),
)
def test_an_edited_row_is_found(traced: Store, edit: dict[str, object]) -> None:
    with writing(traced) as connection:
        connection.execute(update(event).where(event.c.seq == 3).values(**edit))
    told = found(traced)
    # an edited hash breaks the event itself and the one that follows it
    assert told == ([(3, "altered"), (4, "altered")] if "hash" in edit else [(3, "altered")])


def test_the_last_row_edited_is_found(traced: Store) -> None:
    with writing(traced) as connection:
        connection.execute(update(event).where(event.c.seq == 8).values(verb="return"))
    assert found(traced) == [(8, "altered")]


def test_a_rewrite_of_the_same_length_is_found(traced: Store) -> None:
    with writing(traced) as connection:
        before = connection.scalars(select(event.c.detail).where(event.c.seq == 5)).one()
        connection.execute(update(event).where(event.c.seq == 4).values(detail="x" * len(before)))
    assert found(traced) == [(4, "altered")]


def test_a_row_whose_hash_was_made_to_fit_breaks_the_next(traced: Store) -> None:
    kept = mark(traced, 5)
    with writing(traced) as connection:
        connection.execute(update(event).where(event.c.seq == 4).values(verb="return"))
        rewritten(connection, 4, 4)
    assert found(traced, kept) == [(5, "altered")]


def test_a_chain_made_anew_up_to_its_end_is_found_by_its_recorded_end(traced: Store) -> None:
    with writing(traced) as connection:
        connection.execute(update(event).where(event.c.seq == 4).values(verb="return"))
        rewritten(connection, 4)
    assert found(traced) == [(8, "head")]


def test_a_chain_made_anew_with_its_end_is_found_against_a_note(traced: Store) -> None:
    noted = {seq: mark(traced, seq) for seq in (3, 4, 8)}
    with writing(traced) as connection:
        connection.execute(update(event).where(event.c.seq == 4).values(verb="return"))
        connection.execute(update(trace_head).values(hash=rewritten(connection, 4)))
    assert found(traced) == []
    assert found(traced, noted[3]) == []
    assert found(traced, noted[4]) == [(4, "against")]
    assert found(traced, noted[8]) == [(8, "against")]


@pytest.mark.parametrize("seq", [1, 2, 5, 7])
def test_a_deleted_row_is_found(traced: Store, seq: int) -> None:
    with writing(traced) as connection:
        connection.execute(delete(event).where(event.c.seq == seq))
    assert found(traced) == [(seq, "missing")]


def test_a_deleted_row_that_was_closed_up_is_found(traced: Store) -> None:
    with writing(traced) as connection:
        connection.execute(delete(event).where(event.c.seq == 5))
        for seq in (6, 7, 8):
            connection.execute(update(event).where(event.c.seq == seq).values(seq=seq - 1))
    assert (5, "altered") in found(traced)


@pytest.mark.parametrize("kept", [7, 3, 1])
def test_a_cut_tail_is_found(traced: Store, kept: int) -> None:
    noted = mark(traced, 8)
    with writing(traced) as connection:
        connection.execute(delete(event).where(event.c.seq > kept))
    assert found(traced) == [(kept + 1, "cut")]
    with writing(traced) as connection:
        last = connection.scalars(select(event.c.hash).where(event.c.seq == kept)).one()
        connection.execute(update(trace_head).values(seq=kept, hash=last))
    assert found(traced) == [], "an end that was moved too is whole in itself"
    assert found(traced, noted) == [(8, "against")]


def test_an_emptied_trace_is_found(traced: Store) -> None:
    with writing(traced) as connection:
        connection.execute(delete(event))
    assert found(traced) == [(1, "cut")]
    with writing(traced) as connection:
        connection.execute(delete(trace_head))
    assert found(traced) == [(0, "head")], "every store has the event of its making"


def test_an_event_put_in_behind_the_end_is_found(traced: Store) -> None:
    with writing(traced) as connection:
        row = dict(connection.execute(select(event).where(event.c.seq == 8)).mappings().one())
        previous = row.pop("hash")
        told = {**row, "seq": 9, "at": row["at"].isoformat(" "), "as_of": row["as_of"].isoformat()}
        connection.execute(insert(event).values(**{**row, "seq": 9, "hash": chained(previous, told)}))
    assert found(traced) == [(9, "beyond")]


def test_a_lost_end_is_found(traced: Store) -> None:
    with writing(traced) as connection:
        connection.execute(delete(trace_head))
    assert found(traced) == [(8, "head")]


def test_a_value_that_is_no_value_any_more_is_found(new_database: Callable[..., str]) -> None:
    store = store_at(new_database("sqlite", made=True))
    with writing(store) as connection:
        connection.execute(text("UPDATE event SET at = 'yesterday'"))
    assert found(store) == [(1, "altered")]


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (OWNER, [1, 2, 3, 4, 5, 6, 7, 8]),
        (COUNTY, [3, 4, 6, 8]),
        (CITY, [3, 4, 5, 6, 8]),
        (BOUND, [6]),
        (NOTHING, []),
    ],
    ids=lambda value: value.code if isinstance(value, Post) else "",
)
def test_a_post_sees_its_own_events_and_those_of_its_places(
    traced: Store, post: Post, expected: list[int]
) -> None:
    assert seen_by(traced, post) == expected


def test_events_are_asked_for_by_day_verb_and_subject(traced: Store) -> None:
    assert seen_by(traced, OWNER, Filters(until=date(2025, 9, 29))) == [1]
    assert seen_by(traced, OWNER, Filters(until=date(2025, 9, 30))) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert seen_by(traced, OWNER, Filters(verb="open")) == [3, 5]
    assert seen_by(traced, OWNER, Filters(verb="open", subject="2025-0002")) == [5]


def test_the_command_lists_and_verifies(traced: Store, supervise: InProcess) -> None:
    rows = supervise("audit", "--format", "json", check=0).json()
    assert [row["seq"] for row in rows] == [1, 2, 3, 4, 5, 6, 7, 8]
    keys = "seq at as_of post login verb subject_kind subject region_code detail hash"
    assert list(rows[0]) == keys.split()
    third = ["2025-09-30 11:00:00", "2025-09-29", "511025116"]
    assert [rows[2][key] for key in ("at", "as_of", "region_code")] == third
    whole = supervise("audit", "verify", "--format", "json", "--check", check=0).json()
    assert whole == {"head": f"8:{rows[-1]['hash']}", "findings": []}
    assert f"8:{rows[-1]['hash']}" in supervise("audit", "verify", check=0).text
    supervise("audit", "verify", "--against", f"3:{rows[2]['hash']}", check=0)
    other = supervise(
        "audit", "verify", "--against", f"3:{rows[3]['hash']}", "--format", "json", check=3
    ).json()
    assert [(each["seq"], each["finding"]) for each in other["findings"]] == [(3, "against")]
    assert "3:x" in supervise("audit", "verify", "--against", "3:x", check=2).stderr


def test_the_command_tells_what_it_found(traced: Store, supervise: InProcess) -> None:
    with writing(traced) as connection:
        connection.execute(update(event).where(event.c.seq == 3).values(verb="close"))
        connection.execute(delete(event).where(event.c.seq == 6))
    for lang in ("zh", "en"):
        told = supervise("audit", "verify", "--format", "json", "--lang", lang, check=3).json()
        assert [(each["seq"], each["finding"]) for each in told["findings"]] == [
            (3, "altered"),
            (6, "missing"),
        ]
        assert all(str(each["seq"]) in each["message"] for each in told["findings"])
        supervise("audit", "verify", "--lang", lang, check=3)

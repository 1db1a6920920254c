"""Attention leaves its trace, is followed and let go, and is seen by those who may see its subject."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from store.database import Store, reading, writing
from store.errors import NotDone, NotFound, SuperviseError, WrongUsage
from store.models.posts import Actor, Post, Viewer
from store.models.trace import event
from store.queries import attention as question
from store.services import attention, posts
from store.services.registration import Opening, open_item

NOW = datetime(2025, 9, 30, 9, 0)
OWNER = Post("owner", "tester", "discipline", logins=("tester",), everything=True)
FINANCE = Post("F", "财政", "finance", "511002")
COUNTY = Post("Z", "资中", "finance", "511025")
TODAY = NOW.date()


def at(post: Post, days: int = 0) -> Actor:
    return Actor(post, "tester", NOW, TODAY - timedelta(days=days))


@pytest.fixture
def ledger(store: Store) -> Store:
    """An item in each of two counties."""
    with writing(store) as connection:
        for each in (FINANCE, COUNTY):
            posts.add(connection, at(OWNER), each)
        for region in ("511002", "511025"):
            open_item(connection, at(OWNER, 9), Opening("问题", "late", region=region))
    return store


def follows(store: Store, post: Post, as_of: date = TODAY) -> list[str]:
    with reading(store) as connection:
        return [row.subject for row in question.listed(connection, Viewer(post, "tester"), as_of)]


def test_something_is_followed_from_one_day_to_another(ledger: Store) -> None:
    with writing(ledger) as connection:
        made = attention.follow(connection, at(FINANCE, 5), "2025-0001", " 久拖不决 ")
        assert (made.subject_kind, made.note, made.follows) == ("item", "久拖不决", True)
        assert attention.unfollow(connection, at(FINANCE, 2), "2025-0001").follows is False
    days = [TODAY - timedelta(days=back) for back in (6, 5, 3, 2, 0)]
    assert [follows(ledger, FINANCE, day) for day in days] == [[], ["2025-0001"], ["2025-0001"], [], []]
    assert follows(ledger, OWNER) == [], "it is the post that follows"


def test_attention_is_counted_and_shown_with_its_notes(ledger: Store) -> None:
    with writing(ledger) as connection:
        attention.mark(connection, at(FINANCE), "2025-0001", "已电话了解")
        attention.follow(connection, at(FINANCE), "2025-0001")
        attention.follow(connection, at(OWNER), "2025-0001")
        found = question.counts(connection, "item", ["2025-0001", "2025-0002"], TODAY)
        assert found == {"2025-0001": question.Counted(3, 2)}
        rows = question.given(connection, Viewer(FINANCE, "x"), TODAY, "item", "2025-0001")
        assert [(row.post, row.note, row.follows) for row in rows] == [
            ("owner", None, True),
            ("F", None, True),
            ("F", "已电话了解", False),
        ]
        assert question.given(connection, Viewer(COUNTY, "x"), TODAY, "item", "2025-0001") == []
        every = question.listed(connection, Viewer(FINANCE, "x"), TODAY, everything=True)
        assert [row.follows for row in every] == [True, False]


def test_each_is_an_event_at_the_place_of_its_subject(ledger: Store) -> None:
    with writing(ledger) as connection:
        attention.mark(connection, at(OWNER), "2025-0002", "问题")
        attention.follow(connection, at(OWNER), "2025-0002")
        attention.unfollow(connection, at(OWNER), "2025-0002", "已办结")
        rows = list(connection.execute(select(event).where(event.c.verb.startswith("attention."))))
    assert [(row.verb, row.subject_kind, row.subject, row.region_code) for row in rows] == [
        (f"attention.{verb}", "item", "2025-0002", "511025") for verb in ("mark", "follow", "unfollow")
    ]


@pytest.mark.parametrize(
    ("act", "no", "note", "kind", "error"),
    [
        ("mark", "2025-0001", " ", None, WrongUsage),
        ("mark", "2025-0002", "x", None, NotFound),
        ("mark", "2025-0001", "x", "case", NotFound),
        ("mark", "2025-0001", "x", "person", WrongUsage),
        ("follow", "XX", None, None, NotFound),
        ("unfollow", "2025-0001", None, None, NotDone),
    ],
)
def test_what_cannot_be_said_is_refused(
    ledger: Store, act: str, no: str, note: str | None, kind: str | None, error: type[SuperviseError]
) -> None:
    with writing(ledger) as connection, pytest.raises(error):
        getattr(attention, act)(connection, at(FINANCE), no, note, kind)


def test_nothing_is_followed_twice_nor_let_go_before_it_was_followed(ledger: Store) -> None:
    with writing(ledger) as connection:
        attention.follow(connection, at(FINANCE, 2), "2025-0001")
        with pytest.raises(NotDone, match="follows"):
            attention.follow(connection, at(FINANCE), "2025-0001")
        for days in (3, -1):
            with pytest.raises(NotDone):
                attention.unfollow(connection, at(FINANCE, days), "2025-0001")

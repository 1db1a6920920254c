"""A commit is noticed by whoever watches, on PostgreSQL as it is announced."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from sqlalchemy import event as events

from store.database import Store, writing
from store.models.posts import Actor, Post
from store.pulse import Pulse
from store.services import trace

NOW = datetime(2025, 9, 1, 8, 30)
ACTOR = Actor(Post("owner", "root", "discipline", everything=True), "root", NOW, NOW.date())


def act(store: Store) -> None:
    """An event, committed."""
    with writing(store) as connection:
        trace.record(connection, ACTOR, "export", ("view", "failed"), {"rows": 1})


def until(pulse: Pulse, mark: object) -> object:
    """The first beat that is another one: an announcement may be on its way."""
    return next(beat for _ in count() if (beat := pulse.beat()) != mark)


def test_each_commit_is_another_beat(store: Store) -> None:
    pulse = Pulse(store)
    first = pulse.beat()
    assert [pulse.beat() for _ in range(100)] == [first] * 100
    act(store)
    second = until(pulse, first)
    act(store)
    assert until(pulse, second) not in (first, second)
    pulse.close()


def test_what_is_undone_is_not_announced(store: Store) -> None:
    pulse = Pulse(store)
    first = pulse.beat()
    try:
        with writing(store) as connection:
            trace.record(connection, ACTOR, "export", ("view", "failed"), {"rows": 1})
            raise LookupError
    except LookupError:
        pass
    assert [pulse.beat() for _ in range(100)] == [first] * 100
    pulse.close()


def test_a_server_is_listened_to_and_seldom_asked(store: Store) -> None:
    asked: list[str] = []
    pulse = Pulse(store)
    pulse.beat()
    events.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    mark = pulse.beat()
    for _ in range(30):
        assert pulse.beat() == mark
    assert asked == []
    pulse.close()


def test_a_connection_that_was_lost_is_made_again_and_nothing_is_missed(store: Store) -> None:
    pulse = Pulse(store)
    first = pulse.beat()
    pulse.close()
    act(store)
    assert pulse.beat() != first or store.is_sqlite
    second = pulse.beat()
    act(store)
    until(pulse, second)
    pulse.close()

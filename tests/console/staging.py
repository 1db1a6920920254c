"""What the console's tests stage: a plan whose rows come straight from the ledger's table; its changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from commands.desk import login
from console.app import Console
from console.places import Place
from console.plans import ListPlan, Shown
from store.database import Store, reading, writing
from store.models.ledger import item
from store.models.posts import Actor, Viewer
from store.queries.posts import all_posts
from store.services import trace
from store.tables import Code, Day, Number, Table, table_of

NOW = datetime(2025, 9, 30, 14, 32)


@dataclass(frozen=True)
class Row:
    """A row as the tests list it."""

    item_no: str
    title: str
    grade: Code
    overdue_days: Number
    due_on: Day


def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
    found = connection.execute(select(item).order_by(item.c.item_no))
    grades = ("red", "orange", "yellow")
    rows = [Row(r.item_no, r.title, grades[r.item_id % 3], r.item_id, date(2025, 9, 1)) for r in found]
    return table_of(Row, rows)


PLAN = ListPlan(
    "ledger",
    ask,
    ("item_no",),
    (
        Shown("item_no", 9, 12, 0),
        Shown("title", 10, 30, 1),
        Shown("grade", 4, 8, 1),
        Shown("due_on", 10, 10, 2),
    ),
)


class OneList(Console):
    """The console with the tests' plan alone."""

    FIRST = Place("staged")

    def plan_of(self, place: Place) -> ListPlan:
        return PLAN if place == self.FIRST else super().plan_of(place)


def actor_at(store: Store) -> Actor:
    """The owner of the store, at the tests' moment."""
    with reading(store) as connection:
        (post,) = all_posts(connection)
    return Actor(post, login(), NOW, NOW.date())


def commit(store: Store, statement: Any, rows: Any = None) -> None:
    """Commit a change and its trace, as another process would."""
    actor = actor_at(store)
    with writing(store) as connection:
        connection.execute(statement, rows)
        trace.record(connection, actor, "staged", ("item", ""), {})


def add(store: Store, *numbers: int, title: str = "白马镇低保审批") -> None:
    """Commit items that only the tests' plan sees."""
    rows = [
        {
            "item_id": n,
            "item_no": f"2025-{n:04d}",
            "title": title,
            "category": "late",
            "source": "meeting",
            "region_code": "511002",
            "opened_on": date(2025, 9, 1),
            "status": "registered",
            "version": 1,
        }
        for n in numbers
    ]
    commit(store, insert(item), rows)


def remove(store: Store, *numbers: int) -> None:
    """Commit that items are gone."""
    commit(store, delete(item).where(item.c.item_id.in_(numbers)))


def rename(store: Store, number: int, title: str) -> None:
    """Commit another title."""
    commit(store, update(item).where(item.c.item_id == number).values(title=title))


async def until(pilot: Any, holds: Callable[[], bool], seconds: float = 40.0) -> None:
    """Let the app run until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "\n".join(screen(pilot.app))
        await pilot.pause(0.01)


def screen(app: Any) -> list[str]:
    """The lines on the screen."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]

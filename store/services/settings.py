"""Changes the settings of a store; each change is in the trace with what it was before."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert

from store.errors import NotDone, WrongUsage
from store.models.posts import Actor
from store.models.reference import setting
from store.queries.settings import DEFAULTS, DEMONSTRATION, Demonstration, listed
from store.services import trace
from store.tables import Number


@dataclass(frozen=True, slots=True)
class Changed:
    """A setting as it is now, and as it was."""

    key: str
    value: Number
    before: Number


def put(connection: Connection, actor: Actor, key: str, value: int) -> Changed:
    """Change a setting; only a post that sees everything may."""
    if not actor.post.everything:
        raise NotDone("post_owner_only", post=actor.post.code)
    if key not in DEFAULTS:
        raise WrongUsage("setting_unknown", key=key, keys=", ".join(DEFAULTS))
    known = {row.key: row.value for row in listed(connection)}
    new = {**known, key: value}
    if value < 1 or not new["grade.yellow"] < new["grade.orange"] < new["grade.red"]:
        raise WrongUsage("setting_value", key=key, value=value)
    connection.execute(delete(setting).where(setting.c.key == key))
    connection.execute(insert(setting).values(key=key, value=str(value)))
    trace.record(connection, actor, "settings.set", ("setting", key), {"value": value, "before": known[key]})
    return Changed(key, value, known[key])


def mark_demonstration(connection: Connection, made: Demonstration) -> None:
    """Say in the store itself that its data is made up."""
    state = "whole" if made.whole else "begun"
    connection.execute(delete(setting).where(setting.c.key == DEMONSTRATION))
    value = f"{made.day.isoformat()} {made.size} {state}"
    connection.execute(insert(setting).values(key=DEMONSTRATION, value=value))

"""Transfer an item to a discipline post; rectification goes on."""

from __future__ import annotations

from sqlalchemy import Connection

from console.acts._fields import WHY_NEEDED
from console.acts._items import step_act
from console.forms import Field, FieldKind, Option
from console.subjects import Subject
from store.models.posts import Actor
from store.models.rectification import Step


def _posts(connection: Connection, actor: Actor, subject: Subject, lang: str) -> list[Option]:
    from store.queries.posts import all_posts

    return [Option(post.code, post.name) for post in all_posts(connection) if post.kind == "discipline"]


ACT = step_act(
    Step.TRANSFER,
    "T",
    80,
    (Field("to", FieldKind.CHOICE, required=True, options=_posts), WHY_NEEDED),
)

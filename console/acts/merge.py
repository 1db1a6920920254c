"""Merge an item into another one that is open."""

from __future__ import annotations

from sqlalchemy import Connection

from console.acts._fields import WHY_NEEDED
from console.acts._items import step_act
from console.forms import Field, FieldKind, Option
from console.subjects import Subject
from store.models.posts import Actor
from store.models.rectification import Step


def _others(connection: Connection, actor: Actor, subject: Subject, lang: str) -> list[Option]:
    from store.queries.ledger import listed

    rows = listed(connection, actor.viewer, actor.as_of)
    # what came from the same origin, or lies in the same county, stands first
    rows.sort(
        key=lambda row: (
            row.source_ref is None or row.source_ref != subject.fact("source_ref"),
            row.county != subject.fact("county"),
            row.item_no,
        )
    )
    return [Option(row.item_no, row.title) for row in rows if row.item_no != subject.no]


ACT = step_act(
    Step.MERGE,
    "M",
    110,
    (Field("into", FieldKind.CHOICE, required=True, options=_others), WHY_NEEDED),
)

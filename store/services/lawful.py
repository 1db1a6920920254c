"""What may be done with items before anything is asked: where each stands, and what forbids a step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from store.errors import NotDone
from store.lookup import rows_where
from store.models.ledger import item
from store.models.posts import Actor
from store.models.rectification import Status, Step, after
from store.queries.scope import within
from store.services.ledger import check_hands, not_allowed


@dataclass(frozen=True)
class ItemNow:
    """An item as it stands at this moment; `version` is what a step is taken against."""

    row: Row[Any]

    @property
    def version(self) -> int:
        """How many steps it has had."""
        return int(self.row.version)

    @property
    def due_on(self) -> date | None:
        """The day it is due."""
        due: date | None = self.row.due_on
        return due


def items_now(connection: Connection, actor: Actor, numbers: Collection[str]) -> Mapping[str, ItemNow]:
    """The items of these numbers within the actor's scope, by number."""
    seen = within(actor.viewer, item.c.region_code, code=item.c.programme_code)
    rows = rows_where(connection, select(item).where(seen), item.c.item_no, numbers)
    return {row.item_no: ItemNow(row) for row in rows}


def refusal(connection: Connection, actor: Actor, now: ItemNow, step: Step) -> NotDone | None:
    """Why a step cannot be taken, whatever were said with it; None where it can."""
    row = now.row
    if after(Status(row.status), step) is None:
        return not_allowed(row.item_no, row.status, step)
    if step is Step.EXTEND and row.due_on is None:
        return NotDone("extend_nothing", no=row.item_no)
    if step is Step.CLOSE:
        try:
            check_hands(connection, actor, row)
        except NotDone as error:
            return error
    return None

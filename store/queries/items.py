"""One rectification item of any day: its steps, its evidence checked again, and what was merged into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import Connection, select

from store.errors import NotFound
from store.models.columns import end_of
from store.models.ledger import evidence, item, item_step, step_evidence
from store.models.posts import Viewer
from store.models.rectification import Step
from store.plain import plain
from store.queries.ledger import LedgerRow, rows_of, standing
from store.queries.scope import within
from store.tables import Code, Day, Flag, Moment, Number


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A file of evidence; `intact` is whether its content, checked just now, still has the hash."""

    name: str
    sha256: str
    bytes: Number | None
    intact: Flag


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step; the day, unit and person are those that it gave."""

    at: Moment
    step: Code
    post: str
    why: str | None
    due_on: Day | None
    unit_code: str | None
    responsible: str | None
    evidence: tuple[EvidenceShown, ...]


@dataclass(frozen=True)
class ItemShown(LedgerRow):
    """An item with its steps; `merged` are the items merged into it, `version` counts its steps."""

    steps: tuple[StepShown, ...]
    programme_code: str | None
    merged_into: str | None
    merged: tuple[str, ...]
    version: Number


def shown(connection: Connection, viewer: Viewer, as_of: date, item_no: str) -> ItemShown:
    """One item as it stood at the end of a day, its steps up to then, its evidence checked again."""
    kept = standing(connection, viewer, as_of, item.c.item_no == plain(item_no))
    if not kept:
        raise NotFound("not_found", no=item_no)
    row, state = kept[0]
    steps = _steps(connection, row.item_id, as_of)
    return ItemShown(
        **vars(rows_of(connection, kept, as_of)[0]),
        steps=steps,
        programme_code=row.programme_code,
        merged_into=state.merged_into,
        merged=_merged(connection, viewer, row.item_no, as_of),
        version=len(steps),
    )


def _steps(connection: Connection, item_id: int, as_of: date) -> tuple[StepShown, ...]:
    query = (
        select(item_step)
        .where(item_step.c.item_id == item_id, item_step.c.at <= end_of(as_of))
        .order_by(item_step.c.seq)
    )
    return tuple(
        StepShown(
            row.at,
            row.step,
            row.post,
            row.why,
            row.due_on,
            row.unit_code,
            row.responsible,
            _evidence(connection, row.step_id),
        )
        for row in connection.execute(query).all()
    )


def _evidence(connection: Connection, step_id: int) -> tuple[EvidenceShown, ...]:
    query = (
        select(step_evidence.c.name, step_evidence.c.sha256, evidence.c.bytes)
        .outerjoin(evidence, evidence.c.sha256 == step_evidence.c.sha256)
        .where(step_evidence.c.step_id == step_id)
        .order_by(step_evidence.c.place)
    )
    return tuple(
        EvidenceShown(row.name, row.sha256, row.bytes, _is_intact(connection, row.sha256))
        for row in connection.execute(query).all()
    )


def _is_intact(connection: Connection, digest: str) -> bool:
    # one content at a time: an item may have a great many of the largest
    content = connection.scalar(select(evidence.c.content).where(evidence.c.sha256 == digest))
    return content is not None and sha256(content).hexdigest() == digest


def _merged(connection: Connection, viewer: Viewer, item_no: str, as_of: date) -> tuple[str, ...]:
    """The items that had been merged into one by the end of a day; a merge is always the last step."""
    query = (
        select(item.c.item_no)
        .join(item_step, (item_step.c.item_id == item.c.item_id) & (item_step.c.step == Step.MERGE))
        .where(item.c.merged_into == item_no, item_step.c.at <= end_of(as_of))
        .where(within(viewer, item.c.region_code, code=item.c.programme_code))
        .order_by(item.c.item_no)
    )
    return tuple(connection.scalars(query))

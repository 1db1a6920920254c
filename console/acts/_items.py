"""What the steps of a rectification item have in common: how they are looked at, taken and told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from console.act_plans import ActPlan, Change, Done, Look
from console.acts._fields import EVIDENCE
from console.forms import Field, Given
from console.subjects import Subject
from store.errors import NotFound, SuperviseError
from store.models.posts import Actor
from store.models.rectification import Step
from store.tables import Kind

TOLD = {
    "status": Kind.CODE,
    "due_on": Kind.DAY,
    "unit_code": Kind.TEXT,
    "responsible": Kind.TEXT,
    "leader": Kind.TEXT,
    "measures": Kind.TEXT,
    "type": Kind.CODE,
    "recovered": Kind.MONEY,
    "extensions": Kind.NUMBER,
    "returns": Kind.NUMBER,
    "submitted_by": Kind.TEXT,
    "closed_by": Kind.TEXT,
    "closed_on": Kind.DAY,
    "transferred_to": Kind.TEXT,
    "transferred_on": Kind.DAY,
    "merged_into": Kind.TEXT,
}


def step_act(step: Step, key: str, order: int, fields: tuple[Field, ...] = ()) -> ActPlan:
    """A step of the ledger as an act; every step takes evidence. The names of fields are those of `Act`."""

    def look(connection: Connection, actor: Actor, subjects: Sequence[Subject]) -> Look:
        return looked(connection, actor, subjects, step)

    def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
        return taken(connection, actor, subject, given, step)

    def together(kind: str, given: Given) -> Any:
        return _act(step, given)

    return ActPlan(
        step.value,
        key,
        order,
        frozenset({"item"}),
        (*fields, EVIDENCE),
        do,
        look,
        together=together,
    )


def _act(step: Step, given: Given) -> Any:
    from store.services.ledger import Act

    return Act(step, evidence=given.files, **given.values)


def looked(connection: Connection, actor: Actor, subjects: Sequence[Subject], step: Step) -> Look:
    """How items stand, and which of them forbid a step."""
    from store.services.lawful import items_now, refusal

    now = items_now(connection, actor, {subject.no for subject in subjects})
    refused: dict[str, SuperviseError] = {}
    for subject in subjects:
        found = now.get(subject.no)
        error = (
            NotFound("not_found", no=subject.no) if found is None else refusal(connection, actor, found, step)
        )
        if error is not None:
            refused[subject.no] = error
    return Look(refused, {no: found.version for no, found in now.items()})


def taken(connection: Connection, actor: Actor, subject: Subject, given: Given, step: Step) -> Done:
    """Take the step, and tell what it changed."""
    from store.services import ledger

    before = ledger.found(connection, actor, subject.no)
    ledger.step(connection, actor, subject.no, _act(step, given), given.version(subject.no))
    return Done(before.item_no, changed(before, ledger.found(connection, actor, subject.no)))


def changed(before: Row[Any], after: Row[Any]) -> tuple[Change, ...]:
    """What differs between two looks at an item."""
    pairs = [(key, kind, getattr(before, key), getattr(after, key)) for key, kind in TOLD.items()]
    return tuple(Change(key, was, now, kind) for key, kind, was, now in pairs if was != now)

"""Looks at, plans and carries out acts through the store; it runs outside the thread of the screen.

A plan is the act itself, done on a connection that keeps nothing: what is shown before the question is what
will be recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from console.act_plans import ActPlan, Done, Look
from console.forms import FieldKind, Given, NotFilled, Option, read
from console.seat import Seat
from console.subjects import Subject
from store.database import reading, rehearsing, writing
from store.errors import NotDone, SuperviseError
from store.models.posts import Actor
from store.plain import plain
from store.pulse import still_there
from store.services.evidence import EvidenceFile
from store.workdays import Calendar

if TYPE_CHECKING:
    from store.services.bulk import Plan

# the field that a refusal of the store is about
FIELDS = {
    "extend_later": "due_on",
    "unit_unknown": "unit",
    "transfer_post": "to",
    "merge_itself": "into",
    "merge_ended": "into",
    "county_unknown": "region",
    "county_ambiguous": "region",
    "item_outside": "region",
    "voucher_used": "voucher",
    "link_has_original": "reissue",
    "link_circle": "reissue",
    "link_other_person": "reissue",
    "feedback_text": "content",
    "evidence_kind": "evidence",
    "evidence_size": "evidence",
    "file_missing": "evidence",
    "file_unreadable": "evidence",
}


@dataclass(frozen=True)
class Skipped:
    """A row that an act leaves out, and why."""

    subject: Subject
    error: SuperviseError


@dataclass(frozen=True)
class Planned:
    """What an act would record: for which rows, what of each, which are skipped, and as what it was read."""

    act: ActPlan
    actor: Actor
    subjects: tuple[Subject, ...]
    given: Given
    made: tuple[tuple[Subject, Done], ...]
    skipped: tuple[Skipped, ...] = ()
    together: Plan | None = None


def look(seat: Seat, acts: Sequence[ActPlan], subjects: Sequence[Subject]) -> dict[str, Look]:
    """How the subjects stand towards each act; one that an act is not for is refused by it."""
    still_there(seat.store)
    with reading(seat.store) as connection:
        return {act.name: _look(connection, seat.actor, act, subjects) for act in acts}


def _look(connection: Connection, actor: Actor, act: ActPlan, subjects: Sequence[Subject]) -> Look:
    others = {s.no: NotDone("act_not_for", no=s.no) for s in subjects if s.kind not in act.kinds}
    found = act.look(connection, actor, [s for s in subjects if s.kind in act.kinds])
    return Look({**found.refused, **others}, found.versions)


def calendar(seat: Seat) -> Calendar:
    """The store's working days."""
    from store.queries.timing import time_of

    with reading(seat.store) as connection:
        return time_of(connection).calendar


def options(seat: Seat, act: ActPlan, name: str, subject: Subject) -> list[Option]:
    """What can be chosen in a field."""
    find = next(field.options for field in act.fields if field.name == name)
    still_there(seat.store)
    with reading(seat.store) as connection:
        return [] if find is None else list(find(connection, seat.actor, subject, seat.lang))


def given(
    seat: Seat, act: ActPlan, texts: Mapping[str, str], days: Calendar, versions: Mapping[str, int]
) -> Given:
    """A form as it is read, its evidence from disk; NotFilled with every field that cannot be read."""
    from store.services import evidence

    values: dict[str, object] = {}
    files: tuple[EvidenceFile, ...] = ()
    errors: dict[str, SuperviseError] = {}
    for field in act.fields:
        try:
            value = read(field, texts.get(field.name, ""), seat.as_of, days)
            if field.kind is FieldKind.FILES:
                files = evidence.read(value)
            else:
                values[field.name] = value
        except SuperviseError as error:
            errors[field.name] = error
    if errors:
        raise NotFilled(errors)
    return Given(values, files, versions)


def plan(seat: Seat, act: ActPlan, subjects: Sequence[Subject], told: Given) -> Planned:
    """What the act would record. Of one row a refusal is raised (NotFilled where a field is to blame)."""
    still_there(seat.store)
    actor = seat.actor
    if len(subjects) > 1 and act.together is not None:
        return _together(seat, actor, act, subjects, told)
    # the content of evidence need not be written to be rehearsed: it was read, and has its hash
    rehearsed = Given(told.values, (), told.versions)
    with rehearsing(seat.store) as connection:
        made, skipped = _each(connection, actor, act, subjects, rehearsed)
    if skipped and (len(subjects) == 1 or not made):
        error = skipped[0].error
        name = FIELDS.get(error.key)
        if name in {field.name for field in act.fields}:
            raise NotFilled({str(name): error})
        raise error
    return Planned(act, actor, tuple(subjects), told, made, skipped)


def carry_out(seat: Seat, planned: Planned) -> Planned:
    """Record it, all in one commit; rows that were skipped stay so, others may be skipped by now."""
    still_there(seat.store)
    act, subjects = planned.act, [subject for subject, _ in planned.made]
    actor = replace(planned.actor, now=seat.clock())
    if planned.together is not None:
        return _carried_out(seat, replace(planned, actor=actor), planned.together)
    with writing(seat.store) as connection:
        made, skipped = _each(connection, actor, act, subjects, planned.given)
        if skipped and not made:
            raise skipped[0].error
    return replace(planned, actor=actor, made=made, skipped=(*planned.skipped, *skipped))


def _together(seat: Seat, actor: Actor, act: ActPlan, subjects: Sequence[Subject], told: Given) -> Planned:
    """Many rows as one act of the store; those that are of another kind than the first are left out."""
    from store.services import bulk

    assert act.together is not None
    kind = next((subject.kind for subject in subjects if subject.kind in act.kinds), "")
    own = [subject for subject in subjects if subject.kind == kind]
    others = [Skipped(s, NotDone("act_not_for", no=s.no)) for s in subjects if s.kind != kind]
    with reading(seat.store) as connection:
        found = bulk.plan(connection, actor, [subject.no for subject in own], act.together(kind, told))
    named = {plain(subject.no): subject for subject in own}
    made = [(named[row.no], Done(row.no)) for row in found.rows if row.refusal is None]
    skipped = [
        Skipped(named[row.no], NotDone(row.refusal.key, **row.refusal.values))
        for row in found.rows
        if row.refusal is not None
    ]
    if not made:
        raise (skipped or others)[0].error
    return Planned(act, actor, tuple(subjects), told, tuple(made), (*skipped, *others), found)


def _carried_out(seat: Seat, planned: Planned, found: Plan) -> Planned:
    """Carry out what the store planned for many rows, and tell what became of each."""
    from store.services import bulk

    named = {plain(subject.no): subject for subject in planned.subjects}
    with writing(seat.store) as connection:
        outcome = bulk.carry_out(connection, planned.actor, found)
    before = {plain(each.subject.no) for each in planned.skipped}
    made = tuple((named[row.no], Done(row.made or row.no)) for row in outcome.rows if row.refusal is None)
    skipped = [
        Skipped(named[row.no], NotDone(row.refusal.key, **row.refusal.values))
        for row in outcome.rows
        if row.refusal is not None and row.no not in before
    ]
    if skipped and not made:
        raise skipped[0].error
    return replace(planned, made=made, skipped=(*planned.skipped, *skipped))


def _each(
    connection: Connection, actor: Actor, act: ActPlan, subjects: Sequence[Subject], told: Given
) -> tuple[tuple[tuple[Subject, Done], ...], tuple[Skipped, ...]]:
    """Each row whole or not at all."""
    made, skipped = [], []
    for subject in subjects:
        if subject.kind not in act.kinds:
            skipped.append(Skipped(subject, NotDone("act_not_for", no=subject.no)))
            continue
        row = connection.begin_nested()
        try:
            made.append((subject, act.do(connection, actor, subject, told)))
        except SuperviseError as error:
            row.rollback()
            skipped.append(Skipped(subject, error))
        else:
            row.commit()
    return tuple(made), tuple(skipped)


def look_noted(seat: Seat, seq: int) -> None:
    """Note that all changes up to an event were looked at."""
    from store.services import looks

    still_there(seat.store)
    with writing(seat.store) as connection:
        looks.looked(connection, seat.viewer, seat.clock(), seq)

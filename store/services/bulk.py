"""Acts on many rows at once: what would be done, what skipped and why; then all of it in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert

from store.database import lock_trace
from store.errors import NotDone, SuperviseError
from store.models.columns import place_of_all
from store.models.posts import Actor
from store.models.rectification import Step
from store.models.trace import act_subject, digest_of
from store.plain import plain
from store.queries.origins import under_way
from store.services import evidence, failures, ledger, registration, trace
from store.services.evidence import EvidenceFile
from store.services.failures import Feedback
from store.services.ledger import Act
from store.services.registration import Opening
from store.words import say

# What may be done to many: a step with each item; an item opened from each origin, whose source the opening
# names; feedback on each failure.
Many = Act | Opening | Feedback


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is skipped: an error's key and its values."""

    key: str
    values: Mapping[str, object]

    def sentence(self, lang: str) -> str:
        """The reason as a sentence, in zh or en."""
        return say(f"error.{self.key}", lang, **self.values)


@dataclass(frozen=True, slots=True)
class Planned:
    """A row as it was named; `refusal` says why it will be skipped, None where it will be done.

    `version` is that of the item as it was planned, None where rows have none.
    """

    no: str
    refusal: Refusal | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act would do to each of many rows, in the order in which they were named."""

    act: Many
    rows: tuple[Planned, ...]

    @property
    def count(self) -> int:
        """How many will be done."""
        return sum(row.refusal is None for row in self.rows)

    @property
    def skipped(self) -> tuple[Planned, ...]:
        """The rows that will be skipped."""
        return tuple(row for row in self.rows if row.refusal is not None)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a row: `made` is the item changed or opened, or the payment; None where skipped."""

    no: str
    made: str | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to many; `seq` is the one event of it, None where every row was skipped."""

    rows: tuple[Done, ...]
    seq: int | None

    @property
    def count(self) -> int:
        """How many were done."""
        return sum(row.refusal is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A row that may be done: what it stands for, where it lies, and what does it."""

    key: str
    region: str | None
    version: int | None
    do: Callable[[Sequence[EvidenceFile]], str]


def plan(connection: Connection, actor: Actor, numbers: Collection[str], act: Many) -> Plan:
    """What an act would do to each row; it reads only. WrongUsage where the act itself is put wrongly."""
    act = _said(actor, act)
    _files(act)  # found missing now, not when it is done
    rows: list[Planned] = []
    seen: dict[str, str] = {}
    for no in dict.fromkeys(plain(each) for each in numbers):
        ready = _ready(connection, actor, no, act, seen)
        if isinstance(ready, Refusal):
            rows.append(Planned(no, ready))
        else:
            rows.append(Planned(no, version=ready.version))
    return Plan(act, tuple(rows))


def carry_out(connection: Connection, actor: Actor, planned: Plan) -> Outcome:
    """Do what was planned, each row whole or not at all, with one event for all of it.

    A row that was to be skipped stays skipped; one that may no longer be done, or that was changed since, is
    skipped with its reason.
    """
    act = _said(actor, planned.act)
    files = _files(act)
    lock_trace(connection)
    rows: list[Done] = []
    seen: dict[str, str] = {}
    subjects: dict[str, str | None] = {}
    for row in planned.rows:
        ready = row.refusal or _ready(connection, actor, row.no, act, seen, row.version)
        if isinstance(ready, Refusal):
            rows.append(Done(row.no, refusal=ready))
            continue
        made = ready.do(files)
        subjects[made] = ready.region
        rows.append(Done(row.no, made))
    return Outcome(tuple(rows), _traced(connection, actor, act, files, subjects) if subjects else None)


def _said(actor: Actor, act: Many) -> Many:
    """The act with its texts and codes read; WrongUsage where something needed was not said."""
    if isinstance(act, Act):
        return ledger.said(act)
    if isinstance(act, Opening):
        return registration.said(actor, act)
    failures.check_feedback(act)
    return act


def _files(act: Many) -> tuple[EvidenceFile, ...]:
    return evidence.read(() if isinstance(act, Feedback) else act.evidence)


def _ready(
    connection: Connection,
    actor: Actor,
    no: str,
    act: Many,
    seen: dict[str, str],
    version: int | None = None,
) -> _Ready | Refusal:
    """A row that may be done, or why not; two names for one thing are one row, and the second is skipped."""
    try:
        ready = _checked(connection, actor, no, act)
        if ready.key in seen:
            raise NotDone("bulk_twice", no=no, first=seen[ready.key])
        if version not in (None, ready.version):
            raise NotDone("item_changed", no=no)
    except SuperviseError as error:
        return Refusal(error.key, error.values)
    seen[ready.key] = no
    return ready


def _checked(connection: Connection, actor: Actor, no: str, act: Many) -> _Ready:
    if isinstance(act, Act):
        step = ledger.checked(connection, actor, no, act)

        def take(files: Sequence[EvidenceFile]) -> str:
            ledger.take(connection, actor, step, files)
            return str(step.row.item_no)

        return _Ready(step.row.item_no, step.row.region_code, step.row.version, take)
    if isinstance(act, Opening):
        opening = registration.filled(connection, actor, replace(act, source_ref=no))
        _check_first(connection, opening)

        def register(files: Sequence[EvidenceFile]) -> str:
            return registration.register(connection, actor, opening, files)

        return _Ready(opening.source_ref or no, opening.region, None, register)
    said = act
    failed = failures.feedback_ready(connection, actor, no, said)

    def give(_files: Sequence[EvidenceFile]) -> str:
        return failures.give_feedback(connection, actor, failed, said).payment_no

    return _Ready(failed.failure.payment_no, failed.payment.region_code or None, None, give)


def _check_first(connection: Connection, opening: Opening) -> None:
    """NotDone where an item from this origin is under way: of many, some are likely to have one."""
    for item_no in under_way(connection, opening.source, opening.source_ref):
        raise NotDone("bulk_has_item", no=opening.source_ref, item=item_no)


def _traced(
    connection: Connection,
    actor: Actor,
    act: Many,
    files: Sequence[EvidenceFile],
    subjects: Mapping[str, str | None],
) -> int:
    """One event for all, and whom it concerned; its place is the smallest that holds them all."""
    digest = digest_of(subjects)
    detail: dict[str, Any] = {"count": len(subjects), "digest": digest}
    if isinstance(act, Act):
        verb, kind = f"ledger.{act.step}", "item"
        detail |= ledger.traced(act, files)
    elif isinstance(act, Opening):
        verb, kind = f"ledger.{Step.OPEN}", "item"
        detail |= {"title": act.title, "category": act.category, "source": act.source}
        detail |= registration.traced(act, files)
    else:
        verb, kind = "failed.feedback", "failure"
        detail |= failures.feedback_traced(act)
    place = place_of_all(subjects.values())
    seq = trace.record(connection, actor, verb, (f"{kind}s", digest[:12]), detail, place)
    rows = [
        {"seq": seq, "subject": no, "subject_kind": kind, "region_code": region}
        for no, region in subjects.items()
    ]
    connection.execute(insert(act_subject), rows)
    return seq

"""Takes rectification items step by step to their closing; every step is kept, and traced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from store.choices import clean, coded, in_words
from store.database import lock_trace
from store.errors import NotDone, NotFound, WrongUsage
from store.models.ledger import item, item_step
from store.models.posts import Actor
from store.models.rectification import (
    ENDED,
    NEEDS_WHY,
    STATE_FIELDS,
    TYPES,
    ItemState,
    Status,
    Step,
    after,
    lawful,
    state_text,
)
from store.models.reference import unit
from store.plain import plain
from store.queries.posts import all_posts
from store.queries.scope import within
from store.services import evidence, trace
from store.services.evidence import EvidenceFile


@dataclass(frozen=True, slots=True)
class Act:
    """A step and what it brings; `recovered` is fen in all so far, `to` a post, `into` an item number."""

    step: Step
    why: str | None = None
    evidence: tuple[Path | EvidenceFile, ...] = ()
    unit: str | None = None
    responsible: str | None = None
    leader: str | None = None
    due_on: date | None = None
    measures: str | None = None
    type: str | None = None
    recovered: int | None = None
    to: str | None = None
    into: str | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A step that may be taken: the item as it stands, the act, and the state that it leaves."""

    row: Row[Any]
    act: Act
    state: ItemState


def step(
    connection: Connection, actor: Actor, item_no: str, act: Act, expected_version: int | None = None
) -> int:
    """Take one step with an item and return its new version; whatever is refused changes nothing.

    `expected_version` is the version that the actor saw: NotDone item_changed where it is no longer that.
    """
    act = said(act)
    files = evidence.read(act.evidence)
    lock_trace(connection)  # acts stand in line: numbers, evidence and merges need no lock of their own
    ready = checked(connection, actor, item_no, act, expected_version)
    version = take(connection, actor, ready, files)
    detail = {"status": ready.state.status, **traced(act, files)}
    subject = ("item", ready.row.item_no)
    trace.record(connection, actor, f"ledger.{act.step}", subject, detail, ready.row.region_code)
    return version


def said(act: Act) -> Act:
    """The act with its texts trimmed and its codes read; WrongUsage where something needed was not said."""
    texts = ("why", "unit", "responsible", "leader", "measures", "to", "into")
    trimmed: dict[str, Any] = {name: clean(getattr(act, name)) for name in texts}
    act = replace(act, **trimmed, type=coded("type", TYPES, act.type))
    needed = {Step.EXTEND: "due_on", Step.TRANSFER: "to", Step.MERGE: "into"}
    missing = needed.get(act.step)
    if act.step in NEEDS_WHY and act.why is None:
        raise WrongUsage("step_needs", **in_words("step", act.step), option="--why")
    if missing is not None and getattr(act, missing) is None:
        option = f"--{missing.removesuffix('_on')}"
        raise WrongUsage("step_needs", **in_words("step", act.step), option=option)
    if act.recovered is not None and act.recovered < 0:
        raise WrongUsage("bad_yuan", text=act.recovered / 100)
    return act


def checked(
    connection: Connection, actor: Actor, item_no: str, act: Act, expected_version: int | None = None
) -> Ready:
    """Whether an act that was `said` may be taken with an item now; it reads only; NotDone says why not."""
    row = found(connection, actor, item_no)
    if expected_version not in (None, row.version):
        raise NotDone("item_changed", no=row.item_no)
    _check_day(connection, actor, row)
    state = ItemState(**{name: getattr(row, name) for name in STATE_FIELDS})
    status = after(Status(row.status), act.step)
    if status is None:
        raise not_allowed(row.item_no, row.status, act.step)
    return Ready(row, act, replace(_changed(connection, actor, row, state, act), status=status))


def take(connection: Connection, actor: Actor, ready: Ready, files: Sequence[EvidenceFile]) -> int:
    """Write a step that was checked in this transaction, without its event; the item's new version."""
    row, act = ready.row, ready.act
    version = int(row.version) + 1
    matched = (item.c.item_id == row.item_id) & (item.c.version == row.version)
    values = {"version": version, **asdict(ready.state)}
    if not connection.execute(update(item).where(matched).values(**values)).rowcount:
        raise NotDone("item_changed", no=row.item_no)
    write_step(connection, actor, row.item_id, version, act.step, act.why, files, ready.state)
    return version


_TRACED = ("unit", "responsible", "leader", "due_on", "measures", "type", "recovered", "to", "into")


def traced(act: Act, files: Sequence[EvidenceFile]) -> dict[str, object]:
    """What an event tells of an act."""
    brought = {name: value for name, value in asdict(act).items() if name in _TRACED and value is not None}
    return {"why": act.why, "evidence": [file.sha256 for file in files], **brought}


def found(connection: Connection, actor: Actor, item_no: str) -> Row[Any]:
    """The item as it stands; NotFound where there is none within the actor's scope."""
    seen = within(actor.viewer, item.c.region_code, code=item.c.programme_code)
    row = connection.execute(select(item).where(item.c.item_no == plain(item_no), seen)).one_or_none()
    if row is None:
        raise NotFound("not_found", no=item_no)
    return row


def known_unit(connection: Connection, code: str | None) -> None:
    """NotDone where a unit is named that is not stored."""
    if code is not None and connection.scalar(select(unit.c.name).where(unit.c.unit_code == code)) is None:
        raise NotDone("unit_unknown", unit=code)


def write_step(
    connection: Connection,
    actor: Actor,
    item_id: int,
    seq: int,
    taken: Step,
    why: str | None,
    files: Sequence[EvidenceFile],
    state: ItemState,
) -> None:
    """Write one step with its evidence and the state that it left."""
    assigns = taken in (Step.OPEN, Step.ASSIGN)
    step_id = connection.execute(
        insert(item_step)
        .values(
            item_id=item_id,
            seq=seq,
            at=actor.at,
            step=taken,
            post=actor.post.code,
            login=actor.login,
            why=why,
            due_on=state.due_on if assigns or taken is Step.EXTEND else None,
            unit_code=state.unit_code if assigns else None,
            responsible=state.responsible if assigns else None,
            after=state_text(state),
        )
        .returning(item_step.c.step_id)
    ).scalar_one()
    evidence.attach(connection, step_id, files)


def _check_day(connection: Connection, actor: Actor, row: Row[Any]) -> None:
    """An act is dated between the item's last step and today: no past answer of another day changes."""
    here = (item_step.c.item_id == row.item_id) & (item_step.c.seq == row.version)
    last = connection.execute(select(item_step.c.at).where(here)).scalar_one().date()
    check_day(actor, last)


def check_day(actor: Actor, last: date) -> None:
    """NotDone where an act is dated before `last` or after today."""
    today = actor.now.date()
    if not last <= actor.as_of <= today:
        raise NotDone("act_day", day=actor.as_of, last=last, today=today)


def not_allowed(item_no: str, status: str, taken: Step) -> NotDone:
    """The sentence for a step that is not lawful from a status, with those that are."""
    may = [in_words("step", each) for each in lawful(Status(status))]
    return NotDone(
        "step_not_allowed",
        no=item_no,
        **in_words("status", status),
        **in_words("step", taken),
        may_zh="、".join(each["step_zh"] for each in may) or "无",
        may_en=", ".join(each["step_en"] for each in may) or "nothing",
    )


def _changed(connection: Connection, actor: Actor, row: Row[Any], state: ItemState, act: Act) -> ItemState:
    """What a step changes beside the status, after the checks that are its own."""
    match act.step:
        case Step.ASSIGN:
            known_unit(connection, act.unit)
            return _assigned(state, act)
        case Step.PROGRESS:
            return state if act.recovered is None else replace(state, recovered=act.recovered)
        case Step.SUBMIT:
            return replace(state, submitted_by=actor.post.code, submitted_login=actor.login)
        case Step.RETURN:
            return replace(state, returns=state.returns + 1, submitted_by=None, submitted_login=None)
        case Step.CLOSE:
            check_hands(connection, actor, row)
            return replace(state, closed_by=actor.post.code, closed_on=actor.as_of)
        case Step.EXTEND:
            if state.due_on is None:
                raise NotDone("extend_nothing", no=row.item_no)
            if act.due_on is None or act.due_on <= state.due_on:
                raise NotDone("extend_later", no=row.item_no, due=state.due_on)
            return replace(state, due_on=act.due_on, extensions=state.extensions + 1)
        case Step.TRANSFER:
            _check_discipline(connection, act.to)
            return replace(state, transferred_to=act.to, transferred_on=actor.as_of)
        case Step.REOPEN:
            return replace(state, submitted_by=None, submitted_login=None, closed_by=None, closed_on=None)
        case Step.MERGE:
            return replace(state, merged_into=_merge_target(connection, actor, row, act.into or ""))
        case _:
            return state


def _assigned(state: ItemState, act: Act) -> ItemState:
    """A new assignment that moves a standing day later is an extension, and counts as one."""
    due_on = act.due_on or state.due_on
    later = (
        state.status != Status.REGISTERED
        and state.due_on is not None
        and due_on is not None
        and due_on > state.due_on
    )
    return replace(
        state,
        unit_code=act.unit or state.unit_code,
        responsible=act.responsible or state.responsible,
        leader=act.leader or state.leader,
        measures=act.measures or state.measures,
        type=act.type or state.type,
        due_on=due_on,
        first_due_on=state.first_due_on or due_on,
        extensions=state.extensions + later,
    )


def check_hands(connection: Connection, actor: Actor, row: Row[Any]) -> None:
    """Who ever submitted an item never closes it: not the same post, nor one person at two bound posts."""
    bound = {each.code for each in all_posts(connection) if each.logins}
    submits = select(item_step.c.post, item_step.c.login).where(
        item_step.c.item_id == row.item_id, item_step.c.step == Step.SUBMIT
    )
    for hand in connection.execute(submits):
        if hand.post == actor.post.code:
            raise NotDone("same_post", no=row.item_no, post=hand.post)
        if hand.login == actor.login and {hand.post, actor.post.code} <= bound:
            raise NotDone("same_person", no=row.item_no, login=hand.login, post=hand.post)


def _check_discipline(connection: Connection, to: str | None) -> None:
    kinds = {each.code: each.kind for each in all_posts(connection)}
    if kinds.get(to or "") != "discipline":
        posts = ", ".join(code for code, kind in kinds.items() if kind == "discipline")
        raise NotDone("transfer_post", post=to, posts=posts)


def _merge_target(connection: Connection, actor: Actor, row: Row[Any], into: str) -> str:
    target = found(connection, actor, into)
    if target.item_id == row.item_id:
        raise NotDone("merge_itself", no=row.item_no)
    if Status(target.status) in ENDED:
        raise NotDone("merge_ended", no=target.item_no, **in_words("status", target.status))
    check_day(actor, target.opened_on)
    return str(target.item_no)

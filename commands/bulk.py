"""`supervise ledger bulk` and `supervise failed bulk`: one act on many rows, and why some were skipped."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from sqlalchemy import Connection

from commands.desk import Desk, acting, asking, day, fen_typed, open_desk
from commands.options import Shared, argument, command, option
from commands.output import SOMETHING_TO_LOOK_AT, emit, ready, say_aside
from store.choices import coded
from store.errors import NotDone, WrongUsage
from store.models.posts import Actor, Viewer
from store.models.rectification import Step
from store.queries import ledger as question
from store.queries.places import resolve
from store.services import bulk as service
from store.services.bulk import Many, Outcome, Plan
from store.services.failures import Feedback
from store.services.ledger import Act
from store.services.registration import Opening
from store.tables import Digits, Flag, table_of
from store.words import say

Choose = Callable[[Connection, Viewer], Sequence[str]]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What became of an item, or would: `why` it is skipped."""

    item_no: str
    done: Flag
    why: str | None


@dataclass(frozen=True, slots=True)
class OriginRow:
    """What became of an origin: the item that was opened, or `why` it is skipped."""

    source_ref: Digits
    done: Flag
    why: str | None
    item_no: str | None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """What became of a failed payment, or would: `why` it is skipped."""

    payment_no: Digits
    done: Flag
    why: str | None


@command("ledger bulk")
def take_step(
    shared: Shared,
    step: str = argument("step"),
    numbers: str | None = option("numbers"),
    where_status: str | None = option("where-status"),
    county: str | None = option("county"),
    overdue: bool = option("overdue", False, help_key="where_overdue"),
    dry_run: bool = option("dry-run", False, help_key="dry_run_bulk"),
    unit: str | None = option("unit"),
    responsible: str | None = option("responsible"),
    leader: str | None = option("leader"),
    due: str | None = option("due"),
    measures: str | None = option("measures"),
    kind: str | None = option("type"),
    recovered: str | None = option("recovered"),
    to: str | None = option("to"),
    into: str | None = option("into"),
    title: str | None = option("title"),
    category: str | None = option("category"),
    source: str | None = option("source"),
    region: str | None = option("region"),
    doc_no: str | None = option("doc-no"),
    evidence: list[Path] = option("evidence", []),
) -> None:
    """Take one step with many items, or with `open` open one from each origin."""
    words = {each.value: say(f"enum.step.{each}", "zh") for each in Step}
    taken = Step(coded("step", words, step) or "")
    due_on = day(due) if due is not None else None
    asks = (where_status, county, overdue or None)
    listed = _typed(numbers) if numbers is not None else None
    desk = open_desk(shared)
    if taken is Step.OPEN:
        if listed is None or any(asks) or source is None:
            raise WrongUsage("bulk_numbers")
        ready(desk, OriginRow)
        with asking(desk, ("view", "ledger"), {}) as (connection, viewer):
            place = resolve(connection, viewer, region) if region is not None else None
        opening = Opening(
            title,
            category,
            source,
            region=place,
            unit=unit,
            responsible=responsible,
            leader=leader,
            due_on=due_on,
            measures=measures,
            type=kind,
            doc_no=doc_no,
            why=shared.why,
            evidence=tuple(evidence),
        )
        _carried(desk, lambda *_: listed, opening, dry_run, OriginRow)
        return
    if (listed is None) == (not any(asks)):
        raise WrongUsage("bulk_which")
    ready(desk, ItemRow)
    texts = (unit, responsible, leader)
    act = Act(
        taken, shared.why, tuple(evidence), *texts, due_on, measures, kind, fen_typed(recovered), to, into
    )

    def choose(connection: Connection, viewer: Viewer) -> Sequence[str]:
        if listed is not None:
            return listed
        place = resolve(connection, viewer, county, county_only=True) if county is not None else None
        filters = question.Filters(False, where_status, place, overdue)
        return [row.item_no for row in question.listed(connection, viewer, desk.as_of, filters)]

    _carried(desk, choose, act, dry_run, ItemRow)


@command("failed bulk")
def give_feedback(
    shared: Shared,
    act: str = argument("act"),
    numbers: str = option("numbers", ...),
    text: str = option("text", ...),
    unit: str | None = option("unit"),
    expected: str | None = option("expected"),
    dry_run: bool = option("dry-run", False, help_key="dry_run_bulk"),
) -> None:
    """Record the same feedback on many failed payments."""
    if act != "feedback":
        raise WrongUsage("bad_choice", option="act", value=act, choices="feedback")
    said = Feedback(text, unit, day(expected) if expected else None)
    listed = _typed(numbers)
    desk = open_desk(shared)
    ready(desk, PaymentRow)
    _carried(desk, lambda *_: listed, said, dry_run, PaymentRow)


def _carried(desk: Desk, choose: Choose, act: Many, dry_run: bool, row_class: type) -> None:
    """Plan and do it in one transaction, or plan only; print each row; exit 3 where one was skipped."""

    def planned(connection: Connection, actor: Actor) -> Plan:
        return service.plan(connection, actor, choose(connection, actor.viewer), act)

    found: Plan | Outcome
    if dry_run:
        with asking(desk, ("view", "bulk"), {}) as (connection, _viewer):
            found = planned(connection, desk.actor)
    else:
        with acting(desk) as (connection, actor):
            found = service.carry_out(connection, actor, planned(connection, actor))
    rows = []
    for row in found.rows:
        why = row.refusal.sentence(desk.lang) if row.refusal else None
        made = (getattr(row, "made", None),) if row_class is OriginRow else ()
        rows.append(row_class(row.no, row.refusal is None, why, *made))
    skipped = len(found.rows) - found.count
    say_aside(say("bulk.would" if dry_run else "bulk.did", desk.lang, count=found.count, skipped=skipped))
    emit(table_of(row_class, rows), desk, "failed bulk" if row_class is PaymentRow else "ledger bulk")
    if skipped:
        raise typer.Exit(SOMETHING_TO_LOOK_AT)


def _typed(name: str) -> list[str]:
    """The numbers in a file or on standard input: one a line, the first cell of it; a header is left out."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
    except FileNotFoundError:
        raise NotDone("file_missing", path=name) from None
    except (OSError, UnicodeDecodeError):
        raise NotDone("file_unreadable", path=name) from None
    cells = [re.split(r"[,;\t]", line, maxsplit=1)[0].strip().strip('"') for line in text.splitlines()]
    found = [cell for cell in cells if cell]
    return found[1:] if found and re.fullmatch(r"[a-z_]+_(no|ref)", found[0]) else found

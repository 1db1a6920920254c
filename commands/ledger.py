"""`supervise ledger`: the list, one item, opening one, and every step to its closing."""

from __future__ import annotations

from pathlib import Path

from commands import bulk as on_many
from commands.desk import Desk, acting, asking, day, fen_typed, open_desk
from commands.options import Shared, argument, command, flag, option
from commands.output import emit, ready, say_aside
from store.models.rectification import Step
from store.queries import items
from store.queries import ledger as question
from store.queries.items import ItemShown
from store.queries.places import resolve
from store.services import ledger as service
from store.services.ledger import Act
from store.services.registration import Opening, open_item
from store.tables import table_of
from store.words import say


def _print(desk: Desk, no: str) -> None:
    with asking(desk, ("item", no), {}) as (connection, viewer):
        found = items.shown(connection, viewer, desk.as_of, no)
    for step in found.steps:
        for file in step.evidence:
            if not file.intact:
                say_aside(say("ledger.evidence_damaged", desk.lang, name=file.name, sha256=file.sha256))
    emit(table_of(ItemShown, [found], single=True), desk, "ledger show")


def _take(shared: Shared, no: str, act: Act) -> None:
    desk = open_desk(shared)
    ready(desk, ItemShown)
    with acting(desk) as (connection, actor):
        service.step(connection, actor, no, act)
    _print(desk, no)


@command("ledger", lists=True)
def list_items(
    shared: Shared,
    everything: bool = flag("all"),
    status: str | None = option("status"),
    county: str | None = option("county"),
    overdue: bool = flag("overdue"),
    waiting: bool = flag("waiting"),
    to: str | None = option("to"),
) -> None:
    """List the items of the ledger."""
    desk = open_desk(shared)
    asked = {"all": everything, "status": status, "county": county, "overdue": overdue}
    asked |= {"waiting": waiting, "to": to}
    with asking(desk, ("view", "ledger"), asked) as (connection, viewer):
        place = resolve(connection, viewer, county, county_only=True) if county is not None else None
        filters = question.Filters(everything, status, place, overdue, waiting, to)
        rows = question.listed(connection, viewer, desk.as_of, filters)
    emit(table_of(question.LedgerRow, rows), desk, "ledger")


@command("ledger show")
def show_item(shared: Shared, no: str = argument("no")) -> None:
    """Show one item."""
    _print(open_desk(shared), no)


@command("ledger open")
def open_(
    shared: Shared,
    title: str | None = option("title"),
    category: str | None = option("category"),
    source: str | None = option("source"),
    source_ref: str | None = option("source-ref"),
    region: str | None = option("region"),
    programme: str | None = option("programme"),
    unit: str | None = option("unit"),
    responsible: str | None = option("responsible"),
    leader: str | None = option("leader"),
    due: str | None = option("due"),
    measures: str | None = option("measures"),
    kind: str | None = option("type"),
    amount: str | None = option("amount"),
    doc_no: str | None = option("doc-no"),
    evidence: list[Path] = option("evidence", []),
) -> None:
    """Open an item."""
    desk = open_desk(shared)
    ready(desk, ItemShown)
    due_on, fen = day(due) if due is not None else None, fen_typed(amount)
    with acting(desk) as (connection, actor):
        place = resolve(connection, actor.viewer, region) if region is not None else None
        opening = Opening(
            title,
            category,
            source,
            source_ref,
            place,
            programme,
            unit,
            responsible,
            leader,
            due_on,
            measures,
            kind,
            fen,
            doc_no,
            shared.why,
            tuple(evidence),
        )
        no = open_item(connection, actor, opening)
    _print(desk, no)


@command("ledger assign")
def assign(
    shared: Shared,
    no: str = argument("no"),
    unit: str | None = option("unit"),
    responsible: str | None = option("responsible"),
    leader: str | None = option("leader"),
    due: str | None = option("due"),
    measures: str | None = option("measures"),
    kind: str | None = option("type"),
    evidence: list[Path] = option("evidence", []),
) -> None:
    """Assign an item."""
    due_on = day(due) if due is not None else None
    act = Act(
        Step.ASSIGN, shared.why, tuple(evidence), unit, responsible, leader, due_on, measures, type=kind
    )
    _take(shared, no, act)


@command("ledger progress")
def progress(
    shared: Shared,
    no: str = argument("no"),
    recovered: str | None = option("recovered"),
    evidence: list[Path] = option("evidence", []),
) -> None:
    """Record progress."""
    _take(shared, no, Act(Step.PROGRESS, shared.why, tuple(evidence), recovered=fen_typed(recovered)))


@command("ledger submit")
def submit(shared: Shared, no: str = argument("no"), evidence: list[Path] = option("evidence", [])) -> None:
    """Ask for the closing."""
    _take(shared, no, Act(Step.SUBMIT, shared.why, tuple(evidence)))


@command("ledger return")
def return_(shared: Shared, no: str = argument("no"), evidence: list[Path] = option("evidence", [])) -> None:
    """Return a submitted item."""
    _take(shared, no, Act(Step.RETURN, shared.why, tuple(evidence)))


@command("ledger close")
def close(shared: Shared, no: str = argument("no"), evidence: list[Path] = option("evidence", [])) -> None:
    """Close a submitted item."""
    _take(shared, no, Act(Step.CLOSE, shared.why, tuple(evidence)))


@command("ledger extend")
def extend(
    shared: Shared,
    no: str = argument("no"),
    due: str | None = option("due"),
    evidence: list[Path] = option("evidence", []),
) -> None:
    """Extend an item to a later day."""
    due_on = day(due) if due is not None else None
    _take(shared, no, Act(Step.EXTEND, shared.why, tuple(evidence), due_on=due_on))


@command("ledger transfer")
def transfer(
    shared: Shared,
    no: str = argument("no"),
    to: str | None = option("to"),
    evidence: list[Path] = option("evidence", []),
) -> None:
    """Transfer an item to a discipline post."""
    _take(shared, no, Act(Step.TRANSFER, shared.why, tuple(evidence), to=to))


@command("ledger reopen")
def reopen(shared: Shared, no: str = argument("no"), evidence: list[Path] = option("evidence", [])) -> None:
    """Reopen a closed item."""
    _take(shared, no, Act(Step.REOPEN, shared.why, tuple(evidence)))


@command("ledger withdraw")
def withdraw(shared: Shared, no: str = argument("no"), evidence: list[Path] = option("evidence", [])) -> None:
    """Withdraw an item."""
    _take(shared, no, Act(Step.WITHDRAW, shared.why, tuple(evidence)))


@command("ledger merge")
def merge(
    shared: Shared,
    no: str = argument("no"),
    into: str | None = option("into"),
    evidence: list[Path] = option("evidence", []),
) -> None:
    """Merge an item into another."""
    _take(shared, no, Act(Step.MERGE, shared.why, tuple(evidence), into=into))


bulk = on_many.take_step

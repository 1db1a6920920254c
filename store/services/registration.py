"""Opens rectification items: checks what is said, takes the rest from the origin, and gives the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, literal, select, update

from store.choices import clean, coded
from store.database import lock_trace
from store.errors import NotDone, WrongUsage
from store.models.columns import Region, Text
from store.models.ledger import counter, item
from store.models.posts import Actor
from store.models.rectification import CATEGORIES, SOURCES, TYPES, ItemState, Status, Step
from store.models.reference import programme
from store.plain import plain
from store.queries.origins import origin
from store.queries.scope import within
from store.services import evidence, trace
from store.services.evidence import EvidenceFile
from store.services.ledger import known_unit, write_step


@dataclass(frozen=True, slots=True)
class Opening:
    """What an item is opened with: codes of region, programme and unit; `amount` is fen.

    Region, programme, unit and amount come from the origin where they are not given.
    """

    title: str | None
    category: str | None
    source: str | None = None
    source_ref: str | None = None
    region: str | None = None
    programme: str | None = None
    unit: str | None = None
    responsible: str | None = None
    leader: str | None = None
    due_on: date | None = None
    measures: str | None = None
    type: str | None = None
    amount: int | None = None
    doc_no: str | None = None
    why: str | None = None
    evidence: tuple[Path | EvidenceFile, ...] = ()


def open_item(connection: Connection, actor: Actor, opening: Opening) -> str:
    """Open an item and return its number, such as 2025-0001; the number's year is that of the day."""
    opening = said(actor, opening)
    files = evidence.read(opening.evidence)
    lock_trace(connection)
    opening = filled(connection, actor, opening)
    item_no = register(connection, actor, opening, files)
    detail = {**_fixed(opening), **traced(opening, files)}
    trace.record(connection, actor, "ledger.open", ("item", item_no), detail, opening.region)
    return item_no


def register(connection: Connection, actor: Actor, opening: Opening, files: Sequence[EvidenceFile]) -> str:
    """Write an item whose opening was filled in this transaction, without its event; its number."""
    state = ItemState(
        Status.REGISTERED,
        unit_code=opening.unit,
        responsible=opening.responsible,
        leader=opening.leader,
        due_on=opening.due_on,
        first_due_on=opening.due_on,
        measures=opening.measures,
        type=opening.type,
    )
    item_no = _next_number(connection, actor.as_of.year)
    item_id = connection.execute(
        insert(item)
        .values(item_no=item_no, opened_on=actor.as_of, version=1, **_fixed(opening), **asdict(state))
        .returning(item.c.item_id)
    ).scalar_one()
    write_step(connection, actor, item_id, 1, Step.OPEN, opening.why, files, state)
    return item_no


def _fixed(opening: Opening) -> dict[str, object]:
    """What of an item never changes."""
    return {
        "title": opening.title,
        "category": opening.category,
        "source": opening.source,
        "source_ref": opening.source_ref,
        "region_code": opening.region,
        "programme_code": opening.programme,
        "amount": opening.amount,
        "doc_no": opening.doc_no,
    }


def traced(opening: Opening, files: Sequence[EvidenceFile]) -> dict[str, object]:
    """What an event tells of an opening beside what never changes of its item."""
    return {
        "unit": opening.unit,
        "responsible": opening.responsible,
        "due_on": opening.due_on,
        "why": opening.why,
        "evidence": [file.sha256 for file in files],
    }


def said(actor: Actor, opening: Opening) -> Opening:
    """The opening with its texts trimmed and its codes read; WrongUsage for what is missing or no code."""
    texts = ("title", "source_ref", "programme", "unit", "responsible", "leader", "measures", "doc_no", "why")
    trimmed: dict[str, Any] = {name: clean(getattr(opening, name)) for name in texts}
    opening = replace(opening, **trimmed)
    for name in ("title", "category"):
        if not getattr(opening, name):
            raise WrongUsage("item_needs", option=f"--{name}")
    if opening.amount is not None and opening.amount < 0:
        raise WrongUsage("bad_yuan", text=opening.amount / 100)
    opening = replace(
        opening,
        category=coded("category", CATEGORIES, opening.category),
        source=coded("source", SOURCES, opening.source) or "other",
        type=coded("type", TYPES, opening.type),
        source_ref=opening.source_ref and plain(opening.source_ref),
    )
    if actor.as_of > actor.now.date():
        raise NotDone("item_day", day=actor.as_of, today=actor.now.date())
    return opening


def filled(connection: Connection, actor: Actor, opening: Opening) -> Opening:
    """An opening that was `said` with what its origin gives; it only reads.

    NotFound where there is no such origin, NotDone where the item would lie outside the actor's scope.
    """
    came = origin(connection, actor.viewer, opening.source or "other", opening.source_ref, actor.as_of)
    opening = replace(
        opening,
        source_ref=came.ref,
        region=opening.region or came.region,
        programme=opening.programme or came.programme,
        unit=opening.unit or came.unit,
        amount=came.amount if opening.amount is None else opening.amount,
    )
    if opening.region is None:
        raise WrongUsage("item_needs", option="--region")
    known_unit(connection, opening.unit)
    if opening.programme is not None:
        named = select(programme.c.name).where(programme.c.programme_code == opening.programme)
        if connection.scalar(named) is None:
            raise NotDone("programme_unknown", programme=opening.programme)
    place, code = literal(opening.region, Region), literal(opening.programme, Text)
    if not connection.scalar(select(within(actor.viewer, place, code=code))):
        raise NotDone("item_outside", region=opening.region, programme=opening.programme or "—")
    return opening


def _next_number(connection: Connection, year: int) -> str:
    """The next number of a year; given once, whatever becomes of the item."""
    this = (counter.c.kind == "item") & (counter.c.year == year)
    given = connection.scalar(select(counter.c.last).where(this))
    if given is None:
        connection.execute(insert(counter).values(kind="item", year=year, last=1))
    else:
        connection.execute(update(counter).where(this).values(last=given + 1))
    return f"{year:04d}-{(given or 0) + 1:04d}"

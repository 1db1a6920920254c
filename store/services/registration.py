"""Opens rectification items: checks what is said, takes the rest from the origin, and gives the number."""

from __future__ import annotations

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
from store.models.values import plain
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
    said = _said(opening)
    files = evidence.read(said.evidence)
    if actor.as_of > actor.now.date():
        raise NotDone("item_day", day=actor.as_of, today=actor.now.date())
    lock_trace(connection)
    said = _filled(connection, actor, said)
    state = ItemState(
        Status.REGISTERED,
        unit_code=said.unit,
        responsible=said.responsible,
        leader=said.leader,
        due_on=said.due_on,
        first_due_on=said.due_on,
        measures=said.measures,
        type=said.type,
    )
    item_no = _next_number(connection, actor.as_of.year)
    fixed = {
        "title": said.title,
        "category": said.category,
        "source": said.source,
        "source_ref": said.source_ref,
        "region_code": said.region,
        "programme_code": said.programme,
        "amount": said.amount,
        "doc_no": said.doc_no,
    }
    item_id = connection.execute(
        insert(item)
        .values(item_no=item_no, opened_on=actor.as_of, version=1, **fixed, **asdict(state))
        .returning(item.c.item_id)
    ).scalar_one()
    write_step(connection, actor, item_id, 1, Step.OPEN, said.why, files, state)
    detail = {
        **fixed,
        "unit": said.unit,
        "responsible": said.responsible,
        "due_on": said.due_on,
        "why": said.why,
        "evidence": [file.sha256 for file in files],
    }
    trace.record(connection, actor, "ledger.open", ("item", item_no), detail, said.region)
    return item_no


def _said(opening: Opening) -> Opening:
    """The opening with its texts trimmed and its codes read; WrongUsage for what is missing or no code."""
    texts = ("title", "source_ref", "programme", "unit", "responsible", "leader", "measures", "doc_no", "why")
    trimmed: dict[str, Any] = {name: clean(getattr(opening, name)) for name in texts}
    said = replace(opening, **trimmed)
    for name in ("title", "category"):
        if not getattr(said, name):
            raise WrongUsage("item_needs", option=f"--{name}")
    if said.amount is not None and said.amount < 0:
        raise WrongUsage("bad_yuan", text=said.amount / 100)
    return replace(
        said,
        category=coded("category", CATEGORIES, said.category),
        source=coded("source", SOURCES, said.source) or "other",
        type=coded("type", TYPES, said.type),
        source_ref=said.source_ref and plain(said.source_ref),
    )


def _filled(connection: Connection, actor: Actor, said: Opening) -> Opening:
    """The opening with what its origin gives; NotDone where it then lies outside the actor's scope."""
    came = origin(connection, actor.viewer, said.source or "other", said.source_ref, actor.as_of)
    said = replace(
        said,
        source_ref=came.ref,
        region=said.region or came.region,
        programme=said.programme or came.programme,
        unit=said.unit or came.unit,
        amount=came.amount if said.amount is None else said.amount,
    )
    if said.region is None:
        raise WrongUsage("item_needs", option="--region")
    known_unit(connection, said.unit)
    if said.programme is not None:
        named = select(programme.c.name).where(programme.c.programme_code == said.programme)
        if connection.scalar(named) is None:
            raise NotDone("programme_unknown", programme=said.programme)
    place, code = literal(said.region, Region), literal(said.programme, Text)
    if not connection.scalar(select(within(actor.viewer, place, code=code))):
        raise NotDone("item_outside", region=said.region, programme=said.programme or "—")
    return said


def _next_number(connection: Connection, year: int) -> str:
    """The next number of a year; given once, whatever becomes of the item."""
    this = (counter.c.kind == "item") & (counter.c.year == year)
    given = connection.scalar(select(counter.c.last).where(this))
    if given is None:
        connection.execute(insert(counter).values(kind="item", year=year, last=1))
    else:
        connection.execute(update(counter).where(this).values(last=given + 1))
    return f"{year:04d}-{(given or 0) + 1:04d}"

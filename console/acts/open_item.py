"""Open a rectification item from any row; what the row is and its number stay with it as its origin."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from console.act_plans import ActPlan, Change, Done
from console.acts._fields import EVIDENCE, WHY, codes, unit_of, units
from console.forms import Field, FieldKind, Given, Option
from console.subjects import NOTHING, Subject
from store.models.posts import Actor
from store.models.rectification import CATEGORIES, SOURCES, TYPES
from store.tables import Kind

CATEGORY_OF = {"case": "late", "batch": "late", "failure": "failed_payment", "payment": "failed_payment"}
TOLD = {
    "title": Kind.TEXT,
    "category": Kind.CODE,
    "source": Kind.CODE,
    "source_ref": Kind.TEXT,
    "region_code": Kind.TEXT,
    "programme_code": Kind.TEXT,
    "unit_code": Kind.TEXT,
    "responsible": Kind.TEXT,
    "leader": Kind.TEXT,
    "due_on": Kind.DAY,
    "measures": Kind.TEXT,
    "type": Kind.CODE,
    "amount": Kind.MONEY,
    "doc_no": Kind.TEXT,
    "status": Kind.CODE,
}


def _title(subject: Subject) -> str | None:
    facts = [subject.fact(key) for key in ("county", "unit", "programme", "reason_text")]
    return " ".join(str(fact) for fact in facts if fact) or None


def _source(subject: Subject) -> str | None:
    return subject.kind if subject.kind in SOURCES else None


def _region(subject: Subject) -> str | None:
    code = subject.fact("region_code")
    return str(code) if code else None


def do(connection: Connection, actor: Actor, subject: Subject, given: Given) -> Done:
    """Open the item, and tell all that it was opened with."""
    from store.queries.origins import under_way
    from store.queries.places import resolve
    from store.services import ledger
    from store.services.registration import Opening, open_item

    values: dict[str, Any] = dict(given.values)
    place = values.pop("region", None)
    region = resolve(connection, actor.viewer, place) if place else None
    if subject.kind != NOTHING:
        values["source_ref"] = subject.no
    known = ", ".join(under_way(connection, values.get("source"), values.get("source_ref")))
    no = open_item(connection, actor, Opening(**values, region=region, evidence=given.files))
    row = ledger.found(connection, actor, no)
    told = [Change(key, None, getattr(row, key), kind) for key, kind in TOLD.items()]
    told.append(Change("items_under_way", None, known or None))
    return Done(no, tuple(change for change in told if change.after is not None), new=True)


def together(kind: str, given: Given) -> Any:
    """One item for each of many rows."""
    from store.services.registration import Opening

    values = {name: value for name, value in given.values.items() if name != "region"}
    return Opening(**{**values, "source": kind}, evidence=given.files)


ACT = ActPlan(
    "open",
    "O",
    10,
    frozenset({"case", "batch", "payment", "failure", "complaint"}),
    (
        Field("title", required=True, default=_title),
        Field(
            "category",
            FieldKind.CHOICE,
            required=True,
            default=lambda subject: CATEGORY_OF.get(subject.kind),
            options=codes("category", tuple(CATEGORIES)),
            shared=True,
        ),
        Field(
            "source",
            FieldKind.CHOICE,
            required=True,
            default=_source,
            options=codes("source", tuple(SOURCES)),
            shared=True,
        ),
        Field("region", default=_region),
        Field("unit", FieldKind.CHOICE, default=unit_of, options=units),
        Field("responsible"),
        Field("leader"),
        Field("due_on", FieldKind.DAY, default=lambda subject: Option("+10", ""), shared=True),
        Field("measures", FieldKind.LINES),
        Field("type", FieldKind.CHOICE, options=codes("type", tuple(TYPES))),
        Field("amount", FieldKind.MONEY),
        Field("doc_no"),
        WHY,
        EVIDENCE,
    ),
    do,
    together=together,
)

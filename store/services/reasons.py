"""Maps banks' wordings to standard reasons, and keeps the table of reasons."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, exists, insert, select, update

from store.errors import NotDone, WrongUsage
from store.models.posts import Actor
from store.models.reference import reason, wording
from store.reference.reasons import CAUSES
from store.services import trace


@dataclass(frozen=True, slots=True)
class Mapped:
    """A wording and the reason it maps to now."""

    text: str
    reason: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A standard reason; `due_days` in working days, None for the store's own setting."""

    code: str
    name: str
    cause: str
    cure: str | None = None
    due_days: int | None = None


def map_wording(connection: Connection, actor: Actor, text: str, code: str) -> Mapped:
    """Map a wording that some return had; every answer, also of past days, reads it from now on."""
    if not connection.scalar(select(exists().where(reason.c.reason == code))):
        known = ", ".join(connection.scalars(select(reason.c.reason).order_by(reason.c.reason)))
        raise WrongUsage("reason_unknown", reason=code, reasons=known)
    found = connection.execute(select(wording).where(wording.c.text == text.strip())).one_or_none()
    if found is None:
        raise NotDone("wording_unknown", text=text)
    here = wording.c.wording_id == found.wording_id
    connection.execute(update(wording).where(here).values(reason=code))
    detail = {"text": found.text, "reason": code, "before": found.reason}
    trace.record(connection, actor, "reasons.map", ("wording", found.text), detail)
    return Mapped(found.text, code, found.reason)


def put_reason(connection: Connection, actor: Actor, made: Reason) -> None:
    """Add a standard reason, or change the one of that code."""
    if made.cause not in CAUSES:
        raise WrongUsage("cause_unknown", cause=made.cause, causes=", ".join(CAUSES))
    values = {"name": made.name, "cause": made.cause, "cure": made.cure, "due_days": made.due_days}
    before = connection.execute(select(reason).where(reason.c.reason == made.code)).one_or_none()
    if before is None:
        connection.execute(insert(reason).values(reason=made.code, **values))
    else:
        connection.execute(update(reason).where(reason.c.reason == made.code).values(**values))
    detail = {**values, "before": None if before is None else dict(before._mapping)}
    trace.record(connection, actor, "reasons.add", ("reason", made.code), detail)

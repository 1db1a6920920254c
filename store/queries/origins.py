"""What a rectification item came from: a case, a payment, a batch, a failure, a complaint or a hit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, null, select

from store.errors import NotFound
from store.models.claims import claim, complaint, stage_visit
from store.models.columns import end_of
from store.models.failures import failure, failure_payment
from store.models.ledger import item
from store.models.payments import batch, payment
from store.models.posts import Viewer
from store.models.rectification import ENDED
from store.models.reference import programme, unit
from store.models.rules import hit
from store.queries.scope import within


@dataclass(frozen=True, slots=True)
class Origin:
    """What an item takes from where it came from; `ref` is the origin's own number, `amount` is fen."""

    ref: str | None = None
    region: str | None = None
    programme: str | None = None
    unit: str | None = None
    amount: int | None = None


def origin(connection: Connection, viewer: Viewer, source: str, ref: str | None, as_of: date) -> Origin:
    """The origin that a source and its number name; free text where the store has no such kind.

    NotFound where a case, payment, batch or failure is not there, or not within the post's scope.
    """
    if ref is None or source not in _SOURCES:
        return Origin(ref)
    row = row_of(connection, viewer, source, ref)
    if row is None:
        if source in ("complaint", "warning"):  # one taken by hand, or another system's
            return Origin(ref)
        raise NotFound("not_found", no=ref)
    unit_code = row.unit_code if source != "case" else _stage_unit(connection, row.claim_id, as_of)
    return Origin(row.ref, row.region_code or None, row.programme_code, unit_code, row.amount)


def under_way(connection: Connection, source: str | None, ref: str | None) -> list[str]:
    """The numbers of the items that came from there and have not ended."""
    same = (item.c.source == source) & (item.c.source_ref == ref)
    query = select(item.c.item_no).where(same, item.c.status.not_in(ENDED)).order_by(item.c.item_no)
    return list(connection.scalars(query))


def row_of(connection: Connection, viewer: Viewer, source: str, ref: str) -> Row[Any] | None:
    """What a stored kind has under a number, within scope: ref, region_code, programme_code, amount."""
    return connection.execute(_SOURCES[source](viewer, ref)).first()


def _case(viewer: Viewer, ref: str) -> Select[Any]:
    return (
        select(
            claim.c.claim_id,
            claim.c.case_no.label("ref"),
            claim.c.region_code,
            programme.c.programme_code,
            claim.c.amount,
        )
        .join(programme, programme.c.programme_id == claim.c.programme_id)
        .where(claim.c.case_no == ref, within(viewer, claim.c.region_code, claim.c.programme_id))
    )


def _stage_unit(connection: Connection, claim_id: int, as_of: date) -> str | None:
    """The unit whose stage the case was in at the end of the day, or had been in last."""
    end = end_of(as_of)
    still = stage_visit.c.left_at.is_(None) | (stage_visit.c.left_at > end)
    return connection.scalar(
        select(unit.c.unit_code)
        .join(stage_visit, stage_visit.c.unit_id == unit.c.unit_id)
        .where(stage_visit.c.claim_id == claim_id, stage_visit.c.entered_at <= end)
        .order_by(still.desc(), stage_visit.c.entered_at.desc())
        .limit(1)
    )


def _payment(viewer: Viewer, ref: str) -> Select[Any]:
    return (
        select(
            payment.c.payment_no.label("ref"),
            payment.c.region_code,
            programme.c.programme_code,
            unit.c.unit_code,
            payment.c.amount,
        )
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .outerjoin(unit, unit.c.unit_id == batch.c.unit_id)
        .where(payment.c.payment_no == ref, within(viewer, payment.c.region_code, batch.c.programme_id))
    )


def _batch(viewer: Viewer, ref: str) -> Select[Any]:
    return (
        select(
            batch.c.batch_no.label("ref"),
            batch.c.region_code,
            programme.c.programme_code,
            unit.c.unit_code,
            batch.c.amount,
        )
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .outerjoin(unit, unit.c.unit_id == batch.c.unit_id)
        .where(batch.c.batch_no == ref, within(viewer, batch.c.region_code, batch.c.programme_id))
    )


def _failure(viewer: Viewer, ref: str) -> Select[Any]:
    """A failure by any payment of its chain; it is kept under its own number, that of its first payment."""
    named = select(payment.c.payment_id).where(payment.c.payment_no == ref).scalar_subquery()
    chained = select(failure_payment.c.failure_id).where(failure_payment.c.payment_id == named)
    failure_id = func.coalesce(chained.scalar_subquery(), named)
    return (
        select(
            failure.c.payment_no.label("ref"),
            failure.c.region_code,
            programme.c.programme_code,
            unit.c.unit_code,
            failure.c.amount,
        )
        .join(programme, programme.c.programme_id == failure.c.programme_id)
        .outerjoin(unit, unit.c.unit_id == failure.c.unit_id)
        .where(
            failure.c.failure_id == failure_id, within(viewer, failure.c.region_code, failure.c.programme_id)
        )
    )


def _complaint(viewer: Viewer, ref: str) -> Select[Any]:
    return select(
        complaint.c.complaint_no.label("ref"),
        complaint.c.region_code,
        complaint.c.programme_code,
        complaint.c.unit_code,
        null().label("amount"),
    ).where(
        complaint.c.complaint_no == ref,
        within(viewer, complaint.c.region_code, code=complaint.c.programme_code),
    )


def _warning(viewer: Viewer, ref: str) -> Select[Any]:
    return select(
        hit.c.hit_no.label("ref"),
        hit.c.region_code,
        hit.c.programme_code,
        null().label("unit_code"),
        hit.c.at_risk.label("amount"),
    ).where(hit.c.hit_no == ref.upper(), within(viewer, hit.c.region_code, code=hit.c.programme_code))


_SOURCES: dict[str, Callable[[Viewer, str], Select[Any]]] = {
    "case": _case,
    "payment": _payment,
    "batch": _batch,
    "failure": _failure,
    "complaint": _complaint,
    "warning": _warning,
}

"""The payments of a batch, or of a person, by the page: each with its state as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, or_, select

from store.errors import NotFound, WrongUsage
from store.identity import pack_id
from store.lookup import rows_where
from store.models.claims import claim
from store.models.codes import RESULTS
from store.models.columns import county_of, end_of
from store.models.payments import batch, payment, payment_return, person_payment
from store.models.posts import Viewer
from store.models.reference import programme, unit, wording
from store.queries import paging, places
from store.queries.failures import FAILING
from store.queries.paging import Page, Span
from store.queries.payment_states import made_by
from store.queries.people import people_of
from store.queries.scope import within
from store.queries.spans import in_spans
from store.tables import Code, Day, Digits, Fen, Moment

EVERY = Span(1 << 30)


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment as of a day; `status` is its state, or not_sent or no_return where the bank said nothing."""

    payment_no: Digits
    batch_no: Digits
    programme_code: str
    programme: str
    period: str
    region_code: Digits
    county: str | None
    unit_code: str
    unit: str
    person_id: Digits | None
    name: str | None
    card_no: Digits | None
    amount: Fen
    submitted_on: Day | None
    status: Code
    settled_at: Moment | None
    reason: Code | None
    reason_text: str | None
    case_no: Digits | None


@dataclass(frozen=True, slots=True)
class Of:
    """Whose payments: those of a batch, or of the person whom an ID, a case or a payment names."""

    batch_no: str | None = None
    person: str | None = None


def page(connection: Connection, viewer: Viewer, as_of: date, of: Of, span: Span) -> Page[PaymentRow]:
    """A page of the payments, as they came in; NotFound where there is no such batch or person in scope."""
    query = _chosen(connection, viewer, as_of, of)
    found = paging.rows_of(connection, query, [payment.c.payment_id], span)
    rows = _rows(connection, viewer, as_of, found)
    return Page(rows, [(row.payment_id,) for row in found])


def listed(connection: Connection, viewer: Viewer, as_of: date, of: Of) -> list[PaymentRow]:
    """All of them."""
    return list(page(connection, viewer, as_of, of, EVERY).rows)


def count(connection: Connection, viewer: Viewer, as_of: date, of: Of, most: int | None = None) -> int:
    """How many there are; with `most` not counted beyond that."""
    chosen = _chosen(connection, viewer, as_of, of).with_only_columns(payment.c.payment_id)
    return paging.count(connection, chosen, most)


def _chosen(connection: Connection, viewer: Viewer, as_of: date, of: Of) -> Select[Any]:
    query = (
        select(
            payment,
            batch.c.batch_no,
            batch.c.period,
            batch.c.submitted_on,
            programme.c.programme_code,
            programme.c.name.label("programme"),
            unit.c.unit_code,
            unit.c.name.label("unit"),
        )
        .join_from(payment, batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(unit, unit.c.unit_id == batch.c.unit_id)
        .where(
            within(viewer, payment.c.region_code, batch.c.programme_id),
            made_by(as_of),
        )
    )
    if (of.batch_no is None) == (of.person is None):
        raise WrongUsage("payments_of")
    if of.batch_no is not None:
        return query.where(payment.c.batch_id == _batch(connection, viewer, of.batch_no))
    mine = person_payment.c.person_id == _person(connection, viewer, str(of.person))
    own = and_(person_payment.c.payment_id == payment.c.payment_id, in_spans(connection), mine)
    return query.join(person_payment, own)


def _batch(connection: Connection, viewer: Viewer, no: str) -> int:
    # a batch of the whole county is known where one of its payments is
    paid = payment.c.batch_id == batch.c.batch_id
    mine = exists().where(paid, within(viewer, payment.c.region_code, batch.c.programme_id))
    known = or_(within(viewer, batch.c.region_code, batch.c.programme_id), mine)
    found = connection.scalar(select(batch.c.batch_id).where(batch.c.batch_no == no, known))
    if found is None:
        raise NotFound("not_found", no=no)
    return int(found)


def _person(connection: Connection, viewer: Viewer, no: str) -> int:
    """The person whom a number names, who is in scope with a case or a payment of that number."""
    paid = (
        select(payment.c.person_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .where(payment.c.payment_no == no, within(viewer, payment.c.region_code, batch.c.programme_id))
    )
    asked = select(claim.c.person_id).where(
        claim.c.case_no == no, within(viewer, claim.c.region_code, claim.c.programme_id)
    )
    for query in (paid, asked):
        found = connection.scalar(query)
        if found is not None:
            return int(found)
    try:
        return pack_id(no)
    except ValueError:
        raise NotFound("not_found", no=no) from None


def _rows(connection: Connection, viewer: Viewer, as_of: date, found: Sequence[Row[Any]]) -> list[PaymentRow]:
    answers = _answers(connection, as_of, [row.payment_id for row in found])
    people = people_of(connection, viewer, {row.person_id for row in found}, names=False)
    counties = places.names(connection, {county_of(row.region_code) or "" for row in found} - {""})
    rows = []
    for row in found:
        said = answers.get(row.payment_id)
        sent = row.submitted_on is not None and row.submitted_on <= as_of
        failed = said is not None and said.result in FAILING
        reason = (said.reason if said.text is not None else "other") if said and failed else None
        rows.append(
            PaymentRow(
                payment_no=row.payment_no,
                batch_no=row.batch_no,
                programme_code=row.programme_code,
                programme=row.programme,
                period=row.period,
                region_code=row.region_code,
                county=counties.get(county_of(row.region_code) or ""),
                unit_code=row.unit_code,
                unit=row.unit,
                person_id=people.number(row.person_id),
                name=people.shown(row.name),
                card_no=people.card(row.card_no),
                amount=row.amount,
                submitted_on=row.submitted_on if sent else None,
                status=said.result if said else "no_return" if sent else "not_sent",
                settled_at=said.settled_at if said else None,
                reason=reason,
                reason_text=people.text(said.text) if said and failed else None,
                case_no=row.case_no,
            )
        )
    return rows


def _answers(connection: Connection, as_of: date, payment_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """The bank's latest answer to each payment; at one moment a later place in RESULTS wins."""
    r = payment_return.c
    query = (
        select(r.payment_id, r.settled_at, r.result, wording.c.text, wording.c.reason)
        .outerjoin_from(payment_return, wording, wording.c.wording_id == r.wording_id)
        .where(r.settled_at <= end_of(as_of))
    )
    found = rows_where(connection, query, r.payment_id, payment_ids)
    found.sort(key=lambda row: (row.settled_at, RESULTS.index(row.result)))
    return {row.payment_id: row for row in found}

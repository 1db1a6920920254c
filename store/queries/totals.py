"""Payments and yuan by programme, county, period and state as of a day, summed up from the raw rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from store.columnar.asking import Answers
from store.models.payments import batch, payment
from store.models.posts import Viewer
from store.queries import places, programmes
from store.queries.filters import Filters, narrowed
from store.queries.payment_states import STATES, answers, made_by, state, total
from store.queries.scope import within
from store.tables import Code, Digits, Fen, Number


@dataclass(frozen=True, slots=True)
class TotalRow:
    """What is paid of a programme in a county for a period, and stands in one state."""

    programme_code: str
    programme: str
    county_code: Digits
    county: str | None
    period: str
    status: Code
    payment_count: Number
    amount: Fen


def summed(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, whole: Answers
) -> list[TotalRow]:
    """The sums, by programme, county, period and state; a payment without a county has county_code "".

    `whole` reads the payments; the names come from `connection`.
    """
    answer = answers(as_of)
    status = state(answer, batch.c.submitted_on, as_of).label("status")
    county = payment.c.home.label("county")
    query = (
        select(batch.c.programme_id, county, batch.c.period, status, func.count(), total(payment.c.amount))
        .select_from(payment)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .outerjoin(answer, answer.c.payment_id == payment.c.payment_id)
        .where(
            made_by(as_of),
            within(viewer, payment.c.region_code, batch.c.programme_id),
            narrowed(connection, viewer, filters, payment.c.region_code, batch.c.programme_id),
        )
        .group_by(batch.c.programme_id, county, batch.c.period, status)
    )
    found = whole.rows(query)
    known = programmes.known(connection)
    called = places.names(connection, {_code(row[1]) for row in found} - {""})
    rows = [
        TotalRow(
            *known[programme_id],
            _code(home),
            called.get(_code(home)),
            period,
            STATES[place],
            count,
            amount,
        )
        for programme_id, home, period, place, count, amount in found
    ]
    rows.sort(key=lambda row: (row.programme_code, row.county_code, row.period, STATES.index(row.status)))
    return rows


def _code(home: int) -> str:
    return f"{home:06d}" if home else ""

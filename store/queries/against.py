"""A list of people, each with a day from which it counts, against all payments after that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, FromClause, cast, func, null, or_, select, type_coerce

from store.columnar.asking import Answers
from store.errors import WrongUsage
from store.models.columns import Big, county_of, day_number, day_of
from store.models.payments import batch, list_entry, payment, payment_return
from store.models.posts import Viewer
from store.models.wordlists import LIST_KINDS
from store.queries import places, programmes
from store.queries.filters import Filters, narrowed
from store.queries.payment_states import STATES, answers, made_by, paid_day, state
from store.queries.people import people_of
from store.queries.scope import within
from store.tables import Code, Day, Digits, Fen, Number

OWN = (
    *("person_id", "payment_id", "payment_no", "batch_no", "programme_id", "period", "region_code", "name"),
    "amount",
)


@dataclass(frozen=True, slots=True)
class AgainstRow:
    """A payment to somebody on the list, after the day that the list has for the person."""

    payment_no: Digits
    batch_no: Digits
    programme_code: str
    programme: str
    period: str
    region_code: Digits
    county: str | None
    person_id: Digits | None
    name: str | None
    amount: Fen
    status: Code
    paid_on: Day
    effective_on: Day
    days_after: Number


@dataclass(frozen=True)
class People:
    """Whom to compare with: a kind of the stored lists, or people by their 17 digits with a day each."""

    kind: str | None = None
    days: Mapping[int, date] | None = None


def compared(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    filters: Filters,
    people: People,
    whole: Answers,
) -> list[AgainstRow]:
    """The payments in scope, by person and payment.

    The day of a payment is that of the bank's last word by `as_of`, else of its batch's sending or making; it
    lies after the person's day, and where the list names a last day, not after that. Of several entries for
    a person the earliest that fits is told.
    """
    listed = _listed(whole, people)
    hit = _hits(connection, viewer, as_of, filters, listed)
    answer = answers(as_of, payment_return.c.payment_id.in_(select(hit.c.payment_id)))
    number = paid_day(answer, hit, as_of)
    after = func.min(type_coerce(hit.c.effective_on, Big))
    own = [hit.c[name] for name in OWN]
    status = state(answer, hit.c.submitted_on, as_of)
    query = (
        select(*own, status, number, after)
        .select_from(hit)
        .outerjoin(answer, answer.c.payment_id == hit.c.payment_id)
        .where(
            number > type_coerce(hit.c.effective_on, Big),
            or_(hit.c.ended_on.is_(None), number <= type_coerce(hit.c.ended_on, Big)),
        )
        .group_by(*own, status, number)
        .order_by(*own[:2])
    )
    return _shown(connection, viewer, whole.rows(query))


def _listed(whole: Answers, people: People) -> FromClause:
    if people.kind is not None:
        if people.kind not in LIST_KINDS:
            raise WrongUsage("bad_choice", option="against", value=people.kind, choices=", ".join(LIST_KINDS))
        columns = (list_entry.c.person_id, list_entry.c.effective_on, list_entry.c.ended_on)
        return select(*columns).where(list_entry.c.kind == people.kind).subquery("listed_entry")
    days = people.days or {}
    given = whole.people(list(days), [day_number(day) for day in days.values()])
    ended = cast(null(), Big).label("ended_on")
    return select(given.c.person_id, given.c.effective_on, ended).subquery("listed_entry")


def _hits(connection: Connection, viewer: Viewer, as_of: date, filters: Filters, listed: FromClause) -> Any:
    """The payments in scope to the people listed, on whatever day, with the days of the list."""
    return (
        select(
            payment.c.person_id,
            payment.c.payment_id,
            payment.c.payment_no,
            batch.c.batch_no,
            batch.c.programme_id,
            batch.c.period,
            payment.c.region_code,
            payment.c.name,
            payment.c.amount,
            batch.c.submitted_on,
            batch.c.created_on,
            batch.c.approved_on,
            listed.c.effective_on,
            listed.c.ended_on,
        )
        .select_from(payment)
        .join(listed, listed.c.person_id == payment.c.person_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .where(
            made_by(as_of),
            within(viewer, payment.c.region_code, batch.c.programme_id),
            narrowed(connection, viewer, filters, payment.c.region_code, batch.c.programme_id),
        )
        .cte("hit")
    )


def _shown(connection: Connection, viewer: Viewer, rows: Sequence[Any]) -> list[AgainstRow]:
    known = programmes.known(connection)
    people = people_of(connection, viewer, {row[0] for row in rows}, names=False)
    counties = places.names(connection, {county_of(row[6]) or "" for row in rows} - {""})
    return [
        AgainstRow(
            no,
            batch_no,
            *known[programme_id],
            period,
            region,
            counties.get(county_of(region) or ""),
            people.number(person_id),
            people.shown(name),
            amount,
            STATES[place],
            day_of(paid),
            day_of(since),
            paid - since,
        )
        for person_id, _, no, batch_no, programme_id, period, region, name, amount, place, paid, since in rows
    ]

"""Duplicates over all payments: one person listed or credited more than once in a programme and period.

A chain of reissues is one payment, however often the bank was asked, and counts where its first stands. A
reissue of a payment that did not fail is no such chain. IDs that came wrong are nobody's and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, Connection, and_, case, cast, func, select

from store.columnar.asking import Answers
from store.models.columns import Big, county_of
from store.models.failures import failure_payment
from store.models.payments import batch, payment, payment_return
from store.models.posts import Viewer
from store.queries import places, programmes
from store.queries.filters import Filters, narrowed
from store.queries.payment_states import answers, is_state, made_by, total
from store.queries.people import people_of
from store.queries.scope import within
from store.tables import Digits, Fen, Number


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """A person with several payments of a programme for one period; the first and last of them are named.

    Counts are of payments, each with all that reissues it as one; `listed_amount` is what was to be paid,
    `credited_amount` what is in the card. Supplements are those that say so themselves.
    """

    person_id: Digits | None
    name: str | None
    programme_code: str
    programme: str
    period: str
    listed_count: Number
    listed_amount: Fen
    credited_count: Number
    credited_amount: Fen
    supplement_count: Number
    first_no: Digits
    first_batch_no: Digits
    first_county: str | None
    last_no: Digits
    last_batch_no: Digits
    last_county: str | None


def found(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    filters: Filters,
    whole: Answers,
    credited: bool = False,
) -> list[DuplicateRow]:
    """The duplicates among the payments in scope: most often credited first, then most listed.

    Of those that are narrowed to a place one payment at least lies there; the other may lie elsewhere.
    `credited` leaves out those that were listed several times and credited once or never.
    """
    alike = _alike(connection, viewer, as_of, filters)
    chains = _chains(alike, as_of)
    paid = func.sum(chains.c.paid)
    key = (chains.c.person_id, chains.c.programme_id, chains.c.period)
    group = (
        select(
            *key,
            func.count().label("listed"),
            total(chains.c.amount).label("amount"),
            cast(paid, Big).label("credited"),
            total(chains.c.credited).label("paid"),
            cast(func.sum(chains.c.supplement), Big).label("supplements"),
            func.min(chains.c.payment_id).label("first_id"),
            func.max(chains.c.payment_id).label("last_id"),
        )
        .group_by(*key)
        .having(paid > 1 if credited else func.count() > 1)
        .cte("groups")
    )
    query = select(*list(group.c)[:8])
    source: Any = group
    for end in ("first", "last"):
        one, its_batch = payment.alias(end), batch.alias(f"{end}_batch")
        source = source.join(one, one.c.payment_id == group.c[f"{end}_id"])
        source = source.join(its_batch, its_batch.c.batch_id == one.c.batch_id)
        query = query.add_columns(one.c.payment_no, its_batch.c.batch_no, one.c.region_code, one.c.name)
    order = (group.c.credited.desc(), group.c.listed.desc(), *list(group.c)[:3])
    return _shown(connection, viewer, whole.rows(query.select_from(source).order_by(*order)))


def _alike(connection: Connection, viewer: Viewer, as_of: date, filters: Filters) -> CTE:
    """The payments in scope whose person, programme and period are those of another; no reissues."""
    key = (payment.c.person_id, batch.c.programme_id, batch.c.period)
    here = narrowed(connection, viewer, filters, payment.c.region_code, batch.c.programme_id)
    fp = failure_payment.c
    reissues = select(fp.payment_id).where(fp.failure_id != fp.payment_id, fp.since <= as_of)
    several_again, alike_again = reissues.subquery("several_again"), reissues.subquery("alike_again")
    seen = and_(
        made_by(as_of),
        payment.c.person_id > 0,
        within(viewer, payment.c.region_code, batch.c.programme_id),
    )
    several = (
        select(*key)
        .select_from(payment)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .outerjoin(several_again, several_again.c.payment_id == payment.c.payment_id)
        .where(seen, several_again.c.payment_id.is_(None))
        .group_by(*key)
        .having(func.count() > 1, func.max(case((here, 1), else_=0)) == 1)
        .cte("several")
    )
    same = and_(*(mine == several.c[mine.name] for mine in key))
    return (
        select(payment.c.payment_id, payment.c.amount, payment.c.nature, *key)
        .select_from(payment)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .join(several, same)
        .outerjoin(alike_again, alike_again.c.payment_id == payment.c.payment_id)
        .where(seen, alike_again.c.payment_id.is_(None))
        .cte("alike")
    )


def _chains(alike: CTE, as_of: date) -> CTE:
    """Those payments, each with all that reissues it as it stood on the day: paid or not, and how much."""
    linked = and_(failure_payment.c.failure_id == alike.c.payment_id, failure_payment.c.since <= as_of)
    member = func.coalesce(failure_payment.c.payment_id, alike.c.payment_id).label("member")
    members = select(alike, member).select_from(alike).outerjoin(failure_payment, linked).cte("members")
    answer = answers(as_of, payment_return.c.payment_id.in_(select(members.c.member)))
    success = is_state(answer, "success")
    first = (members.c.person_id, members.c.programme_id, members.c.period, members.c.payment_id)
    return (
        select(
            *first,
            func.max(members.c.amount).label("amount"),
            func.max(case((success, 1), else_=0)).label("paid"),
            total(case((success, payment.c.amount), else_=0)).label("credited"),
            func.max(case((members.c.nature == "supplement", 1), else_=0)).label("supplement"),
        )
        .select_from(members)
        .join(payment, payment.c.payment_id == members.c.member)
        .outerjoin(answer, answer.c.payment_id == members.c.member)
        .group_by(*first)
        .cte("chains")
    )


def _shown(connection: Connection, viewer: Viewer, rows: Sequence[Any]) -> list[DuplicateRow]:
    known = programmes.known(connection)
    people = people_of(connection, viewer, (), names=False)  # those of wrong IDs are not among them
    codes = {county_of(row[place]) or "" for row in rows for place in (10, 14)}
    counties = places.names(connection, codes - {""})
    shown = []
    for row in rows:
        person_id, programme_id, period, listed, amount, credited, paid, supplements, *ends = row
        no, batch_no, region, name, last_no, last_batch_no, last_region, _ = ends
        shown.append(
            DuplicateRow(
                people.number(person_id),
                people.shown(name),
                *known[programme_id],
                period,
                listed,
                amount,
                credited,
                paid,
                supplements,
                no,
                batch_no,
                counties.get(county_of(region) or ""),
                last_no,
                last_batch_no,
                counties.get(county_of(last_region) or ""),
            )
        )
    return shown

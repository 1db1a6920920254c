"""Reissues that came without their original: payments that look like the reissue of an open failure.

A payment is proposed where person, programme and period are those of the failure, its amount is what is
outstanding or what failed, it names no original, and nothing of it was settled before the failure opened.
Nothing is linked by this: a post looks, and says so with `failed link`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from store.errors import NotDone, NotFound
from store.lookup import rows_where
from store.models.columns import county_of, end_of
from store.models.failures import failure, failure_payment
from store.models.payments import batch, payment, payment_link, payment_return, person_payment
from store.models.posts import Viewer
from store.models.reference import programme
from store.queries import places
from store.queries.failures import FailureState, states
from store.queries.filters import Filters
from store.queries.people import people_of
from store.queries.scope import within
from store.queries.spans import in_spans
from store.tables import Code, Day, Digits, Fen


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A payment that looks like the reissue of a failure; `payment_no` is the failure's."""

    payment_no: Digits
    outstanding: Fen
    opened_on: Day
    match_no: Digits
    match_batch_no: Digits
    amount: Fen
    result: Code | None
    settled_on: Day | None
    programme_code: str
    programme: str
    period: str
    county: str | None
    person_id: Digits | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank said of a payment: the day it first said anything, and what it said last."""

    first_on: date
    last_on: date
    result: str


@dataclass(frozen=True, slots=True)
class Match:
    """A failure, a payment that fits it, and what the bank said of that."""

    state: FailureState
    paid: Row[Any]
    answer: Answer | None


# of returns of one moment the later word counts
RANKS = {"pending": 0, "success": 1, "failure": 1, "bounced": 2}


def proposed(connection: Connection, viewer: Viewer, as_of: date, no: str | None = None) -> list[MatchRow]:
    """The proposals for one failure (named by any payment of its chain), or for every open one in scope.

    By the failure's day and number, then by the proposal's number.
    """
    extra = None if no is None else failure.c.failure_id == _failure_of(connection, viewer, no)
    found = states(connection, viewer, as_of, Filters(), open_since=as_of, extra=extra)
    open_ones = {state.row.failure_id: state for state in found if state.is_open}
    pairs = list(_alike(connection, viewer, as_of, open_ones))
    people = people_of(connection, viewer, {each.paid.person_id for each in pairs}, names=False)
    counties = places.names(connection, {county_of(each.paid.region_code) or "" for each in pairs} - {""})
    rows = [
        MatchRow(
            each.state.row.payment_no,
            each.state.outstanding,
            each.state.row.opened_on,
            each.paid.payment_no,
            each.paid.batch_no,
            each.paid.amount,
            each.answer.result if each.answer else None,
            each.answer.last_on if each.answer else None,
            each.paid.programme_code,
            each.paid.programme,
            each.paid.period,
            counties.get(county_of(each.paid.region_code) or ""),
            people.number(each.paid.person_id),
            people.shown(each.paid.name),
        )
        for each in pairs
    ]
    rows.sort(key=lambda row: (row.opened_on, row.payment_no, row.match_no))
    return rows


def _failure_of(connection: Connection, viewer: Viewer, no: str) -> int:
    query = (
        select(payment.c.payment_id, failure_payment.c.failure_id)
        .join_from(payment, batch, batch.c.batch_id == payment.c.batch_id)
        .outerjoin(failure_payment, failure_payment.c.payment_id == payment.c.payment_id)
        .where(payment.c.payment_no == no, within(viewer, payment.c.region_code, batch.c.programme_id))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("not_found", no=no)
    if row.failure_id is None:
        raise NotDone("not_failed", no=no)
    return int(row.failure_id)


def _alike(
    connection: Connection, viewer: Viewer, as_of: date, found: dict[int, FailureState]
) -> Iterator[Match]:
    """Each failure with the payments of its person that fit it."""
    firsts = rows_where(
        connection,
        select(payment.c.payment_id, payment.c.person_id, batch.c.programme_id, batch.c.period).join_from(
            payment, batch, batch.c.batch_id == payment.c.batch_id
        ),
        payment.c.payment_id,
        list(found),
    )
    # an ID that came wrong is nobody's: what stands under it is not one person's
    known = {row.person_id for row in firsts if row.person_id > 0}
    paid: dict[tuple[int, int, str], list[Row[Any]]] = {}
    rows = _without_original(connection, viewer, known)
    answered = _answers(connection, as_of, [row.payment_id for row in rows])
    for row in rows:
        paid.setdefault((row.person_id, row.programme_id, row.period), []).append(row)
    for first in firsts:
        state = found[first.payment_id]
        for row in paid.get((first.person_id, first.programme_id, first.period), ()):
            answer = answered.get(row.payment_id)
            after = answer is None or answer.first_on >= state.row.opened_on
            fits = row.amount in (state.outstanding, state.row.amount)
            if fits and after and row.failure_id != first.payment_id:
                yield Match(state, row, answer)


def _without_original(connection: Connection, viewer: Viewer, people: set[int]) -> list[Row[Any]]:
    """The payments of these people that name no original and were linked to none."""
    query = (
        select(
            payment.c.payment_id,
            payment.c.payment_no,
            payment.c.person_id,
            payment.c.name,
            payment.c.amount,
            payment.c.region_code,
            batch.c.batch_no,
            batch.c.programme_id,
            batch.c.period,
            programme.c.programme_code,
            programme.c.name.label("programme"),
            failure_payment.c.failure_id,
        )
        .join_from(person_payment, payment, payment.c.payment_id == person_payment.c.payment_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .outerjoin(payment_link, payment_link.c.payment_id == payment.c.payment_id)
        .outerjoin(failure_payment, failure_payment.c.payment_id == payment.c.payment_id)
        .where(in_spans(connection), payment.c.reissue_of.is_(None), payment_link.c.payment_id.is_(None))
        .where(within(viewer, payment.c.region_code, batch.c.programme_id))
    )
    return rows_where(connection, query, person_payment.c.person_id, people)


def _answers(connection: Connection, as_of: date, payments: list[int]) -> dict[int, Answer]:
    """What the bank said of payments up to a day: when first, and what last."""
    r = payment_return.c
    query = select(r.payment_id, r.settled_at, r.result).where(r.settled_at <= end_of(as_of))
    found: dict[int, Answer] = {}
    rows = rows_where(connection, query, r.payment_id, payments)
    for row in sorted(rows, key=lambda row: (row.settled_at, RANKS[row.result])):
        day = row.settled_at.date()
        first = found[row.payment_id].first_on if row.payment_id in found else day
        found[row.payment_id] = Answer(first, day, row.result)
    return found

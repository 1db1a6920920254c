"""Two payments for one thing: a later one, and an earlier one that was or may yet be credited.

A chain of reissues is one payment, that of its first. A supplement says so itself and is not a second one;
what failed and was not paid since, or went back to the treasury, was never drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from store.models.codes import RESULTS
from store.models.columns import Big, Text, day_number
from store.models.failures import failure, failure_event, failure_payment
from store.models.payments import batch, payment, payment_return, person_payment
from store.models.reference import programme
from store.queries.finding import Asked, standing
from store.queries.payment_states import KINDS, SECONDS, made_by

PAID, PENDING, FAILED = "success", "pending", "failure"
COUNTY, CITY = 10**8, 10**10  # what a packed region is divided by


@dataclass(frozen=True)
class Two:
    """Two payments of one person: `later` and `earlier` are lines, see `two`."""

    later: Any
    earlier: Any

    @property
    def same_programme(self) -> ColumnElement[bool]:
        """That both are of one programme."""
        return self._same("programme_id")

    @property
    def same_batch(self) -> ColumnElement[bool]:
        """That both are of one batch."""
        return self._same("batch_id")

    def same_place(self, size: int) -> ColumnElement[bool]:
        """That both lie in one county (or city)."""
        here, there = (type_coerce(each.c.region_code, Big) // size for each in (self.later, self.earlier))
        same: ColumnElement[bool] = here == there
        return same

    @property
    def overlapping(self) -> ColumnElement[bool]:
        """That the periods of both have a day in common."""
        mine, its = self.later.c, self.earlier.c
        return and_(its.first_on <= mine.last_on, its.last_on >= mine.first_on)

    def _same(self, name: str) -> ColumnElement[bool]:
        same: ColumnElement[bool] = self.later.c[name] == self.earlier.c[name]
        return same


def two(asked: Asked, people: FromClause) -> Two:
    """The payments of some people (person_id) that pay nothing again, beside each other.

    They are gathered first and compared then: no database has to guess how many there are.
    """
    theirs = select(person_payment.c.payment_id).join(people, asked.paid_to(people.c.person_id))
    line = (
        select(
            payment.c.payment_id,
            payment.c.person_id,
            payment.c.region_code,
            batch.c.batch_id,
            programme.c.programme_id,
            programme.c.programme_code,
            programme.c.cycle,
            programme.c.exclusive_with,
            asked.days.c.first_on,
            asked.days.c.last_on,
        )
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(asked.days, asked.days.c.batch_id == payment.c.batch_id)
        .where(payment.c.payment_id.in_(theirs), made_by(asked.as_of), first_of_its_own(payment))
        .cte("line")
    )
    return Two(line.alias("later"), line.alias("earlier"))


def said_last(asked: Asked, of: Any) -> ColumnElement[str]:
    """What is known of a payment with all that reissues it: success, pending, failure."""
    r = payment_return.c
    last = (day_number(asked.as_of) + 1) * SECONDS
    moment = type_coerce(r.settled_at, Big)
    latest = (
        select(func.max(moment * KINDS + type_coerce(r.result, Big)) % KINDS)
        .where(r.payment_id == of.c.payment_id, moment < last)
        .scalar_subquery()
    )
    f, e = failure.c, failure_event.c
    failed = exists().where(f.failure_id == of.c.payment_id, f.opened_on <= asked.as_of)
    cleared = exists().where(f.failure_id == of.c.payment_id, f.cleared_on <= asked.as_of)
    refunded = exists().where(e.failure_id == of.c.payment_id, e.refunded > 0)
    return case(
        (failed, case((and_(cleared, ~refunded), literal(PAID, Text)), else_=literal(FAILED, Text))),
        (latest == RESULTS.index("success"), literal(PAID, Text)),
        else_=literal(PENDING, Text),
    )


def first_of_its_own(of: Any) -> ColumnElement[bool]:
    """That a payment pays nothing again: neither by its own word, nor by a post's."""
    linked = exists().where(
        failure_payment.c.payment_id == of.c.payment_id, failure_payment.c.failure_id != of.c.payment_id
    )
    plain = or_(of.c.nature.is_(None), of.c.nature == "normal")
    return and_(of.c.reissue_of.is_(None), plain, ~linked)


def twice(asked: Asked, tables: Two, *where: Any, states: tuple[str, ...]) -> Select[Any]:
    """The later payments whose earlier one is so and in one of the states; of several the latest."""
    later, earlier = tables.later, tables.earlier
    found = (
        select(later.c.payment_id, func.max(earlier.c.payment_id).label("earlier_id"))
        .join(earlier, earlier.c.person_id == later.c.person_id)
        .where(earlier.c.payment_id < later.c.payment_id, *where)
        .where(said_last(asked, earlier).in_(states))
        .group_by(later.c.payment_id)
    )
    if asked.after is not None:
        found = found.where(later.c.payment_id > asked.after)
    return told(asked, found.cte("found_pair"))


def told(asked: Asked, pair: FromClause) -> Select[Any]:
    """Both sides of pairs of payment_id and earlier_id."""
    earlier, its_batch = payment.alias("earlier_payment"), batch.alias("its_batch")
    its_programme = programme.alias("its_programme")
    sides = (
        batch.c.batch_no.label("left_batch_no"),
        batch.c.period.label("left_period"),
        payment.c.region_code.label("left_region_code"),
        payment.c.amount.label("left_amount"),
        earlier.c.payment_no.label("right_payment_no"),
        its_batch.c.batch_no.label("right_batch_no"),
        its_programme.c.programme_code.label("right_programme_code"),
        its_batch.c.period.label("right_period"),
        earlier.c.region_code.label("right_region_code"),
        earlier.c.amount.label("right_amount"),
        said_last(asked, earlier).label("right_result"),
    )
    return (
        select(*standing(), *sides)
        .select_from(pair)
        .join(payment, payment.c.payment_id == pair.c.payment_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(earlier, earlier.c.payment_id == pair.c.earlier_id)
        .join(its_batch, its_batch.c.batch_id == earlier.c.batch_id)
        .join(its_programme, its_programme.c.programme_id == its_batch.c.programme_id)
    )


def drawing_again(asked: Asked) -> FromClause:
    """The people with several payments of one programme whose periods may be the same."""
    if asked.after is not None:
        return _of_new(asked)
    periods, length = func.count(batch.c.period.distinct()), func.length(batch.c.period)
    several = or_(func.count() > periods, func.min(length) != func.max(length))
    grouped = (
        select(payment.c.person_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .where(payment.c.person_id > 0)
        .group_by(payment.c.person_id, batch.c.programme_id)
        .having(several)
        .subquery("several")
    )
    return select(grouped.c.person_id).distinct().cte("again")


def drawing_both(asked: Asked, programmes: Any, several: Any = None) -> FromClause:
    """The people who were listed several times in some programmes, whose ids a statement gives.

    `several` counts what has to be more than one: payments, unless it is said.
    """
    if asked.after is not None:
        return _of_new(asked)
    return (
        select(payment.c.person_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .where(payment.c.person_id > 0, batch.c.programme_id.in_(programmes))
        .group_by(payment.c.person_id)
        .having((func.count() if several is None else several) > 1)
        .cte("both")
    )


def _of_new(asked: Asked) -> FromClause:
    new = payment.c.payment_id > asked.after
    return select(payment.c.person_id).where(new, payment.c.person_id > 0).distinct().cte("of_new")

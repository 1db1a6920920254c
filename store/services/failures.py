"""What a post does about a failed payment: feedback, a refund to the treasury, a link to its reissue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select

from store.database import lock_imports
from store.errors import NotDone, NotFound, WrongUsage
from store.intake.failing import derive_again
from store.models.failures import failure, failure_event, failure_payment
from store.models.payments import (
    batch,
    fund_entry,
    payment,
    payment_link,
    recorded_refund,
)
from store.models.payments import (
    feedback as feedback_table,
)
from store.models.posts import Actor, Viewer
from store.models.reference import unit
from store.queries.scope import within
from store.services import trace
from store.tables import Day, Digits, Fen, Moment


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a unit says of a failure, and when it expects it to be over."""

    text: str
    unit_code: str | None = None
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """Feedback as it was recorded."""

    payment_no: Digits
    given_at: Moment
    unit_code: str | None
    content: str
    expected_on: Day | None
    post: str


@dataclass(frozen=True, slots=True)
class RefundRecorded:
    """A refund as it was recorded."""

    payment_no: Digits
    voucher: Digits
    amount: Fen
    on_date: Day
    post: str
    why: str


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A link as it was recorded."""

    payment_no: Digits
    reissue_of: Digits
    at: Moment
    post: str
    why: str


def feedback(connection: Connection, actor: Actor, no: str, said: Feedback) -> FeedbackGiven:
    """Record feedback on the failure that any payment of its chain names."""
    if not said.text.strip():
        raise WrongUsage("feedback_text")
    paid = _payment(connection, actor.viewer, no)
    known = _failure(connection, paid, actor.as_of)
    _dated(actor, known.opened_on)
    if said.unit_code is not None and not connection.scalar(
        select(exists().where(unit.c.unit_code == said.unit_code))
    ):
        raise NotDone("unit_unknown", unit=said.unit_code)
    at = _free_moment(connection, paid.payment_id, actor.at)
    connection.execute(
        insert(feedback_table).values(
            payment_id=paid.payment_id,
            given_at=at,
            unit_code=said.unit_code,
            content=said.text,
            expected_on=said.expected_on,
            post=actor.post.code,
        )
    )
    detail = {"text": said.text, "unit": said.unit_code, "expected_on": said.expected_on}
    trace.record(connection, actor, "failed.feedback", ("failure", no), detail, paid.region_code)
    return FeedbackGiven(no, at, said.unit_code, said.text, said.expected_on, actor.post.code)


def refund(connection: Connection, actor: Actor, no: str, voucher: str, why: str | None) -> RefundRecorded:
    """Record that all that is outstanding of a failure went back to the treasury by a voucher."""
    reason = _reason(why, "refund")
    if not voucher.strip():
        raise WrongUsage("refund_voucher")
    lock_imports(connection)
    paid = _payment(connection, actor.viewer, no)
    known = _failure(connection, paid, actor.as_of)
    _dated(actor, _last_day(connection, known.failure_id))
    outstanding = _outstanding(connection, known.failure_id, actor.as_of)
    if not outstanding:
        raise NotDone("nothing_outstanding", no=no)
    used = select(exists().where(recorded_refund.c.voucher == voucher))
    taken = select(exists().where(fund_entry.c.entry_no == voucher))
    if connection.scalar(used) or connection.scalar(taken):
        raise NotDone("voucher_used", voucher=voucher)
    connection.execute(
        insert(recorded_refund).values(
            payment_id=paid.payment_id,
            voucher=voucher,
            amount=outstanding,
            on_date=actor.as_of,
            at=actor.at,
            post=actor.post.code,
            login=actor.login,
            why=reason,
        )
    )
    derive_again(connection, [paid.payment_id])
    detail = {"voucher": voucher, "amount": outstanding, "why": reason}
    trace.record(connection, actor, "failed.refund", ("failure", no), detail, paid.region_code)
    return RefundRecorded(no, voucher, outstanding, actor.as_of, actor.post.code, reason)


def link(connection: Connection, actor: Actor, no: str, to: str, why: str | None) -> LinkMade:
    """Record that payment `no` reissues payment `to`; it counts from the day of its own returns."""
    reason = _reason(why, "link")
    lock_imports(connection)
    reissue, original = _payment(connection, actor.viewer, no), _payment(connection, actor.viewer, to)
    if actor.as_of > actor.now.date():
        _dated(actor, actor.now.date())
    linked = connection.scalar(select(exists().where(payment_link.c.payment_id == reissue.payment_id)))
    if reissue.reissue_of is not None or linked:
        raise NotDone("link_has_original", no=no)
    if _goes_back_to(connection, original.payment_id, reissue.payment_id):
        raise NotDone("link_circle", no=no, to=to)
    if reissue.person_id != original.person_id and min(reissue.person_id, original.person_id) > 0:
        raise NotDone("link_other_person", no=no, to=to)
    connection.execute(
        insert(payment_link).values(
            payment_id=reissue.payment_id,
            reissue_of=original.payment_id,
            at=actor.at,
            post=actor.post.code,
            login=actor.login,
            why=reason,
        )
    )
    derive_again(connection, [reissue.payment_id, original.payment_id])
    detail = {"to": to, "why": reason}
    trace.record(connection, actor, "failed.link", ("payment", no), detail, reissue.region_code)
    return LinkMade(no, to, actor.at, actor.post.code, reason)


def _reason(why: str | None, act: str) -> str:
    if not (why or "").strip():
        raise WrongUsage("why_missing", act=act)
    return str(why)


def _payment(connection: Connection, viewer: Viewer, no: str) -> Row[Any]:
    query = (
        select(payment)
        .join_from(payment, batch, batch.c.batch_id == payment.c.batch_id)
        .where(payment.c.payment_no == no, within(viewer, payment.c.region_code, batch.c.programme_id))
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        raise NotFound("not_found", no=no)
    return found


def _failure(connection: Connection, paid: Row[Any], as_of: date) -> Row[Any]:
    query = (
        select(failure)
        .join_from(failure_payment, failure, failure.c.failure_id == failure_payment.c.failure_id)
        .where(failure_payment.c.payment_id == paid.payment_id, failure_payment.c.since <= as_of)
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        raise NotDone("not_failed", no=paid.payment_no)
    return found


def _last_day(connection: Connection, failure_id: int) -> date:
    """The day of the failure's last event: a refund takes what is outstanding after it."""
    query = (
        select(failure_event.c.day)
        .where(failure_event.c.failure_id == failure_id)
        .order_by(failure_event.c.seq.desc())
        .limit(1)
    )
    last: date = connection.execute(query).scalar_one()
    return last


def _outstanding(connection: Connection, failure_id: int, as_of: date) -> int:
    query = (
        select(failure_event.c.outstanding)
        .where(failure_event.c.failure_id == failure_id, failure_event.c.day <= as_of)
        .order_by(failure_event.c.seq.desc())
        .limit(1)
    )
    return int(connection.scalar(query) or 0)


def _dated(actor: Actor, last: date) -> None:
    today = actor.now.date()
    if not last <= actor.as_of <= today:
        raise NotDone("act_day", day=actor.as_of, last=last, today=today)


def _free_moment(connection: Connection, payment_id: int, at: datetime) -> datetime:
    """The moment of the act, or the next second that no feedback on this payment has yet."""
    query = select(feedback_table.c.given_at).where(feedback_table.c.payment_id == payment_id)
    taken = set(connection.scalars(query))
    while at in taken:
        at += timedelta(seconds=1)
    return at


def _goes_back_to(connection: Connection, start: int, wanted: int) -> bool:
    """Whether `wanted` is `start`, or an original of it."""
    here: int | None = start
    while here is not None:
        if here == wanted:
            return True
        own = select(payment.c.reissue_of).where(payment.c.payment_id == here)
        said = select(payment_link.c.reissue_of).where(payment_link.c.payment_id == here)
        here = connection.scalar(own) or connection.scalar(said)
    return False

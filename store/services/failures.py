"""What a post does about a failed payment: feedback, a refund to the treasury, a link to its reissue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, insert, select

from store.database import lock_imports
from store.errors import NotDone, NotFound, WrongUsage
from store.identity import mask_within
from store.intake.failing import derive_again
from store.intake.figuring import Figures
from store.models.columns import moment_number
from store.models.failures import failure, failure_event, failure_payment
from store.models.payments import (
    batch,
    fund_entry,
    payment,
    payment_link,
    payment_return,
    recorded_refund,
)
from store.models.payments import (
    feedback as feedback_table,
)
from store.models.posts import Actor, Viewer
from store.models.reference import unit
from store.models.values import number_text
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


@dataclass(frozen=True, slots=True)
class FeedbackReady:
    """Feedback that may be given: the payment it was named by, the failure it belongs to."""

    payment: Row[Any]
    failure: Row[Any]


def feedback(connection: Connection, actor: Actor, no: str, said: Feedback) -> FeedbackGiven:
    """Record feedback on the failure that any payment of its chain names."""
    check_feedback(said)
    ready = feedback_ready(connection, actor, no, said)
    made = give_feedback(connection, actor, ready, said)
    named = ready.failure
    subject = ("failure", named.payment_no)
    trace.record(connection, actor, "failed.feedback", subject, feedback_traced(said), named.region_code)
    return made


def check_feedback(said: Feedback) -> None:
    """WrongUsage where nothing is said."""
    if not said.text.strip():
        raise WrongUsage("feedback_text")


def feedback_ready(connection: Connection, actor: Actor, no: str, said: Feedback) -> FeedbackReady:
    """Whether feedback may be given on a failure now; it only reads, and NotDone says why not."""
    paid = _payment(connection, actor.viewer, no)
    known = _failure(connection, paid, actor.as_of)
    _dated(actor, _last_step(connection, known.failure_id))
    if said.unit_code is not None and not connection.scalar(
        select(exists().where(unit.c.unit_code == said.unit_code))
    ):
        raise NotDone("unit_unknown", unit=said.unit_code)
    return FeedbackReady(paid, known)


def give_feedback(
    connection: Connection, actor: Actor, ready: FeedbackReady, said: Feedback
) -> FeedbackGiven:
    """Write feedback that was found to be in order, without its event."""
    at = _free_moment(connection, ready.payment.payment_id, actor.at)
    connection.execute(
        insert(feedback_table).values(
            payment_id=ready.payment.payment_id,
            given_at=at,
            unit_code=said.unit_code,
            content=said.text,
            expected_on=said.expected_on,
            post=actor.post.code,
        )
    )
    figures = Figures(connection)
    figures.fed_back({(ready.payment.payment_id, moment_number(at))})
    figures.write()
    no = ready.payment.payment_no
    return FeedbackGiven(no, at, said.unit_code, mask_within(said.text), said.expected_on, actor.post.code)


def feedback_traced(said: Feedback) -> dict[str, object]:
    """What an event tells of feedback."""
    return {"text": said.text, "unit": said.unit_code, "expected_on": said.expected_on}


def refund(connection: Connection, actor: Actor, no: str, voucher: str, why: str | None) -> RefundRecorded:
    """Record that all that is outstanding of a failure went back to the treasury by a voucher."""
    reason = _reason(why, "refund")
    voucher = number_text(voucher)
    if not voucher:
        raise WrongUsage("refund_voucher")
    lock_imports(connection)
    paid = _payment(connection, actor.viewer, no)
    known = _failure(connection, paid, actor.as_of)
    _dated(actor, _last_step(connection, known.failure_id))
    outstanding = _outstanding(connection, known.failure_id, actor.as_of)
    if not outstanding:
        raise NotDone("nothing_outstanding", no=no)
    if _is_used(connection, voucher):
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
    trace.record(connection, actor, "failed.refund", ("failure", known.payment_no), detail, known.region_code)
    return RefundRecorded(no, voucher, outstanding, actor.as_of, actor.post.code, mask_within(reason))


def link(connection: Connection, actor: Actor, no: str, to: str, why: str | None) -> LinkMade:
    """Record that payment `no` reissues payment `to`; it counts from the day of its own returns."""
    reason = _reason(why, "link")
    lock_imports(connection)
    reissue, original = _payment(connection, actor.viewer, no), _payment(connection, actor.viewer, to)
    _dated(actor, _last_returned(connection, reissue.payment_id))
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
    return LinkMade(no, to, actor.at, actor.post.code, mask_within(reason))


def _reason(why: str | None, act: str) -> str:
    if not (why or "").strip():
        raise WrongUsage("why_missing", act=act)
    return str(why)


def _payment(connection: Connection, viewer: Viewer, no: str) -> Row[Any]:
    query = (
        select(payment)
        .join_from(payment, batch, batch.c.batch_id == payment.c.batch_id)
        .where(
            payment.c.payment_no == number_text(no),
            within(viewer, payment.c.region_code, batch.c.programme_id),
        )
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


def _last_step(connection: Connection, failure_id: int) -> date:
    """The day of the last thing that happened to a failure, or that a post did about it."""
    happened = select(func.max(failure_event.c.day)).where(failure_event.c.failure_id == failure_id)
    said = (
        select(func.max(feedback_table.c.given_at))
        .join(failure_payment, failure_payment.c.payment_id == feedback_table.c.payment_id)
        .where(failure_payment.c.failure_id == failure_id, feedback_table.c.post.isnot(None))
    )
    last: date = connection.execute(happened).scalar_one()
    given: datetime | None = connection.scalar(said)
    return last if given is None else max(last, given.date())


def _last_returned(connection: Connection, payment_id: int) -> date:
    """The day of a payment's last return; the first of all days where it has none."""
    query = select(func.max(payment_return.c.settled_at)).where(payment_return.c.payment_id == payment_id)
    last: datetime | None = connection.scalar(query)
    return date.min if last is None else last.date()


def _is_used(connection: Connection, voucher: str) -> bool:
    """Whether a voucher was recorded before, or is another line of the treasury's than an unnamed refund."""
    f = fund_entry.c
    unnamed = and_(f.kind == "refund", f.payment_no.is_(None))
    stands = select(exists().where(f.entry_no == voucher, ~unnamed))
    recorded = select(exists().where(recorded_refund.c.voucher == voucher))
    return bool(connection.scalar(stands) or connection.scalar(recorded))


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

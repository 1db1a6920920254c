"""Departments see to what failed: they pay it again, and say what they do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, func, select

from seeds.day.now import Lines, Now, card_of
from seeds.world.feedback import OTHER, WORDS
from store.identity import unpack_id
from store.models.failures import failure, failure_event, failure_payment
from store.models.payments import batch, payment, payment_return
from store.models.reference import programme, unit, wording
from store.money import yuan

MOST = 3
_DRAWS = 8


def reissues(now: Now) -> list[Lines]:
    """Up to three failures are paid again, each in a batch of its own, to a card that works."""
    heads: list[dict[str, object]] = []
    lines: list[dict[str, object]] = []
    open_now = _open(now)
    wanted = now.rng.randint(1, MOST)
    for failure_id in now.mixed(open_now)[:_DRAWS]:
        last = now.connection.execute(_last_payment(failure_id)).one()
        payee = last.payee_id or last.person_id
        number = card_of(now, payee) if payee > 0 and last.person_id > 0 and last.region_code else None
        owed = now.connection.scalar(_owed(failure_id))
        if number is None or not owed or now.connection.scalar(select(_is_waiting(failure_id))):
            continue
        batch_no = now.number("GZ", len(heads) + 1)
        heads.append(_head(now, last, batch_no, owed))
        lines.append(_line(now, last, batch_no, number, owed, len(heads)))
        if len(heads) == wanted:
            break
    return [Lines("batches", heads), Lines("payments", lines)] if heads else []


def feedback(now: Now) -> list[Lines]:
    """What departments say of a few open failures."""
    rows: list[dict[str, object]] = []
    open_now = _open(now)
    for failure_id in now.some(open_now, MOST) if open_now else ():
        last = now.connection.execute(_last_payment(failure_id)).one()
        expected = now.day + timedelta(days=now.rng.randint(2, 10))
        rows.append(
            {
                "payment_no": last.payment_no,
                "given_at": now.at,
                "unit_code": last.unit_code,
                "content": now.rng.choice(WORDS.get(_reason(now, failure_id) or "", OTHER)),
                "expected_on": expected if now.rng.random() < 0.7 else None,
            }
        )
    return [Lines("feedback", rows)] if rows else []


def _open(now: Now) -> list[int]:
    opened = (failure.c.cleared_on.is_(None), failure.c.opened_on <= now.day)
    query = select(failure.c.failure_id).where(*opened).order_by(failure.c.payment_no)
    return list(now.connection.scalars(query))


def _last_payment(failure_id: int) -> Any:
    """The newest payment of a failure's chain, with its batch."""
    return (
        select(
            payment,
            batch.c.period,
            batch.c.bank_code,
            batch.c.account_no,
            batch.c.region_code.label("county"),
            programme.c.programme_code,
            unit.c.unit_code,
        )
        .join_from(failure_payment, payment, payment.c.payment_id == failure_payment.c.payment_id)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(unit, unit.c.unit_id == batch.c.unit_id)
        .where(failure_payment.c.failure_id == failure_id)
        .order_by(payment.c.payment_id.desc())
        .limit(1)
    )


def _owed(failure_id: int) -> Any:
    e = failure_event.c
    return select(e.outstanding).where(e.failure_id == failure_id).order_by(e.seq.desc()).limit(1)


def _is_waiting(failure_id: int) -> Any:
    """Whether a payment of the chain has no answer yet."""
    answered = select(payment_return.c.payment_id).where(
        payment_return.c.payment_id == failure_payment.c.payment_id, payment_return.c.result != "pending"
    )
    return exists().where(failure_payment.c.failure_id == failure_id, ~answered.exists())


def _reason(now: Now, failure_id: int) -> str | None:
    e = failure_event.c
    latest = select(func.max(e.seq)).where(e.failure_id == failure_id, e.wording_id.isnot(None))
    query = (
        select(wording.c.reason)
        .join(failure_event, e.wording_id == wording.c.wording_id)
        .where(e.failure_id == failure_id, e.seq == latest.scalar_subquery())
    )
    return now.connection.scalar(query)


def _head(now: Now, last: Any, batch_no: str, owed: int) -> dict[str, object]:
    return {
        "batch_no": batch_no,
        "programme_code": last.programme_code,
        "period": last.period,
        "region_code": last.county,
        "unit_code": last.unit_code,
        "bank_code": last.bank_code,
        "submitted_on": now.day,
        "count": 1,
        "amount": yuan(owed),
        "account_no": last.account_no,
        "created_on": now.day,
        "approved_on": now.day,
    }


def _line(now: Now, last: Any, batch_no: str, card_no: str, owed: int, serial: int) -> dict[str, object]:
    return {
        "payment_no": now.number("GF", serial),
        "batch_no": batch_no,
        "person_id": unpack_id(last.person_id),
        "name": last.name,
        "card_no": card_no,
        "amount": yuan(owed),
        "region_code": last.region_code,
        "reissue_of": last.payment_no,
        "payee_id": last.payee_id and unpack_id(last.payee_id),
        "payee_name": last.payee_name,
        "payee_relation": last.payee_relation,
        "nature": "reissue",
    }

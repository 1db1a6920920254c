"""Banks answer: money arrives or comes back, at once or days later; and departments send what lay there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select

from seeds.day.now import Lines, Now
from seeds.day.stages import leaves, with_the_bank
from seeds.world.reasons import pick, worded
from store.models.payments import batch, payment, payment_return
from store.models.reference import programme, unit

MOST = 24
FAILING = {False: 0.06, True: 0.18}  # first payments, and reissues
_AWAITED = timedelta(days=60)
_BOUNCED_WITHIN = timedelta(days=15)


def answers(now: Now) -> list[Lines]:
    """What a bank says of some payments of a batch; a case whose money arrived has left the bank."""
    sent = batch.c.submitted_on
    query = select(batch.c.batch_id).where(sent <= now.day, sent > now.day - _AWAITED)
    for batch_id in now.mixed(list(now.connection.scalars(query.order_by(batch.c.batch_no)))):
        waiting = list(now.connection.execute(_unanswered(batch_id)))
        if waiting:
            return _answered(now, waiting[: now.rng.randint(2, MOST)])
    return []


def bounces(now: Now) -> list[Lines]:
    """One payment of the last fortnight comes back after it had arrived."""
    sent = batch.c.submitted_on
    query = select(batch.c.batch_id).where(sent <= now.day, sent > now.day - _BOUNCED_WITHIN)
    for batch_id in now.mixed(list(now.connection.scalars(query.order_by(batch.c.batch_no))))[:8]:
        found = now.one_row(_arrived(now, batch_id))
        if found is not None:
            return [Lines("returns", [_return(now, found.payment_no, "bounced", 1)])]
    return []


def sends(now: Now) -> list[Lines]:
    """A batch that lay with its department goes to the bank."""
    b = batch.c
    query = (
        select(b.batch_no, programme.c.programme_code, b.period, b.region_code, unit.c.unit_code)
        .join(programme, programme.c.programme_id == b.programme_id)
        .join(unit, unit.c.unit_id == b.unit_id)
        .where(b.submitted_on.is_(None), b.approved_on <= now.day)
        .order_by(b.batch_no)
    )
    found = now.one_row(query)
    if found is None:
        return []
    return [Lines("batches", [{**found._mapping, "submitted_on": now.day}])]


def _has(*results: str) -> Any:
    """That a payment has an answer of these results."""
    answer = payment_return.alias()
    return exists().where(answer.c.payment_id == payment.c.payment_id, answer.c.result.in_(results))


def _unanswered(batch_id: int) -> Any:
    p = payment.c
    return (
        select(p.payment_no, p.case_no, p.reissue_of)
        .where(p.batch_id == batch_id, ~_has("success", "failure", "bounced"))
        .order_by(p.payment_no)
    )


def _arrived(now: Now, batch_id: int) -> Any:
    p, r = payment.c, payment_return.c
    return (
        select(p.payment_no)
        .join(payment_return, r.payment_id == p.payment_id)
        .where(p.batch_id == batch_id, r.result == "success", r.settled_at < now.at)
        .where(~_has("failure", "bounced"))
        .order_by(p.payment_no)
    )


def _answered(now: Now, waiting: list[Any]) -> list[Lines]:
    returns, arrived = [], []
    for serial, each in enumerate(waiting, 1):
        failed = now.rng.random() < FAILING[each.reissue_of is not None]
        returns.append(_return(now, each.payment_no, "failure" if failed else "success", serial))
        if each.case_no and not failed:
            arrived.append(each.case_no)
    stays = with_the_bank(now, arrived) if arrived else []
    left = [Lines("stages", [leaves(now, stay, "passed") for stay in stays])] if stays else []
    return [Lines("returns", returns), *left]


def _return(now: Now, payment_no: str, result: str, serial: int) -> dict[str, object]:
    success = result == "success"
    return {
        "payment_no": payment_no,
        "result": result,
        "reason": None if success else worded(now.rng, pick(now.rng)),
        "settled_at": now.at,
        "bank_serial": now.number("LS", serial) if success else None,
    }

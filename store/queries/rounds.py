"""The statements behind the progress of rounds: where each case stands, and what became of each payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from store.models.claims import claim, stage_visit
from store.models.codes import OUTCOMES, RESULTS, STAGES
from store.models.columns import Big, end_of
from store.models.failures import failure, failure_payment
from store.models.figures import COUNTY, batch_county, batch_day, batch_now
from store.models.payments import batch, payment, payment_return, person_payment
from store.models.posts import Viewer
from store.queries.filters import Filters, narrowed
from store.queries.payment_states import made_by
from store.queries.scope import within
from store.queries.spans import in_spans
from store.queries.sums import is_whole

CASE_STATES = (*STAGES, "between", "refused", "approved", "batched")
PAYMENT_STATES = ("not_sent", "no_return", "credited", "failed", "refunded")
APPROVED_FROM = STAGES.index("county_approval")
LEVELS: dict[str, tuple[int, ...]] = {"programme": (), "county": (6,), "town": (9, 6)}


@dataclass(frozen=True)
class Asked:
    """What is asked for; `by` says which places are told apart."""

    connection: Connection
    viewer: Viewer
    as_of: date
    filters: Filters
    period: str | None
    by: str

    def scope(self, region: Any, programme_id: Any, period: Any) -> ColumnElement[bool]:
        """That a row lies in scope, and in what is asked for."""
        parts = [
            within(self.viewer, region, programme_id),
            narrowed(self.connection, self.viewer, self.filters, region, programme_id),
        ]
        return and_(*parts, *([period == self.period] if self.period is not None else []))

    def place(self, region: Any) -> ColumnElement[int]:
        """The number of the place that a row counts for: six or nine digits, 0 for none."""
        packed = type_coerce(region, Big)
        levels = LEVELS[self.by]
        if not levels:
            return literal(0)
        return case(*((packed % 100 >= length, packed // 10 ** (14 - length)) for length in levels), else_=0)


def cases(asked: Asked) -> Select[Any]:
    """The cases that were declared by the day, each with where its approval stood."""
    c, visits = claim.c, _visits(asked).subquery()
    last = visits.c.last
    outcome, stage = last % 8 - 1, last // 8 % 16
    made = and_(batch.c.batch_id == payment.c.batch_id, made_by(asked.as_of))
    paid = exists(
        select(payment.c.payment_id)
        .join_from(person_payment, payment, payment.c.payment_id == person_payment.c.payment_id)
        .join(batch, made)
        .where(in_spans(asked.connection), person_payment.c.person_id == c.person_id)
        .where(payment.c.case_no == c.case_no)
    )
    decided = and_(outcome == OUTCOMES.index("passed"), stage >= APPROVED_FROM)
    state = case(
        (visits.c.open.isnot(None), visits.c.open % 16),
        (paid, CASE_STATES.index("batched")),
        (outcome == OUTCOMES.index("rejected"), CASE_STATES.index("refused")),
        (decided, CASE_STATES.index("approved")),
        else_=CASE_STATES.index("between"),
    )
    return (
        select(
            c.programme_id,
            c.period,
            asked.place(c.region_code).label("place"),
            state.label("state"),
            func.coalesce(c.amount, 0).label("amount"),
        )
        .outerjoin_from(claim, visits, visits.c.claim_id == c.claim_id)
        .where(asked.scope(c.region_code, c.programme_id, c.period), c.applied_on <= asked.as_of)
    )


def _visits(asked: Asked) -> Select[Any]:
    """For each case its open stay and its last, as numbers that sort by entry and hold stage and outcome."""
    v, end = stage_visit.c, end_of(asked.as_of)
    key = type_coerce(v.entered_at, Big) * 16 + type_coerce(v.stage, Integer)
    still_open = or_(v.left_at.is_(None), v.left_at > end)
    outcome = func.coalesce(type_coerce(v.outcome, Integer) + 1, 0)
    scope = and_(
        within(asked.viewer, v.region_code, v.programme_id),
        narrowed(asked.connection, asked.viewer, asked.filters, v.region_code, v.programme_id),
    )
    return (
        select(
            v.claim_id,
            func.max(case((still_open, key))).label("open"),
            func.max(key * 8 + outcome).label("last"),
        )
        .where(scope, v.entered_at <= end)
        .group_by(v.claim_id)
    )


def payment_sums(asked: Asked) -> Select[Any]:
    """The payments and failures of rounds by what became of them, from the sums of batches: count and amount.

    A failure stands for all its payments, which are not counted beside it.
    """
    figures = _figures_of_batches(asked)
    d = figures.c
    sent = and_(batch.c.submitted_on.isnot(None), batch.c.submitted_on <= asked.as_of)
    waiting = case((sent, PAYMENT_STATES.index("no_return")), else_=PAYMENT_STATES.index("not_sent"))
    states = {
        "none": waiting,
        "pending": PAYMENT_STATES.index("no_return"),
        "success": PAYMENT_STATES.index("credited"),
    }
    states |= {f"apart_{name}": state for name, state in states.items()}
    itself = ("credited", "failed", "refunded")
    states |= {name: PAYMENT_STATES.index(name) for name in itself}
    state = case(*((d.standing == name, found) for name, found in states.items()))
    return (
        select(
            batch.c.programme_id,
            batch.c.period,
            asked.place(d.place).label("place"),
            state.label("state"),
            d["count"],
            d.amount,
        )
        .join_from(figures, batch, batch.c.batch_id == d.batch_id)
        .where(
            asked.scope(d.place, batch.c.programme_id, batch.c.period),
            d.standing.in_(states),
            or_(d.standing.in_(itself), made_by(asked.as_of)),
        )
    )


def _figures_of_batches(asked: Asked) -> FromClause:
    """Batches by place and standing at the end of the day: as they stand, or day by day if they moved since.

    Where whole counties do, what stands now is read by county: one row for many towns and days.
    """
    d, n, now = batch_day.c, batch_now.c, batch_county.c
    days = select(d.batch_id, d.place, d.standing, d["count"], d.amount)
    days = days.where(d.day <= asked.as_of)
    if asked.by == "town" or not is_whole(asked.connection, asked.viewer, asked.filters, COUNTY):
        return days.subquery()
    moved = select(n.batch_id).where(n.moved_on > asked.as_of)
    still = select(now.batch_id, now.place, now.standing, now["count"], now.amount)
    still = still.where(now.batch_id.notin_(moved))
    return union_all(still, days.where(d.batch_id.in_(moved))).subquery()


def payments(asked: Asked) -> Select[Any]:
    """The payments that had not failed by the day, without those that are parts of another's chain."""
    p, r, as_of = payment.c, payment_return.c, asked.as_of
    latest = (
        select(func.max(type_coerce(r.settled_at, Big) * 4 + type_coerce(r.result, Integer)))
        .where(r.payment_id == p.payment_id, r.settled_at <= end_of(as_of))
        .correlate(payment)
        .scalar_subquery()
    )
    sent = and_(batch.c.submitted_on.isnot(None), batch.c.submitted_on <= as_of)
    inner = (
        select(
            batch.c.programme_id,
            batch.c.period,
            asked.place(p.region_code).label("place"),
            p.amount,
            latest.label("latest"),
            case((sent, PAYMENT_STATES.index("no_return")), else_=PAYMENT_STATES.index("not_sent")).label(
                "without"
            ),
        )
        .join_from(payment, batch, batch.c.batch_id == p.batch_id)
        .outerjoin(failure_payment, failure_payment.c.payment_id == p.payment_id)
        .outerjoin(failure, failure.c.failure_id == failure_payment.c.failure_id)
        .where(
            asked.scope(p.region_code, batch.c.programme_id, batch.c.period),
            made_by(as_of),
            or_(
                failure.c.failure_id.is_(None),
                and_(failure.c.failure_id == p.payment_id, failure.c.opened_on > as_of),
                # a payment above that joins the chain when it fails itself; a reissue never stands alone
                and_(
                    failure.c.failure_id != p.payment_id,
                    failure_payment.c.since > as_of,
                    p.reissue_of.is_(None),
                ),
            ),
        )
        .subquery()
    )
    result = inner.c.latest % 4
    state = case(
        (inner.c.latest.is_(None), inner.c.without),
        (result == RESULTS.index("success"), PAYMENT_STATES.index("credited")),
        (result == RESULTS.index("pending"), PAYMENT_STATES.index("no_return")),
        else_=PAYMENT_STATES.index("failed"),
    )
    return select(inner.c.programme_id, inner.c.period, inner.c.place, state.label("state"), inner.c.amount)

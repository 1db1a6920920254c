"""How far each payment round is: cases by stage, and payments by what became of them, by place.

Of cases: case = the eight stages + between + refused + approved + batched. Of payments: payment = not_sent +
no_return + credited + failed + refunded. Both hold in counts and in fen, for every row and for every sum of
rows. A payment stands for its whole chain: what reissues a failed payment is not counted beside it, and its
fen are shared out between what was credited, refunded, and is still outstanding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
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

from store.models.claims import claim, stage_visit
from store.models.codes import OUTCOMES, RESULTS, STAGES
from store.models.columns import Big, end_of
from store.models.failures import failure, failure_payment
from store.models.payments import batch, payment, payment_return, person_payment
from store.models.posts import Viewer
from store.models.reference import programme
from store.queries import places
from store.queries.failures import states
from store.queries.filters import Filters, check_choice, narrowed
from store.queries.scope import within
from store.tables import Digits, Fen, Number

BY = ("programme", "county", "town")
CASE_STATES = (*STAGES, "between", "refused", "approved", "batched")
PAYMENT_STATES = ("not_sent", "no_return", "credited", "failed", "refunded")
APPROVED_FROM = STAGES.index("county_approval")


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A round (a programme's period) in a county or town; places are None where they are not told apart.

    `between`: no stage is open and none has decided. `approved`: decided on by the county, and in no batch.
    """

    programme_code: str
    programme: str
    period: str
    county_code: Digits | None
    county: str | None
    town_code: Digits | None
    town: str | None
    case_count: Number
    case_amount: Fen
    declare_count: Number
    declare_amount: Fen
    village_review_count: Number
    village_review_amount: Fen
    town_review_count: Number
    town_review_amount: Fen
    notice_count: Number
    notice_amount: Fen
    county_approval_count: Number
    county_approval_amount: Fen
    city_supervision_count: Number
    city_supervision_amount: Fen
    appropriation_count: Number
    appropriation_amount: Fen
    disbursement_count: Number
    disbursement_amount: Fen
    between_count: Number
    between_amount: Fen
    refused_count: Number
    refused_amount: Fen
    approved_count: Number
    approved_amount: Fen
    batched_count: Number
    batched_amount: Fen
    payment_count: Number
    payment_amount: Fen
    not_sent_count: Number
    not_sent_amount: Fen
    no_return_count: Number
    no_return_amount: Fen
    credited_count: Number
    credited_amount: Fen
    failed_count: Number
    failed_amount: Fen
    refunded_count: Number
    refunded_amount: Fen


Round = tuple[int, str, int]  # programme_id, period, place
Sums = dict[Round, Counter[str]]


@dataclass(frozen=True)
class _Asked:
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
        levels = {"programme": (), "county": (6,), "town": (9, 6)}[self.by]
        if not levels:
            return literal(0)
        return case(*((packed % 100 >= length, packed // 10 ** (14 - length)) for length in levels), else_=0)


def listed(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    filters: Filters,
    period: str | None = None,
    by: str = "county",
) -> list[ProgressRow]:
    """Every round that had a case or a payment by the end of a day, by programme, period and place.

    `by` is programme, county or town. A batch counts from the day it was made, where one is known.
    """
    check_choice("by", by, BY)
    asked = _Asked(connection, viewer, as_of, filters, period, by)
    sums: Sums = defaultdict(Counter)
    _add(connection, sums, _cases(asked), "case", CASE_STATES)
    _add(connection, sums, _payments(asked), "payment", PAYMENT_STATES)
    _add_failures(asked, sums)
    return _rows(asked, sums)


def _add(connection: Connection, sums: Sums, inner: Select[Any], whole: str, names: tuple[str, ...]) -> None:
    """Sum up rows of programme_id, period, place, state (a place in `names`) and amount."""
    rows = inner.subquery()
    keys = (rows.c.programme_id, rows.c.period, rows.c.place, rows.c.state)
    query = select(*keys, func.count(), func.sum(rows.c.amount)).group_by(*keys)
    for programme_id, period, place, state, count, amount in connection.execute(query):
        found = sums[programme_id, period, place]
        for name in (whole, names[state]):
            found[f"{name}_count"] += count
            found[f"{name}_amount"] += int(amount)


def _cases(asked: _Asked) -> Select[Any]:
    """The cases that were declared by the day, each with where its approval stood."""
    c, visits = claim.c, _visits(asked).subquery()
    last = visits.c.last
    outcome, stage = last % 8 - 1, last // 8 % 16
    made = and_(batch.c.batch_id == payment.c.batch_id, _made(asked.as_of))
    paid = exists(
        select(payment.c.payment_id)
        .join_from(person_payment, payment, payment.c.payment_id == person_payment.c.payment_id)
        .join(batch, made)
        .where(person_payment.c.person_id == c.person_id, payment.c.case_no == c.case_no)
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


def _visits(asked: _Asked) -> Select[Any]:
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


def _made(as_of: date) -> ColumnElement[bool]:
    day = func.coalesce(batch.c.created_on, batch.c.approved_on, batch.c.submitted_on)
    return or_(day.is_(None), day <= as_of)


def _payments(asked: _Asked) -> Select[Any]:
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
            _made(as_of),
            or_(
                failure.c.failure_id.is_(None),
                and_(failure.c.failure_id == p.payment_id, failure.c.opened_on > as_of),
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


def _add_failures(asked: _Asked, sums: Sums) -> None:
    """The failures that were known by the day: each is one payment, its fen shared out."""
    known = list(states(asked.connection, asked.viewer, asked.as_of, asked.filters))
    of_batch = {row.batch_id: row.period for row in asked.connection.execute(select(batch))} if known else {}
    for state in known:
        period = of_batch[state.row.batch_id]
        if asked.period not in (None, period):
            continue
        found = sums[state.row.programme_id, period, _place(state.row.region_code, asked.by)]
        amount, last = state.row.amount, state.events[-1]
        refunded = min(last.refunded, amount - last.outstanding)
        shares = {
            "failed": last.outstanding,
            "credited": amount - last.outstanding - refunded,
            "refunded": refunded,
        }
        found["payment_count"] += 1
        found["payment_amount"] += amount
        # still outstanding in part, it has failed; paid in part and refunded for the rest, it was credited
        found[f"{next(name for name, share in shares.items() if share)}_count"] += 1
        for name, share in shares.items():
            found[f"{name}_amount"] += share


def _place(code: str, by: str) -> int:
    levels = {"programme": (), "county": (6,), "town": (9, 6)}[by]
    return next((int(code[:length]) for length in levels if len(code) >= length), 0)


def _rows(asked: _Asked, sums: Sums) -> list[ProgressRow]:
    programmes = {row.programme_id: row for row in asked.connection.execute(select(programme))}
    numbers = {place for _, _, place in sums}
    named = places.names(asked.connection, _codes(numbers))
    figures = [f"{name}_{unit}" for name in _ALL for unit in ("count", "amount")]
    rows = []
    for (programme_id, period, place), found in sums.items():
        about: Row[Any] = programmes[programme_id]
        county, town = _split(place, asked.by)
        rows.append(
            ProgressRow(
                about.programme_code,
                about.name,
                period,
                county,
                named.get(county or ""),
                town,
                named.get(town or ""),
                **{name: found[name] for name in figures},
            )
        )
    return sorted(
        rows, key=lambda row: (row.programme_code, row.period, row.county_code or "", row.town_code or "")
    )


_ALL = ("case", *CASE_STATES, "payment", *PAYMENT_STATES)


def _split(place: int, by: str) -> tuple[str | None, str | None]:
    """The codes of county and town: empty where a row has none, None where they are not told apart."""
    if by == "programme":
        return None, None
    code = str(place) if place else ""
    return code[:6], (code if len(code) == 9 else "") if by == "town" else None


def _codes(numbers: set[int]) -> set[str]:
    return {str(number)[:length] for number in numbers if number for length in (6, 9)}

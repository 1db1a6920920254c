"""Why something is due when it is: the receipt of a case, a batch, a failure or an item, by its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from store.errors import NotFound
from store.models.claims import claim, stage_visit
from store.models.clock import Clock
from store.models.columns import county_of, end_of
from store.models.failures import failure, failure_payment
from store.models.limits import Limits
from store.models.payments import batch, payment
from store.models.posts import Viewer
from store.models.rectification import ENDED
from store.models.reference import programme, unit
from store.models.values import number_text
from store.queries import items, overdue_payments, places
from store.queries.failures import reason_of, states
from store.queries.filters import Filters
from store.queries.overdue import clock_of, ended_by, pauses_by_claim
from store.queries.receipts import (
    Asked,
    BatchReceipt,
    CaseReceipt,
    FailureReceipt,
    ItemReceipt,
    StageShown,
    at_midnight,
    nothing_said,
    says,
    set_day,
)
from store.queries.scope import within
from store.queries.timing import limits_of, time_of


def explained(connection: Connection, viewer: Viewer, as_of: date, no: str, lang: str) -> Any:
    """The receipt of a case, a batch, a failure (by any payment of its chain) or an item, by its number."""
    no = number_text(no)
    asked = Asked(connection, viewer, as_of, lang, time_of(connection))
    for question in (_case, _batch, _failure, _item):
        found = question(asked, no)
        if found is not None:
            return found
    raise NotFound("not_found", no=no)


def _county(asked: Asked, region_code: str) -> str | None:
    code = county_of(region_code)
    return places.names(asked.connection, [code]).get(code) if code else None


def _case(asked: Asked, no: str) -> CaseReceipt | None:
    c = claim.c
    query = (
        select(claim, programme.c.programme_code, programme.c.name)
        .join_from(claim, programme, programme.c.programme_id == c.programme_id)
        .where(c.case_no == no, within(asked.viewer, c.region_code, c.programme_id))
    )
    case = asked.connection.execute(query).one_or_none()
    if case is None:
        return None
    visits = (
        select(stage_visit, unit.c.unit_code, unit.c.name.label("unit"))
        .join_from(stage_visit, unit, unit.c.unit_id == stage_visit.c.unit_id)
        .where(stage_visit.c.claim_id == case.claim_id, stage_visit.c.entered_at <= end_of(asked.as_of))
        .order_by(stage_visit.c.entered_at, stage_visit.c.stage)
    )
    pauses = pauses_by_claim(asked.connection, {case.claim_id}).get(case.claim_id, [])
    limits = limits_of(asked.connection)
    stages = tuple(_stage(asked, row, case, limits, pauses) for row in asked.connection.execute(visits))
    county = _county(asked, case.region_code)
    facts = (case.programme_code, case.name, case.period, case.region_code, county, stages)
    return CaseReceipt(no, *facts)


def _stage(
    asked: Asked,
    row: Row[Any],
    case: Row[Any],
    limits: Limits,
    pauses: Sequence[tuple[datetime, datetime | None]],
) -> StageShown:
    left = ended_by(row.left_at, asked.as_of)
    limit = limits.find(case.programme_code, case.region_code, row.stage, row.entered_at.date())
    who = (row.stage, row.unit_code, row.unit, row.operator, row.entered_at, row.left_at if left else None)
    if limit is None:
        return StageShown(*who, *nothing_said())
    clock = clock_of(row, limit, asked.time, pauses, asked.as_of)
    return StageShown(*who, limit.count, limit.unit, limit.source, *says(asked, clock, left))


def _batch(asked: Asked, no: str) -> BatchReceipt | None:
    connection, as_of = asked.connection, asked.as_of
    rows = overdue_payments.batches(connection, asked.viewer, Filters(), batch.c.batch_no == no)
    if not rows:
        return None
    row = rows[0]
    due = overdue_payments.pay_by(row)
    sent = row.submitted_on if overdue_payments.is_sent(row, as_of) else None
    begun = row.approved_on or row.created_on
    who = ("payment", row.unit_code, row.unit, None, at_midnight(begun), at_midnight(sent))
    if due is None:
        stage = StageShown(*who, *nothing_said())
    else:
        source = "pay_by" if row.pay_by else f"{row.programme_code} {row.rule}"
        settled = overdue_payments.settled_on(connection, row, as_of)
        clock = set_day(asked, min(begun or due, due), due)
        stage = StageShown(*who, None, "day", source, *says(asked, clock, settled))
    county = _county(asked, row.region_code)
    return BatchReceipt(no, row.programme_code, row.programme, row.period, row.region_code, county, (stage,))


def _failure(asked: Asked, no: str) -> FailureReceipt | None:
    member = (
        select(failure_payment.c.failure_id)
        .join_from(failure_payment, payment, payment.c.payment_id == failure_payment.c.payment_id)
        .where(payment.c.payment_no == no, failure_payment.c.since <= asked.as_of)
    )
    known = failure.c.failure_id == member.scalar_subquery()
    state = next(states(asked.connection, asked.viewer, asked.as_of, Filters(), extra=known), None)
    if state is None:
        return None
    row = state.row
    its_batch = batch.c.batch_id == row.batch_id
    about = overdue_payments.batches(asked.connection, None, Filters(), its_batch)[0]
    why = reason_of(state.latest)
    days = asked.time.failure_days.get(why, asked.time.failure_days[None])
    clock = Clock(asked.time.calendar, row.opened_on, days, "workday")
    cleared = state.cleared_on
    who = ("reissue", about.unit_code, about.unit, None, at_midnight(row.opened_on), at_midnight(cleared))
    stage = StageShown(*who, days, "workday", why, *says(asked, clock, cleared))
    facts = (about.programme_code, about.programme, about.period, row.region_code)
    return FailureReceipt(row.payment_no, *facts, _county(asked, row.region_code), (stage,))


def _item(asked: Asked, no: str) -> ItemReceipt | None:
    try:
        found = items.shown(asked.connection, asked.viewer, asked.as_of, no)
    except NotFound:
        return None
    ended = found.steps[-1].at.date() if found.status in ENDED else None
    begun = at_midnight(found.opened_on)
    who = ("rectification", found.unit_code, found.unit, found.responsible, begun, at_midnight(ended))
    if found.due_on is None:
        stage = StageShown(*who, *nothing_said())
    else:
        count = (found.due_on - found.opened_on).days
        clock = set_day(asked, found.opened_on, found.due_on)
        stage = StageShown(*who, count, "day", found.doc_no, *says(asked, clock, ended))
    named = select(programme.c.name).where(programme.c.programme_code == found.programme_code)
    name = asked.connection.scalar(named)
    facts = (found.programme_code, name, None, found.region_code, found.county, (stage,))
    return ItemReceipt(found.item_no, *facts)

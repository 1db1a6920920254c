"""Which stays in a stage an answer has to look at: found by their begin and length.

No due day is stored. What can be late or due by a day was entered by another, which follows from the limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    text,
    type_coerce,
    union_all,
)

from store.models.claims import LASTED, LONG, claim, lasted, pause, stage_visit
from store.models.clock import LONGEST
from store.models.columns import Big, end_of, moment_number
from store.models.folding import cut, day_number_of
from store.models.limits import Limit, Limits
from store.models.posts import Viewer
from store.models.reference import programme, unit
from store.queries.filters import Filters, narrowed
from store.queries.scope import within
from store.queries.timing import Time
from store.workdays import ONE


def early_enough(limits: Limits, time: Time, as_of: date, horizon: date | None) -> ColumnElement[bool]:
    """That a stay was entered by the last day on which any limit of its stage could be late (or due) by now.

    No due day is stored: pauses only put it off, so this keeps every stay that matters.
    """
    v = stage_visit.c
    latest = latest_entries(limits, time, as_of, horizon)
    parts = [and_(v.stage == stage, v.entered_at <= end_of(day)) for stage, day in latest.items()]
    return or_(*parts) if parts else v.visit_id.is_(None)


def latest_entries(limits: Limits, time: Time, as_of: date, horizon: date | None) -> dict[str, date]:
    """The last day, by stage, on which a stay can have begun that any limit has late (or due) by now."""
    last_due = horizon or as_of - ONE
    return {
        stage: max(_latest_entry(line, time, last_due) for line in lines)
        for stage, lines in limits.lines.items()
    }


def _latest_entry(line: Limit, time: Time, last_due: date) -> date:
    if line.unit == "day":
        return last_due - timedelta(days=min(line.count, LONGEST))
    entered, left = last_due, min(line.count, LONGEST)
    while left:
        left -= time.calendar.is_working(entered)
        entered -= ONE
    return entered


def still_open(
    connection: Connection,
    viewer: Viewer,
    as_of: date,
    filters: Filters,
    limits: Limits,
    time: Time,
    horizon: date | None,
) -> Iterator[ColumnElement[bool]]:
    """Which stays were open at the end of a day and may be late or due: those still open, then those over."""
    early = early_enough(limits, time, as_of, horizon)
    v = stage_visit.c
    yield and_(v.left_at.is_(None), early)
    if connection.scalar(select(v.visit_id).where(v.left_at > end_of(as_of)).limit(1)) is not None:
        yield and_(open_then(as_of, scope_of(connection, viewer, filters)), early)


def open_then(as_of: date, scope: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a stay which is over was open at the end of a day; each class of lengths has its span."""
    v, end = stage_visit.c, end_of(as_of)
    # the sum keeps the database from the index of `left_at`, of which nearly all lies after a day long past
    over = and_(type_coerce(v.left_at, Big) + 0 > moment_number(end), v.entered_at <= end, scope)
    shorter = text(f"left_at - entered_at < {LASTED[0][0] * 86_400}")
    soon = and_(v.left_at > end, v.left_at <= end + timedelta(days=LASTED[0][0]))
    spans = [select(v.visit_id).where(over, shorter, soon)]
    for least, below in LASTED:
        query = select(v.visit_id).where(over, lasted(least, below))
        begun = None if below is None else end - timedelta(days=below)
        spans.append(query if begun is None else query.where(v.entered_at > begun))
    return v.visit_id.in_(union_all(*(span.correlate(None) for span in spans)))


def long_enough(limits: Limits, left: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a stay lasted longer than the shortest limit of its stage: else it cannot have been finished late.

    What lasted long has an index of its own, and most stages have no short limit.
    """
    v = stage_visit.c
    least = {stage: min(line.count for line in lines) for stage, lines in limits.lines.items()}
    long = [stage for stage, days in least.items() if days >= LONG]
    spans = [select(v.visit_id).where(left, lasted(LONG), v.stage.in_(long))]
    for stage, days in least.items():
        if days < LONG:
            spans.append(select(v.visit_id).where(left, v.stage == stage, lasted(days)))
    return v.visit_id.in_(union_all(*(span.correlate(None) for span in spans)))


def visits(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, extra: ColumnElement[bool]
) -> Sequence[Row[Any]]:
    v = stage_visit
    query = (
        select(
            v,
            claim.c.case_no,
            claim.c.period,
            claim.c.person_id,
            claim.c.amount,
            programme.c.programme_code,
            programme.c.name.label("programme"),
            unit.c.unit_code,
            unit.c.name.label("unit"),
        )
        .join_from(v, claim, claim.c.claim_id == v.c.claim_id)
        .join(programme, programme.c.programme_id == v.c.programme_id)
        .join(unit, unit.c.unit_id == v.c.unit_id)
        .where(
            scope_of(connection, viewer, filters),
            v.c.entered_at <= end_of(as_of),
            extra,
        )
    )
    if filters.stage is not None:
        query = query.where(v.c.stage == filters.stage)
    return connection.execute(query).all()


def scope_of(connection: Connection, viewer: Viewer, filters: Filters) -> ColumnElement[bool]:
    v = stage_visit.c
    asked = narrowed(connection, viewer, filters, v.region_code, v.programme_id)
    return and_(within(viewer, v.region_code, v.programme_id), asked)


def has_pause() -> ColumnElement[bool]:
    """That the clock of a stay's case was ever paused."""
    return exists().where(pause.c.claim_id == stage_visit.c.claim_id)


def kinds_of(as_of: date, which: ColumnElement[bool], scope: ColumnElement[bool], digits: int) -> Select[Any]:
    """Stays whose clock never paused, by programme, place, stage and the day they began on: how many."""
    v = stage_visit.c
    region, day = cut(type_coerce(v.region_code, Big), digits), day_number_of(type_coerce(v.entered_at, Big))
    keys = (programme.c.programme_code, region, v.stage, day)
    return (
        select(*keys, func.count())
        .join_from(stage_visit, programme, programme.c.programme_id == v.programme_id)
        .where(which, scope, v.entered_at <= end_of(as_of), ~has_pause())
        .group_by(*keys)
    )

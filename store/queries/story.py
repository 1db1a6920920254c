"""Everything on a case, a payment (or its failure), a batch or an item, on one timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from store.errors import NotFound
from store.models.claims import complaint
from store.models.columns import county_of
from store.models.ledger import item
from store.models.payments import payment
from store.models.posts import Viewer
from store.plain import plain
from store.queries import ledger, overdue_payments, places
from store.queries.explain import explained
from store.queries.people import people_of
from store.queries.receipts import BatchReceipt, CaseReceipt, FailureReceipt, StageShown
from store.queries.scope import within
from store.queries.stories import batches, cases, items, payments
from store.queries.stories.happenings import Asked, Happening, in_order
from store.queries.timing import time_of
from store.tables import Code, Day, Digits, Fen, Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A record as it stood at the end of a day, and its timeline.

    `status` is where it stands. A case: in_stage, paused, between, refused, approved, batched or credited; a
    payment: its state, or not_sent or no_return; a batch: not_sent, sent or settled; an item: its own. Days
    and grade are those of the deadline that runs, or ran last.
    """

    kind: Code
    no: Digits
    title: str | None = None
    programme_code: str | None = None
    programme: str | None = None
    period: str | None = None
    region_code: Digits
    county: str | None = None
    unit_code: str | None = None
    unit: str | None = None
    operator: str | None = None
    person_id: Digits | None = None
    name: str | None = None
    card_no: Digits | None = None
    amount: Fen | None = None
    outstanding: Fen | None = None
    stage: Code | None = None
    status: Code
    due_on: Day | None = None
    overdue_days: Number | None = None
    grade: Code | None = None
    case_no: Digits | None = None
    batch_no: Digits | None = None
    reissue_of: Digits | None = None
    failure_no: Digits | None = None
    source: Code | None = None
    source_ref: Digits | None = None
    timeline: tuple[Happening, ...]


def told(connection: Connection, viewer: Viewer, as_of: date, no: str, lang: str) -> Story:
    """The story of a number, up to the end of a day.

    A number that stands for several records is taken for an item first, then a case, then a batch, then a
    payment; a failure is told by any payment of its chain. NotFound where there is none within scope.
    """
    for question in (_item, _case, _batch, _payment):
        found = question(Asked(connection, viewer, as_of, lang), plain(no))
        if found is not None:
            county = county_of(found.region_code)
            named = places.names(connection, [county]).get(county) if county else None
            return replace(found, county=named)
    raise NotFound("not_found", no=no)


def _item(asked: Asked, no: str) -> Story | None:
    own = item.c.item_no == no
    kept = ledger.standing(asked.connection, asked.viewer, asked.as_of, own)
    if not kept:
        return None
    row, shown = kept[0][0], ledger.rows_of(asked.connection, kept, asked.as_of)[0]
    happened = [*_origin(asked, row), *items.as_own(items.steps(asked, own), no)]
    happened += items.as_own(items.acts(asked, {"item"}, [no]), no)
    days = shown.overdue_days if shown.due_on is not None else None
    return Story(
        kind="item",
        no=no,
        title=asked.masked(shown.title),
        programme_code=row.programme_code,
        region_code=shown.region_code,
        unit_code=shown.unit_code,
        unit=shown.unit,
        operator=shown.responsible,
        amount=shown.amount,
        status=shown.status,
        due_on=shown.due_on,
        overdue_days=days,
        grade=time_of(asked.connection).thresholds.grade(days or 0),
        source=shown.source,
        source_ref=shown.source_ref,
        timeline=in_order(asked, happened),
    )


def _origin(asked: Asked, row: Row[Any]) -> Iterator[Happening]:
    """What had happened to the record that an item came from, where that lies within scope."""
    ref = row.source_ref
    if ref is None:
        return
    if row.source == "case" and (case := cases.case_of(asked, ref)) is not None:
        yield from _of(ref, cases.happenings(asked, case))
    elif row.source == "batch" and (found := batches.batch_of(asked, ref)) is not None:
        yield from _of(ref, batches.happenings(asked, found))
    elif row.source in ("payment", "failure"):
        yield from payments.happenings(asked, _chain(asked, ref))
    elif row.source == "complaint":
        c = complaint.c
        seen = within(asked.viewer, c.region_code, code=c.programme_code)
        for each in asked.connection.execute(select(complaint).where(c.complaint_no == ref, seen)):
            yield Happening(each.received_at, "complaint", each.channel, each.content, ref=ref)
            if each.replied_at is not None:
                yield Happening(each.replied_at, "complaint_reply", None, each.reply, ref=ref)


def _of(ref: str, found: Iterable[Happening]) -> Iterator[Happening]:
    return (each if each.ref else replace(each, ref=ref) for each in found)


def _case(asked: Asked, no: str) -> Story | None:
    case = cases.case_of(asked, no)
    if case is None:
        return None
    row, visit = case.row, case.open_visit(asked.end)
    paying = payments.chain(asked, payments.paying(asked, row))
    numbers = [each.payment_no for each in paying]
    happened = [*cases.happenings(asked, case), *payments.happenings(asked, paying)]
    happened += items.about(asked, {"case"}, [no])
    happened += items.about(asked, {"payment", "failure"}, numbers)
    happened += items.as_own(items.acts(asked, {"case"}, [no]), no)
    people = people_of(asked.connection, asked.viewer, {row.person_id})
    status = case.standing(asked.end)
    made = [each for each in paying if payments.is_made(each, asked.as_of)]
    if made and status not in ("in_stage", "paused"):
        status = "batched" if payments.unpaid(asked, made) else "credited"
    return Story(
        kind="case",
        no=no,
        programme_code=row.programme_code,
        programme=row.programme,
        period=row.period,
        region_code=row.region_code,
        unit_code=visit.unit_code if visit else None,
        unit=visit.unit if visit else None,
        operator=visit.operator if visit else None,
        person_id=people.number(row.person_id),
        name=people.name(row.person_id),
        amount=row.amount,
        stage=visit.stage if visit else None,
        status=status,
        **_deadline(_running(asked, no, CaseReceipt, still_open=True)),
        timeline=in_order(asked, happened),
    )


def _batch(asked: Asked, no: str) -> Story | None:
    row = batches.batch_of(asked, no)
    if row is None:
        return None
    happened = [*batches.happenings(asked, row), *items.about(asked, {"batch"}, [no])]
    happened += items.as_own(items.acts(asked, {"batch"}, [no]), no)
    sent = overdue_payments.is_sent(row, asked.as_of)
    settled = overdue_payments.settled_on(asked.connection, row, asked.as_of) is not None
    return Story(
        kind="batch",
        no=no,
        programme_code=row.programme_code,
        programme=row.programme,
        period=row.period,
        region_code=row.region_code,
        unit_code=row.unit_code,
        unit=row.unit,
        amount=row.amount,
        status="settled" if settled else "sent" if sent else "not_sent",
        **_deadline(_running(asked, no, BatchReceipt)),
        timeline=in_order(asked, happened),
    )


def _payment(asked: Asked, no: str) -> Story | None:
    chain = _chain(asked, no)
    row = next((each for each in chain if each.payment_no == no), None)
    if row is None:
        return None
    numbers = [each.payment_no for each in chain]
    happened = list(payments.happenings(asked, chain))
    if row.case_no is not None and (case := cases.case_of(asked, row.case_no)) is not None:
        happened = [*cases.approval(asked, case), *happened]
    happened += items.about(asked, {"payment", "failure"}, numbers)
    happened += items.acts(asked, {"payment", "failure"}, numbers)
    known = payments.failures_of(asked, [row.payment_id])
    people = people_of(asked.connection, asked.viewer, {row.person_id}, names=False)
    above = next(
        (each.payment_no for each in chain if each.payment_id in (row.reissue_of, row.linked_to)), None
    )
    running = _running(asked, no, FailureReceipt) if known else _running(asked, row.batch_no, BatchReceipt)
    status = payments.state(asked, row)
    deadline = _deadline(running)
    if status == "success" and not known:
        # what is in the card is late no more, though the rest of its batch may be
        deadline = {"due_on": running.due_on} if running else {}
    return Story(
        kind="payment",
        no=no,
        programme_code=row.programme_code,
        programme=row.programme,
        period=row.period,
        region_code=row.region_code,
        unit_code=row.unit_code,
        unit=row.unit,
        person_id=people.number(row.person_id),
        name=people.shown(row.name),
        card_no=people.card(row.card_no),
        amount=row.amount,
        outstanding=known[0].outstanding if known else None,
        status=status,
        **deadline,
        case_no=row.case_no,
        batch_no=row.batch_no,
        reissue_of=above,
        failure_no=known[0].row.payment_no if known else None,
        timeline=in_order(asked, items.as_own(iter(happened), no)),
    )


def _chain(asked: Asked, no: str) -> list[Row[Any]]:
    query = payments.payments_of(asked).where(payment.c.payment_no == no)
    return payments.chain(asked, asked.connection.execute(query).all())


def _running(asked: Asked, no: str, receipt: type[Any], still_open: bool = False) -> StageShown | None:
    """The last stage of a receipt, None where there is no such receipt, or it is over and must not be."""
    try:
        found = explained(asked.connection, asked.viewer, asked.as_of, no, asked.lang)
    except NotFound:
        return None
    stages: tuple[StageShown, ...] = found.stages if isinstance(found, receipt) else ()
    running = [each for each in stages if each.left_at is None or not still_open]
    return running[-1] if running else None


def _deadline(stage: StageShown | None) -> dict[str, Any]:
    if stage is None or stage.due_on is None:
        return {}
    return {"due_on": stage.due_on, "overdue_days": stage.overdue_days, "grade": stage.grade}

"""What happened to payments: batches, sendings, returns, reissues, messages, feedback, refunds, failures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select

from store.labels import word
from store.lookup import rows_where
from store.models.codes import RESULTS
from store.models.failures import failure, failure_payment
from store.models.intake import source_file
from store.models.payments import (
    batch,
    feedback,
    fund_entry,
    message,
    payment,
    payment_link,
    payment_return,
    person_payment,
    recorded_refund,
)
from store.models.reference import programme, unit, wording
from store.queries.failures import FAILING, FailureState, states
from store.queries.filters import Filters
from store.queries.people import people_of
from store.queries.scope import within
from store.queries.spans import in_spans
from store.queries.stories.happenings import Asked, Happening, at_midnight, is_late, joined


def payments_of(asked: Asked) -> Select[Any]:
    """The payments within scope, each with its batch, programme, unit, link and the day it arrived."""
    return (
        select(
            payment,
            batch.c.batch_no,
            batch.c.period,
            batch.c.bank_code,
            batch.c.created_on,
            batch.c.approved_on,
            batch.c.submitted_on,
            programme.c.programme_code,
            programme.c.name.label("programme"),
            unit.c.unit_code,
            unit.c.name.label("unit"),
            payment_link.c.reissue_of.label("linked_to"),
            source_file.c.arrived_on,
        )
        .join_from(payment, batch, batch.c.batch_id == payment.c.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(unit, unit.c.unit_id == batch.c.unit_id)
        .outerjoin(payment_link, payment_link.c.payment_id == payment.c.payment_id)
        .outerjoin(source_file, source_file.c.file_id == payment.c.file_id)
        .where(within(asked.viewer, payment.c.region_code, batch.c.programme_id))
    )


def paying(asked: Asked, case: Row[Any]) -> list[Row[Any]]:
    """The payments that name a case, found among those of its person."""
    query = (
        payments_of(asked)
        .join(person_payment, person_payment.c.payment_id == payment.c.payment_id)
        .where(in_spans(asked.connection), person_payment.c.person_id == case.person_id)
        .where(payment.c.case_no == case.case_no)
    )
    return list(asked.connection.execute(query))


def chain(asked: Asked, known: Sequence[Row[Any]]) -> list[Row[Any]]:
    """These payments with all that they reissue and all that reissue them, within scope, by number."""
    rows = {row.payment_id: row for row in known}
    fresh = list(rows)
    while fresh:
        above = {up for each in fresh if (up := _original(rows[each])) is not None}
        found = rows_where(asked.connection, payments_of(asked), payment.c.payment_id, above - rows.keys())
        for column in (payment.c.reissue_of, payment_link.c.reissue_of):
            found += rows_where(asked.connection, payments_of(asked), column, fresh)
        fresh = [row.payment_id for row in found if row.payment_id not in rows]
        rows |= {row.payment_id: row for row in found}
    people = people_of(asked.connection, asked.viewer, {row.person_id for row in rows.values()})
    for row in rows.values():
        known_name = people.names.get(row.person_id)
        asked.hide(people, row.person_id, row.name, row.payee_name, known_name, card=row.card_no)
    return sorted(rows.values(), key=lambda row: str(row.payment_no))


def _original(row: Row[Any]) -> int | None:
    above: int | None = row.reissue_of or row.linked_to
    return above


def happenings(asked: Asked, rows: Sequence[Row[Any]]) -> Iterator[Happening]:
    """All that happened to the payments of a chain."""
    numbers = {row.payment_id: row.payment_no for row in rows}
    returns = list(_returns(asked, list(numbers)))
    yield from _batched(asked, rows, numbers)
    yield from _links(asked, numbers)
    yield from _sent(rows)
    yield from _answers(asked, {row.payment_id: row for row in rows}, returns)
    yield from _refunds(asked, numbers)
    yield from _failures(asked, failures_of(asked, list(numbers)), returns)
    yield from _messages(asked, numbers)
    yield from _feedback(asked, numbers)


def failures_of(asked: Asked, payment_ids: Sequence[int]) -> list[FailureState]:
    """The failures of these payments that were known by the day."""
    chained = failure_payment.c.payment_id.in_(payment_ids) & (failure_payment.c.since <= asked.as_of)
    member = select(failure_payment.c.failure_id).where(chained)
    known = failure.c.failure_id.in_(member)
    return list(states(asked.connection, asked.viewer, asked.as_of, Filters(), extra=known))


def state(asked: Asked, row: Row[Any]) -> str:
    """A payment's state as of the day; without one, whether its batch had gone to the bank."""
    latest = list(_returns(asked, [row.payment_id]))
    if not latest:
        sent = row.submitted_on is not None and row.submitted_on <= asked.as_of
        return "no_return" if sent else "not_sent"
    # at one moment a later place in RESULTS wins
    said: str = max(latest, key=lambda each: (each.settled_at, RESULTS.index(each.result))).result
    return said


def unpaid(asked: Asked, rows: Sequence[Row[Any]]) -> bool:
    """Whether any of these payments is not settled: not credited, and not of a failure that is cleared."""
    cleared = {
        state.row.failure_id
        for state in failures_of(asked, [row.payment_id for row in rows])
        if not state.is_open
    }
    chained = failure_payment.c.failure_id.in_(sorted(cleared)) & (failure_payment.c.since <= asked.as_of)
    member = select(failure_payment.c.payment_id).where(chained)
    settled = set(asked.connection.scalars(member)) if cleared else set()
    return any(row.payment_id not in settled and state(asked, row) != "success" for row in rows)


def is_made(row: Row[Any], as_of: date) -> bool:
    """Whether a payment's batch was there by a day: from the start, where no day of it is known."""
    day = row.created_on or row.approved_on or row.submitted_on
    return day is None or day <= as_of


def listed_at(row: Row[Any]) -> datetime | None:
    """When a payment was listed: on the day of its batch as far as one is known, else when it arrived."""
    day = row.created_on or row.approved_on or row.submitted_on or row.arrived_on
    return None if day is None else at_midnight(day)


def _batched(asked: Asked, rows: Sequence[Row[Any]], numbers: dict[int, str]) -> Iterator[Happening]:
    for row in rows:
        at, above = listed_at(row), row.reissue_of and numbers.get(row.reissue_of)
        if at is not None:
            said = asked.say("story.batched", batch=row.batch_no)
            again = asked.say("story.reissues", original=above) if above else None
            detail = joined(said, again, by=asked.say("story.comma"))
            what = "reissued" if row.reissue_of else "batched"
            yield Happening(at, what, row.unit, detail, row.amount, row.payment_no)


def _links(asked: Asked, numbers: dict[int, str]) -> Iterator[Happening]:
    for row in rows_where(asked.connection, select(payment_link), payment_link.c.payment_id, numbers):
        original = numbers.get(row.reissue_of)
        said = asked.say("story.reissues", original=original) if original else None
        detail = joined(said, row.why, by=asked.say("story.comma"))
        yield Happening(row.at, "linked", row.post, detail, None, numbers[row.payment_id])


def _sent(rows: Sequence[Row[Any]]) -> Iterator[Happening]:
    for row in {row.batch_id: row for row in rows}.values():
        if row.submitted_on is not None:
            yield Happening(at_midnight(row.submitted_on), "batch_sent", row.unit, ref=row.batch_no)


def _returns(asked: Asked, payment_ids: Sequence[int]) -> Iterator[Row[Any]]:
    r = payment_return.c
    query = (
        select(payment_return, wording.c.text, wording.c.reason, source_file.c.arrived_on)
        .outerjoin_from(payment_return, wording, wording.c.wording_id == r.wording_id)
        .outerjoin(source_file, source_file.c.file_id == r.file_id)
        .where(r.settled_at <= asked.end)
    )
    found = rows_where(asked.connection, query, r.payment_id, payment_ids)
    yield from sorted(found, key=lambda row: row.settled_at)


def _answers(asked: Asked, rows: dict[int, Row[Any]], returns: Sequence[Row[Any]]) -> Iterator[Happening]:
    codes = {row.bank_code for row in rows.values() if row.bank_code}
    named = select(unit.c.unit_code, unit.c.name).where(unit.c.unit_code.in_(sorted(codes)))
    banks = {row.unit_code: row.name for row in asked.connection.execute(named)} if codes else {}
    for row in returns:
        paid = rows[row.payment_id]
        who = paid.bank_code and banks.get(paid.bank_code, paid.bank_code)
        detail = why_failed(asked, row) if row.result in FAILING else None
        late = is_late(row.settled_at, row.arrived_on)
        yield Happening(
            row.settled_at, f"return_{row.result}", who, detail, paid.amount, paid.payment_no, late
        )


def why_failed(asked: Asked, row: Row[Any]) -> str:
    """The standard reason of a failed return, and the bank's own words."""
    if row.text is None:
        return word("reason", "other", asked.lang)
    reason = word("reason", row.reason, asked.lang) if row.reason else asked.say("story.unmapped")
    return asked.say("story.because", reason=reason, text=row.text)


def _refunds(asked: Asked, numbers: dict[int, str]) -> Iterator[Happening]:
    """Refunds of the treasury; one that a post recorded yields to the treasury's line of the same voucher."""
    f, r = fund_entry.c, recorded_refund.c
    query = (
        select(fund_entry, source_file.c.arrived_on)
        .outerjoin_from(fund_entry, source_file, source_file.c.file_id == f.file_id)
        .where(f.kind == "refund")
    )
    for row in rows_where(asked.connection, query, f.payment_no, list(numbers.values())):
        said, late = asked.say("story.voucher", no=row.entry_no), is_late(row.on_date, row.arrived_on)
        yield Happening(at_midnight(row.on_date), "refund", None, said, row.amount, row.payment_no, late)
    booked = select(f.entry_no).where(f.kind == "refund")
    own = select(recorded_refund).where(r.voucher.not_in(booked))
    for row in rows_where(asked.connection, own, r.payment_id, numbers):
        said = asked.say("story.voucher", no=row.voucher)
        detail = joined(said, row.why, by=asked.say("story.comma"))
        at = at_midnight(row.on_date)
        yield Happening(at, "refund", row.post, detail, row.amount, numbers[row.payment_id])


def _failures(
    asked: Asked, known: Sequence[FailureState], returns: Sequence[Row[Any]]
) -> Iterator[Happening]:
    """Opening, clearing and opening again, each at the return that did it, else at the day's last return."""
    for state in known:
        opened = False
        for event in state.events:
            if not event.opened:
                continue
            what = (
                "failure_cleared" if event.opened < 0 else "failure_reopened" if opened else "failure_opened"
            )
            opened = True
            of_day = [row for row in returns if row.settled_at.date() == event.day]
            own = [r for r in of_day if (r.payment_id, r.result) == (event.payment_id, event.result)]
            at = max((row.settled_at for row in own or of_day), default=at_midnight(event.day))
            yield Happening(at, what, None, None, abs(event.change), state.row.payment_no, bool(event.late))


def _messages(asked: Asked, numbers: dict[int, str]) -> Iterator[Happening]:
    m = message.c
    query = select(message, source_file.c.arrived_on).outerjoin_from(
        message, source_file, source_file.c.file_id == m.file_id
    )
    people = people_of(asked.connection, asked.viewer, ())
    for row in rows_where(asked.connection, query, m.payment_id, numbers):
        status = row.status and word("message", row.status, asked.lang)
        detail, late = joined(people.phone(row.phone), status), is_late(row.sent_at, row.arrived_on)
        yield Happening(row.sent_at, "message", None, detail, None, numbers[row.payment_id], late)


def _feedback(asked: Asked, numbers: dict[int, str]) -> Iterator[Happening]:
    f = feedback.c
    query = (
        select(feedback, unit.c.name, source_file.c.arrived_on)
        .outerjoin_from(feedback, unit, unit.c.unit_code == f.unit_code)
        .outerjoin(source_file, source_file.c.file_id == f.file_id)
    )
    for row in rows_where(asked.connection, query, f.payment_id, numbers):
        expected = row.expected_on and asked.say("story.expected", day=row.expected_on)
        detail = joined(row.content, expected, by=asked.say("story.comma"))
        who, late = joined(row.name or row.unit_code, row.post), is_late(row.given_at, row.arrived_on)
        yield Happening(row.given_at, "feedback", who, detail, None, numbers[row.payment_id], late)

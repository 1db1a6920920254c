"""Departments pay: a batch for the cases that reached the bank today."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from seeds.day.now import Lines, Now, card_of, unit_for
from store.identity import unpack_id
from store.models.claims import claim, stage_visit
from store.models.payments import batch, payment
from store.models.reference import person, programme, unit
from store.money import yuan

FEWEST, MOST = 2, 20


def batches(now: Now) -> list[Lines]:
    """A batch with its payments, for cases of one programme, period and county that nobody has paid yet."""
    groups: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in now.connection.execute(_waiting(now)):
        groups[row.programme_code, row.period, row.region_code[:6]].append(row)
    for (code, period, county), rows in now.mixed(sorted(groups.items(), key=lambda group: group[0])):
        taken = _paid_already(now, rows)
        lines: list[dict[str, object]] = []
        for row in rows[:MOST]:
            number = card_of(now, row.person_id)
            if row.case_no not in taken and number is not None:
                lines.append(_payment(now, row, number, len(lines) + 1))
        office = unit_for(now, "county_approval", county, rows[0].unit_kind)
        if len(lines) >= FEWEST and office is not None:
            batch_no = now.number("PC", 0)
            total = sum(row.amount for row in rows if row.case_no in {line["case_no"] for line in lines})
            head: dict[str, object] = {
                "batch_no": batch_no,
                "programme_code": code,
                "period": period,
                "region_code": county,
                "unit_code": office.unit_code,
                "bank_code": rows[0].bank_code,
                "submitted_on": now.day,
                "count": len(lines),
                "amount": yuan(total),
                "created_on": now.day,
                "approved_on": now.day,
            }
            return [Lines("batches", [head]), Lines("payments", lines)]
    return []


def _waiting(now: Now) -> Any:
    v = stage_visit.c
    today = datetime.combine(now.day, time())
    arrived = (v.stage == "disbursement", v.left_at.is_(None), v.entered_at >= today, v.entered_at < now.at)
    return (
        select(
            claim,
            programme.c.programme_code,
            programme.c.unit_kind,
            person.c.name,
            unit.c.unit_code.label("bank_code"),
        )
        .join_from(stage_visit, claim, claim.c.claim_id == v.claim_id)
        .join(programme, programme.c.programme_id == claim.c.programme_id)
        .join(person, person.c.person_id == claim.c.person_id)
        .join(unit, unit.c.unit_id == v.unit_id)
        .where(*arrived, claim.c.amount > 0, programme.c.pay_to.is_distinct_from("guardian"))
        .order_by(claim.c.case_no)
    )


def _paid_already(now: Now, rows: list[Any]) -> set[str]:
    """Cases that stand in some batch of their programme and period."""
    same = (batch.c.programme_id == rows[0].programme_id) & (batch.c.period == rows[0].period)
    wanted = [row.case_no for row in rows]
    query = (
        select(payment.c.case_no)
        .join(batch, batch.c.batch_id == payment.c.batch_id)
        .where(same, payment.c.case_no.in_(wanted))
    )
    return {str(case_no) for case_no in now.connection.scalars(query)}


def _payment(now: Now, row: Any, card_no: str, serial: int) -> dict[str, object]:
    return {
        "payment_no": now.number("FF", serial),
        "batch_no": now.number("PC", 0),
        "person_id": unpack_id(row.person_id),
        "name": row.name,
        "card_no": card_no,
        "amount": yuan(row.amount),
        "region_code": row.region_code,
        "case_no": row.case_no,
        "nature": "normal",
    }

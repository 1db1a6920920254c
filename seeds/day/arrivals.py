"""New cases arrive: people who were paid before claim the programme's present period."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from seeds.day.now import Lines, Now
from seeds.day.stages import enters
from store.identity import unpack_id
from store.models.claims import claim
from store.models.payments import batch, payment
from store.models.reference import person, programme
from store.money import yuan

MOST = 3
_DRAWS = 12  # who asked already, died or moved away does not ask: so many are tried


def cases(now: Now) -> list[Lines]:
    """One to three new cases, each declared at this moment."""
    claimed = select(claim.c.programme_id).distinct()
    recent = batch.c.submitted_on > now.day - timedelta(days=120)
    rounds = list(
        now.connection.execute(
            select(batch.c.batch_id, batch.c.programme_id)
            .where(recent, batch.c.submitted_on <= now.day, batch.c.programme_id.in_(claimed))
            .order_by(batch.c.batch_no)
        )
    )
    wanted = now.rng.randint(1, MOST)
    made: list[dict[str, object]] = []
    entered: list[dict[str, object]] = []
    asked: set[int] = set()
    for chosen in now.rng.choices(rounds, k=_DRAWS) if rounds else ():
        paid = now.one_row(_paid(chosen.batch_id))
        if paid is None or paid.person_id in asked:
            continue
        asked.add(paid.person_id)
        case = _case(now, chosen.programme_id, paid, len(made) + 1)
        stay = case and enters(now, str(case["case_no"]), "declare", paid.home, paid.unit_kind)
        if case and stay:
            made.append(case)
            entered.append(stay)
        if len(made) == wanted:
            break
    return [Lines("cases", made), Lines("stages", entered)] if made else []


def _paid(batch_id: int) -> Any:
    """The payments of a batch to people who could ask again."""
    p = payment.c
    alive = person.c.status.is_(None) | (person.c.status == "normal")
    return (
        select(p.person_id, p.amount, person.c.region_code.label("home"), programme.c.unit_kind)
        .join(batch, batch.c.batch_id == p.batch_id)
        .join(programme, programme.c.programme_id == batch.c.programme_id)
        .join(person, person.c.person_id == p.person_id)
        .where(p.batch_id == batch_id, p.payee_id.is_(None), alive)
        .order_by(p.payment_id)
    )


def _case(now: Now, programme_id: int, paid: Any, serial: int) -> dict[str, object] | None:
    """The line of a case for the period that others ask for now, None for who has asked."""
    c = claim.c
    latest = select(c.period).where(c.programme_id == programme_id).order_by(c.applied_on.desc(), c.case_no)
    period = now.connection.scalar(latest.limit(1))
    own = select(c.case_no).where(
        c.person_id == paid.person_id, c.programme_id == programme_id, c.period == period
    )
    if now.connection.execute(own).first() is not None:
        return None
    code = select(programme.c.programme_code).where(programme.c.programme_id == programme_id)
    return {
        "case_no": now.number("SB", serial),
        "programme_code": now.connection.scalar(code),
        "period": period,
        "person_id": unpack_id(paid.person_id),
        "region_code": paid.home,
        "amount": yuan(paid.amount),
        "applied_on": now.day,
    }

"""Cases move on: a few leave their stage, most to the next one, some back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from seeds.day.now import Lines, Now, unit_for
from store.models.claims import claim, pause, stage_visit
from store.models.codes import STAGES
from store.models.reference import programme, unit

MOST = 4
FRESH = 150  # what arrived last is what is worked on; older cases lie, but for one time in so many
SELDOM = 15
_OPINIONS = {"passed": "符合条件", "returned": "材料不齐，退回补正", "rejected": "经核查不符合条件"}


def moves(now: Now) -> list[Lines]:
    """A few of the cases that are in a stage, not paused and not yet with the bank, leave it."""
    v = stage_visit.c
    paused = select(pause.c.claim_id).where(pause.c.claim_id == v.claim_id, pause.c.resumed_at.is_(None))
    still = (v.left_at.is_(None), v.outcome.is_(None), v.entered_at < now.at, v.stage != "disbursement")
    query = select(v.visit_id).where(*still, ~paused.exists()).order_by(v.entered_at.desc(), v.visit_id)
    if now.rng.randrange(SELDOM):
        query = query.limit(FRESH)
    open_now = list(now.connection.scalars(query))
    if not open_now:
        return []
    rows: list[dict[str, object]] = []
    moved: set[int] = set()
    for visit_id in now.some(open_now, MOST):
        visit = now.connection.execute(_visit().where(v.visit_id == visit_id)).one()
        if visit.claim_id not in moved:
            moved.add(visit.claim_id)
            rows += _moved(now, visit)
    return [Lines("stages", rows)] if rows else []


def leaves(now: Now, visit: Any, outcome: str) -> dict[str, object]:
    """The line of a stay that ends at this moment."""
    return {
        "case_no": visit.case_no,
        "stage": visit.stage,
        "entered_at": visit.entered_at,
        "left_at": now.at,
        "unit_code": visit.unit_code,
        "operator": visit.operator,
        "operator_id": visit.operator_id,
        "outcome": outcome,
        "opinion": _OPINIONS[outcome],
    }


def enters(now: Now, case_no: str, stage: str, region: str, department: str) -> dict[str, object] | None:
    """The line of a stay that begins at this moment, None where no unit handles it."""
    found = unit_for(now, stage, region, department)
    if found is None:
        return None
    return {
        "case_no": case_no,
        "stage": stage,
        "entered_at": now.at,
        "left_at": None,
        "unit_code": found.unit_code,
        "operator": found.contact,
        "operator_id": f"{found.unit_code}01",
        "outcome": None,
        "opinion": None,
    }


def with_the_bank(now: Now, case_nos: list[str]) -> list[Any]:
    """The stays of these cases with the bank that have not ended."""
    v = stage_visit.c
    open_there = (v.stage == "disbursement", v.left_at.is_(None), v.entered_at < now.at)
    query = _visit().where(claim.c.case_no.in_(case_nos), *open_there).order_by(claim.c.case_no)
    return list(now.connection.execute(query))


def _visit() -> Any:
    return (
        select(stage_visit, claim.c.case_no, unit.c.unit_code, programme.c.unit_kind)
        .join(claim, claim.c.claim_id == stage_visit.c.claim_id)
        .join(unit, unit.c.unit_id == stage_visit.c.unit_id)
        .join(programme, programme.c.programme_id == stage_visit.c.programme_id)
    )


def _moved(now: Now, visit: Any) -> list[dict[str, object]]:
    """The stay that ends, and the one that begins."""
    luck = now.rng.random()
    following = STAGES[STAGES.index(visit.stage) + 1]
    outcome = "passed"
    if visit.stage == "county_approval" and luck < 0.08:
        outcome, following = "returned", "town_review"
    elif visit.stage == "county_approval" and luck > 0.97:
        return [leaves(now, visit, "rejected")]
    entry = enters(now, visit.case_no, following, visit.region_code, visit.unit_kind)
    return [leaves(now, visit, outcome), entry] if entry is not None else []

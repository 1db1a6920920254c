"""What happened to a case: its stages, its pauses, the notices of its place, and the payments that pay it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from store.labels import word
from store.models.claims import claim, notice, pause, stage_visit
from store.models.codes import STAGES
from store.models.intake import history, source_file
from store.models.reference import programme, unit
from store.queries.people import people_of
from store.queries.scope import within
from store.queries.stories.happenings import Asked, Happening, at_midnight, is_late, joined

APPROVED_FROM = STAGES.index("county_approval")


@dataclass(frozen=True)
class Case:
    """A case with its stays, those that had begun by the day and all that had begun or ended, in order."""

    row: Row[Any]
    visits: list[Row[Any]]
    stays: list[Row[Any]]
    paused: bool

    def open_visit(self, end: datetime) -> Row[Any] | None:
        """The stay that was open at a moment; of several the one begun last."""
        still = [each for each in self.visits if each.left_at is None or each.left_at > end]
        return still[-1] if still else None

    def standing(self, end: datetime) -> str:
        """Where its approval stood: in_stage, paused, refused, approved or between."""
        if self.open_visit(end) is not None:
            return "paused" if self.paused else "in_stage"
        if not self.visits:
            return "between"
        last = self.visits[-1]
        if last.outcome == "rejected":
            return "refused"
        decided = last.outcome == "passed" and STAGES.index(last.stage) >= APPROVED_FROM
        return "approved" if decided else "between"


def case_of(asked: Asked, no: str) -> Case | None:
    """The case of a number within scope, None where there is none."""
    query = (
        select(claim, programme.c.programme_code, programme.c.name.label("programme"))
        .join_from(claim, programme, programme.c.programme_id == claim.c.programme_id)
        .where(claim.c.case_no == no, within(asked.viewer, claim.c.region_code, claim.c.programme_id))
    )
    row = asked.connection.execute(query).one_or_none()
    if row is None:
        return None
    people = people_of(asked.connection, asked.viewer, {row.person_id})
    asked.hide(people, row.person_id, people.names.get(row.person_id))
    paused = any(
        each.paused_at <= asked.end and (each.resumed_at is None or each.resumed_at > asked.end)
        for each in _pauses(asked, row.claim_id)
    )
    stays = _stays(asked, row.claim_id)
    return Case(row, [each for each in stays if each.entered_at <= asked.end], stays, paused)


def happenings(asked: Asked, case: Case) -> Iterator[Happening]:
    """The declaration, notices, stages and pauses of a case."""
    yield applied(asked, case)
    yield from _notices(asked, case.row)
    for _, each in _stages(asked, case):
        yield each
    yield from _stops(asked, case.row.claim_id)


def applied(asked: Asked, case: Case, ref: str | None = None) -> Happening:
    """That a case was declared."""
    row = case.row
    said = asked.say("story.applied", programme=row.programme, period=row.period)
    return Happening(at_midnight(row.applied_on), "applied", None, said, row.amount, ref)


def approval(asked: Asked, case: Case) -> Iterator[Happening]:
    """In short, for the story of a payment: that its case was declared and decided on by the county."""
    yield applied(asked, case, case.row.case_no)
    for stage, each in _stages(asked, case):
        if stage == "county_approval" and each.what == "left":
            yield replace(each, ref=case.row.case_no)


def _stays(asked: Asked, claim_id: int) -> list[Row[Any]]:
    query = (
        select(stage_visit, unit.c.unit_code, unit.c.name.label("unit"), source_file.c.arrived_on)
        .join_from(stage_visit, unit, unit.c.unit_id == stage_visit.c.unit_id)
        .outerjoin(source_file, source_file.c.file_id == stage_visit.c.file_id)
        .where(stage_visit.c.claim_id == claim_id)
        # there are stays that were left before they were entered
        .where(or_(stage_visit.c.entered_at <= asked.end, stage_visit.c.left_at <= asked.end))
        .order_by(stage_visit.c.entered_at, stage_visit.c.stage)
    )
    return list(asked.connection.execute(query))


def _stages(asked: Asked, case: Case) -> Iterator[tuple[str, Happening]]:
    """Entering and leaving each stage, with its code."""
    first = _first_arrivals(asked.connection, "stages", case.row.claim_id)
    for row in case.stays:
        stage, who = word("stage", row.stage, asked.lang), joined(row.unit, row.operator)
        key = f"{case.row.claim_id}/{row.stage}/{row.entered_at.isoformat()}"
        came = first.get(key, {})
        entered = came.get("", row.arrived_on)
        late = is_late(row.entered_at, entered)
        yield row.stage, Happening(row.entered_at, "entered", who, stage, late=late)
        if row.left_at is not None:
            outcome = row.outcome and word("outcome", row.outcome, asked.lang)
            detail = joined(stage, outcome, row.opinion, by=asked.say("story.comma"))
            late = is_late(row.left_at, came.get("left_at", row.arrived_on))
            yield row.stage, Happening(row.left_at, "left", who, detail, late=late)


def _first_arrivals(connection: Connection, feed: str, claim_id: int) -> dict[str, dict[str, date]]:
    """For each row of a case that was updated: when it first came (""), and when its end first came.

    A row names the file that changed it last; the earlier ones stand in what the history kept of it.
    """
    query = (
        select(history.c.key, history.c.before)
        .where(history.c.feed == feed, history.c.key >= f"{claim_id}/", history.c.key < f"{claim_id}0")
        .order_by(history.c.history_id)
    )
    versions: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(query):
        versions.setdefault(row.key, []).append(json.loads(row.before))
    if not versions:
        return {}
    files = {each["file_id"] for kept in versions.values() for each in kept}
    arrived: dict[int, date] = {
        row.file_id: row.arrived_on
        for row in connection.execute(select(source_file).where(source_file.c.file_id.in_(files)))
    }
    found: dict[str, dict[str, date]] = {}
    for key, kept in versions.items():
        told = {"": arrived.get(kept[0]["file_id"])}
        for name in ("left_at", "resumed_at"):
            told[name] = next((arrived.get(each["file_id"]) for each in kept if each.get(name)), None)
        found[key] = {name: day for name, day in told.items() if day is not None}
    return found


def _pauses(asked: Asked, claim_id: int) -> list[Row[Any]]:
    query = (
        select(pause, source_file.c.arrived_on)
        .outerjoin_from(pause, source_file, source_file.c.file_id == pause.c.file_id)
        .where(pause.c.claim_id == claim_id)
        .order_by(pause.c.paused_at)
    )
    return list(asked.connection.execute(query))


def _stops(asked: Asked, claim_id: int) -> Iterator[Happening]:
    first = _first_arrivals(asked.connection, "pauses", claim_id)
    for row in _pauses(asked, claim_id):
        came = first.get(f"{claim_id}/{row.paused_at.isoformat()}", {})
        late = is_late(row.paused_at, came.get("", row.arrived_on))
        yield Happening(row.paused_at, "paused", None, row.reason, late=late)
        if row.resumed_at is not None:
            late = is_late(row.resumed_at, came.get("resumed_at", row.arrived_on))
            yield Happening(row.resumed_at, "resumed", late=late)


def _notices(asked: Asked, row: Row[Any]) -> Iterator[Happening]:
    """The publicity of the case's programme and period at its place, or at one that holds it."""
    code = row.region_code
    places = [code[:length] for length in (2, 4, 6, 9, 12) if length <= len(code)]
    n = notice.c
    query = (
        select(notice, source_file.c.arrived_on)
        .outerjoin_from(notice, source_file, source_file.c.file_id == n.file_id)
        .where(
            n.programme_code == row.programme_code,
            n.period == row.period,
            n.region_code.in_(places),
        )
        .order_by(n.round, n.posted_on)
    )
    for each in asked.connection.execute(query):
        told = asked.say("story.notice", round=each.round)
        detail = joined(told, each.place, by=asked.say("story.comma"))
        late = is_late(each.posted_on, each.arrived_on)
        yield Happening(at_midnight(each.posted_on), "notice_posted", None, detail, late=late)
        if each.ended_on is not None:
            objections = (
                None if each.objections is None else asked.say("story.objections", count=each.objections)
            )
            detail = joined(told, objections, by=asked.say("story.comma"))
            yield Happening(at_midnight(each.ended_on), "notice_ended", None, detail)

"""`supervise overdue`: what is late: approvals, payments, failures, rectification.

Each kind brings its query when it is asked for: a script that lists approvals waits for no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from commands.desk import asking, day, open_desk
from commands.options import Shared, command, flag, option
from commands.output import emit_all
from store.choices import coded
from store.errors import WrongUsage
from store.models.clock import second_working_day
from store.models.posts import Viewer
from store.models.wordlists import GRADES, STAGES
from store.queries import overdue
from store.queries.filters import Filters
from store.queries.places import resolve
from store.queries.timing import time_of
from store.tables import Table, table_of

KINDS = ("approvals", "payments", "failures", "rectification")


@dataclass(frozen=True)
class Asked:
    """What is asked for beside what is late: what is due soon, and instead of it approvals finished late."""

    upcoming: bool
    finished_late: bool


Answer = Callable[[Connection, Viewer, date, Filters, Asked], Table]


def _approvals(connection: Connection, viewer: Viewer, as_of: date, filters: Filters, asked: Asked) -> Table:
    if asked.finished_late:
        rows: list[Any] = list(overdue.finished_late(connection, viewer, as_of, filters))
        return table_of(overdue.FinishedLate, rows)
    rows = list(overdue.approvals(connection, viewer, as_of, filters, asked.upcoming))
    return table_of(overdue.OverdueApproval, rows)


def _payments(connection: Connection, viewer: Viewer, as_of: date, filters: Filters, asked: Asked) -> Table:
    from store.queries import overdue_payments

    rows = overdue_payments.listed(connection, viewer, as_of, filters, asked.upcoming)
    return table_of(overdue_payments.OverdueBatch, rows)


def _failures(connection: Connection, viewer: Viewer, as_of: date, filters: Filters, asked: Asked) -> Table:
    from store.queries import failed

    rows = failed.overdue(connection, viewer, as_of, filters, asked.upcoming)
    return table_of(failed.OverdueFailure, rows)


def _rectification(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, asked: Asked
) -> Table:
    from store.queries import ledger

    place = filters.county or filters.region
    code = resolve(connection, viewer, place, county_only=bool(filters.county)) if place else None
    horizon = None
    if asked.upcoming:
        time = time_of(connection)
        horizon = second_working_day(time.calendar, as_of, time.thresholds)
    rows = ledger.overdue(connection, viewer, as_of, code, filters.programme, filters.grade, horizon)
    return table_of(ledger.RectificationRow, rows)


ANSWERS: dict[str, Answer] = {
    "approvals": _approvals,
    "payments": _payments,
    "failures": _failures,
    "rectification": _rectification,
}


@command("overdue", lists=True)
def list_overdue(
    shared: Shared,
    kind: str = option("kind", "approvals"),
    county: str | None = option("county"),
    region: str | None = option("region"),
    programme: str | None = option("programme", help_key="of_programme"),
    stage: str | None = option("stage"),
    grade: str | None = option("grade"),
    upcoming: bool = flag("upcoming"),
    finished_late: bool = flag("finished-late"),
    since: str | None = option("since"),
) -> None:
    """List what is late; --kind all gives the four kinds one after the other."""
    if kind not in (*KINDS, "all"):
        raise WrongUsage("bad_choice", option="kind", value=kind, choices=", ".join((*KINDS, "all")))
    stage, grade = coded("stage", STAGES, stage), coded("grade", GRADES, grade)
    desk = open_desk(shared)
    filters = Filters(county, region, programme, stage, grade, since=day(since) if since else None)
    chosen = KINDS if kind == "all" else (kind,)
    with asking(desk, ("view", "overdue"), {"kind": kind, **filters.asked()}) as (connection, viewer):
        asked = Asked(upcoming, finished_late)
        tables = [ANSWERS[each](connection, viewer, desk.as_of, filters, asked) for each in chosen]
    emit_all(tables, desk, "overdue")

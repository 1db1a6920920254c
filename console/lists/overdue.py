"""What is late: approvals, payments, failures, rectification; approvals also due soon and finished late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from console.lists._narrowing import PLACE, SINCE, filters_of, placed
from console.places import Option, Options
from console.plans import ListPlan, Shown, View
from store.models.codes import GRADES, STAGES
from store.models.posts import Viewer
from store.tables import Column, Kind, Table, table_of, together

if TYPE_CHECKING:
    from store.queries.filters import Filters

KINDS = ("approvals", "payments", "failures", "rectification")
NUMBERS = ("case_no", "payment_no", "item_no", "batch_no")

Answer = Callable[[Connection, Viewer, date, "Filters", Options], Table]


def _approvals(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, options: Options
) -> Table:
    from store.queries import overdue

    if "finished-late" in options:
        late: list[Any] = list(overdue.finished_late(connection, viewer, as_of, filters))
        return table_of(overdue.FinishedLate, late)
    rows = overdue.approvals(connection, viewer, as_of, filters, "upcoming" in options)
    return table_of(overdue.OverdueApproval, rows)


def _payments(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, options: Options
) -> Table:
    from store.queries import overdue_payments

    rows = overdue_payments.listed(connection, viewer, as_of, filters, "upcoming" in options)
    return table_of(overdue_payments.OverdueBatch, rows)


def _failures(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, options: Options
) -> Table:
    from store.queries import failed

    rows = failed.overdue(connection, viewer, as_of, filters, "upcoming" in options)
    return table_of(failed.OverdueFailure, rows)


def _rectification(
    connection: Connection, viewer: Viewer, as_of: date, filters: Filters, options: Options
) -> Table:
    from store.models.clock import second_working_day
    from store.queries import ledger
    from store.queries.places import resolve
    from store.queries.timing import time_of

    where = filters.county or filters.region
    code = resolve(connection, viewer, where, county_only=bool(filters.county)) if where else None
    time = time_of(connection)
    horizon = second_working_day(time.calendar, as_of, time.thresholds) if "upcoming" in options else None
    rows = ledger.overdue(connection, viewer, as_of, code, filters.programme, filters.grade, horizon)
    return table_of(ledger.RectificationRow, rows)


ANSWERS: dict[str, Answer] = {
    "approvals": _approvals,
    "payments": _payments,
    "failures": _failures,
    "rectification": _rectification,
}

LATE = (Shown("overdue_days", 4, 12, 1), Shown("grade", 4, 8, 1))
COLUMNS = {
    "approvals": (
        Shown("case_no", 20, 26, 0),
        Shown("programme", 8, 24, 4),
        Shown("stage", 4, 16, 2),
        Shown("unit", 10, 28, 3),
        *LATE,
        Shown("entered_at", 10, 10, 5),
        Shown("due_on", 10, 10, 8),
        Shown("left_at", 10, 10, 7),
        Shown("county", 6, 12, 7),
        Shown("name", 6, 12, 9),
        Shown("amount", 10, 14, 10),
        Shown("operator", 6, 12, 11),
    ),
    "payments": (
        Shown("batch_no", 16, 26, 0),
        Shown("programme", 8, 24, 4),
        Shown("county", 6, 12, 3),
        *LATE,
        Shown("unpaid_count", 6, 10, 2),
        Shown("unpaid_amount", 10, 16, 2),
        Shown("pay_by", 10, 10, 6),
        Shown("unit", 10, 28, 8),
        Shown("submitted_on", 10, 12, 9),
    ),
    "failures": (
        Shown("payment_no", 14, 28, 0),
        Shown("county", 6, 12, 4),
        Shown("name", 6, 12, 5),
        Shown("outstanding", 10, 14, 2),
        *LATE,
        Shown("reason", 8, 20, 3),
        Shown("due_on", 10, 10, 6),
        Shown("programme", 8, 24, 7),
        Shown("unit", 10, 28, 9),
    ),
    "rectification": (
        Shown("item_no", 11, 16, 0),
        Shown("title", 18, 44, 3),
        Shown("unit", 8, 28, 4),
        Shown("status", 8, 12, 2),
        *LATE,
        Shown("due_on", 10, 10, 5),
        Shown("county", 6, 12, 6),
        Shown("responsible", 6, 12, 7),
    ),
    "all": (
        Shown("no", 16, 28, 0),
        Shown("kind", 4, 10, 1),
        Shown("county", 6, 12, 2),
        *LATE,
        Shown("unit", 10, 28, 4),
        Shown("programme", 8, 24, 5),
        Shown("due_on", 10, 10, 6),
    ),
}
KEYS = {
    "approvals": ("case_no", "stage", "entered_at"),
    "payments": ("batch_no",),
    "failures": ("payment_no",),
    "rectification": ("item_no",),
    "all": ("kind", "no", "stage", "entered_at"),
}


def plan(options: Options, lang: str) -> ListPlan:
    """One kind, or all four one after the other, as the command gives them."""
    kind = options.get("kind", "approvals")
    chosen = KINDS if kind == "all" else (kind,)

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        filters = placed(connection, viewer, filters_of(options))
        tables = [ANSWERS[each](connection, viewer, as_of, filters, options) for each in chosen]
        return tables[0] if len(tables) == 1 else _numbered(together(tables))

    title = f"console.view.overdue.{kind}"
    if kind == "approvals" and "finished-late" in options:
        title = "console.view.overdue.finished_late"
    elif kind == "approvals" and "upcoming" in options:
        title = "console.view.overdue.upcoming"
    made = ListPlan("overdue", ask, KEYS[kind], COLUMNS[kind], NUMBERS, title)
    if kind != "all":
        return made
    from console.lists._commanded import numbered

    return replace(made, only_here=("no",), commanded=numbered)


def _numbered(table: Table) -> Table:
    """The four kinds with the number of each row, whatever it is called, in a column of its own."""
    at = [table.keys().index(key) for key in NUMBERS]
    rows = [(next(row[place] for place in at if row[place] is not None), *row) for row in table.rows]
    return Table((Column("no", Kind.DIGITS), *table.columns), rows)


VIEW = View(
    "overdue",
    (
        Option("kind", (*KINDS, "all")),
        *PLACE,
        Option("stage", STAGES),
        Option("grade", GRADES),
        Option("upcoming", switch=True),
        Option("finished-late", switch=True),
        SINCE,
    ),
    plan,
    bare="county",
)

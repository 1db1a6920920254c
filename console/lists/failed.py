"""Payments that failed: what is open, or all; the daily board and the weekly sheet by county or unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from console.lists._narrowing import PLACE, SINCE, filters_of, placed
from console.places import Option, Options, Place, place
from console.plans import Ask, ListPlan, Shown, View
from store.errors import WrongUsage
from store.models.posts import Viewer
from store.tables import Table, table_of

LIST = (
    Shown("payment_no", 14, 28, 0),
    Shown("programme", 8, 24, 5),
    Shown("county", 6, 12, 4),
    Shown("name", 6, 12, 7),
    Shown("card_no", 8, 12, 8),
    Shown("outstanding", 10, 14, 1),
    Shown("reason", 8, 20, 3),
    Shown("age_days", 4, 10, 2),
    Shown("opened_on", 10, 10, 7),
    Shown("unit", 10, 28, 9),
    Shown("attempts", 4, 10, 10),
    Shown("last_feedback_on", 10, 12, 11),
    Shown("without_feedback", 4, 12, 12),
)
DAILY = (
    Shown("day", 10, 10, 0),
    Shown("county", 6, 12, 0),
    Shown("opening_count", 4, 8, 2),
    Shown("new_count", 4, 8, 1),
    Shown("cleared_count", 4, 8, 1),
    Shown("closing_count", 4, 8, 1),
    Shown("same_day_count", 8, 8, 4),
    Shown("closing_amount", 10, 16, 3),
    Shown("late_count", 8, 8, 7),
)
WEEKLY = (
    Shown("week", 10, 10, 0),
    Shown("county", 6, 12, 0),
    Shown("unit", 10, 28, 1),
    Shown("new_count", 4, 8, 2),
    Shown("cleared_count", 4, 8, 2),
    Shown("closing_count", 4, 8, 1),
    Shown("due_count", 6, 8, 3),
    Shown("fed_back_count", 6, 8, 3),
    Shown("without_feedback_count", 6, 8, 1),
    Shown("cleared_within_7_days_rate", 8, 8, 4),
)


def plan(options: Options, lang: str) -> ListPlan:
    """The list, the board or the sheet, as the options say; WrongUsage where they contradict each other."""
    weekly, daily = "weekly" in options, "daily" in options
    by_unit = "by" in options
    if (by_unit and not weekly) or (daily and weekly):
        raise WrongUsage("failed_boards")

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import boards, failed

        filters = placed(connection, viewer, filters_of(options))
        if daily:
            return _latest_first(
                table_of(boards.DailyRow, boards.daily(connection, viewer, as_of, filters)), "day", lang
            )
        if weekly:
            row_class = boards.WeeklyUnitRow if by_unit else boards.WeeklyRow
            rows = boards.weekly(connection, viewer, as_of, filters, by_unit)
            return _latest_first(table_of(row_class, rows), "week", lang)
        return table_of(failed.FailedRow, failed.listed(connection, viewer, as_of, filters))

    if daily:
        return _board(ask, ("day", "county_code"), DAILY, "daily")
    if weekly:
        return _board(ask, ("week", "county_code", *(["unit_code"] if by_unit else [])), WEEKLY, "weekly")
    title = "console.view.failed.all" if "all" in options else ""
    return ListPlan("failed", ask, ("payment_no",), LIST, ("payment_no",), title)


def _board(ask: Ask, key: tuple[str, ...], columns: tuple[Shown, ...], name: str) -> ListPlan:
    return ListPlan("failed", ask, key, columns, title=f"console.view.failed.{name}", opens=_failures_of)


def _failures_of(row: Mapping[str, Any]) -> Place:
    """The failures of a board's county."""
    code = row["county_code"]
    return place("failed", {"county": code} if code else {})


def _latest_first(table: Table, of: str, lang: str) -> Table:
    """A board as it is looked at: the last day on top, and the whole scope by its name."""
    from store.words import say

    at, name, code = (table.keys().index(key) for key in (of, "county", "county_code"))
    whole = say("console.everything", lang)
    rows = [
        tuple(whole if place == name and row[code] is None else value for place, value in enumerate(row))
        for row in sorted(table.rows, key=lambda row: row[at], reverse=True)
    ]
    return Table(table.columns, rows)


VIEW = View(
    "failed",
    (
        Option("all", switch=True),
        Option("daily", switch=True),
        Option("weekly", switch=True),
        Option("by", ("unit",)),
        Option("without-feedback", switch=True),
        *PLACE,
        Option("reason"),
        SINCE,
    ),
    plan,
    bare="county",
)

"""Payments that failed: what is open, or all; the daily board and the weekly sheet by county or unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from console.lists._narrowing import MOVED, PLACE, SINCE, filters_of, placed
from console.lists._pages import pages
from console.places import Option, Options, Place, place
from console.plans import ListPlan, Pages, Shown, View
from store.errors import WrongUsage
from store.models.posts import Viewer
from store.tables import Table, table_of

if TYPE_CHECKING:
    from store.queries.filters import Filters

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


AGES = (
    Shown("county", 6, 12, 0),
    Shown("unit", 10, 28, 0),
    Shown("open_count", 4, 8, 1),
    Shown("open_amount", 10, 16, 2),
    Shown("up_to_7_days_count", 6, 8, 3),
    Shown("up_to_30_days_count", 6, 8, 3),
    Shown("up_to_90_days_count", 6, 8, 3),
    Shown("over_90_days_count", 6, 8, 3),
    Shown("oldest_days", 6, 10, 2),
)
RATES = (
    Shown("county", 6, 12, 0),
    Shown("unit", 10, 28, 0),
    Shown("failure_count", 6, 10, 1),
    Shown("reissued_count", 6, 10, 2),
    Shown("refunded_count", 6, 10, 3),
    Shown("open_count", 6, 10, 2),
    Shown("reissue_rate", 6, 10, 1),
)
BOARDS = {"daily": ("day", DAILY), "weekly": ("week", WEEKLY), "ageing": (None, AGES), "rate": (None, RATES)}


def plan(options: Options, lang: str) -> ListPlan:
    """The list, or one of its boards, as the options say; WrongUsage where they contradict each other."""
    boards_asked = [name for name in BOARDS if name in options]
    moved = [name for name in MOVED if name in options]
    by_unit = "by" in options
    if len(boards_asked) > 1 or (by_unit and boards_asked[:1] in ([], ["daily"])):
        raise WrongUsage("failed_boards")
    if len(moved) > 1 or (moved and (boards_asked or "all" in options)):
        raise WrongUsage("failed_moved")
    board = boards_asked[0] if boards_asked else None

    def ask(connection: Connection, viewer: Viewer, as_of: date) -> Table:
        from store.queries import failed

        filters = placed(connection, viewer, filters_of(options))
        if board is None:
            return table_of(failed.FailedRow, failed.listed(connection, viewer, as_of, filters))
        table = _board(board, by_unit, connection, viewer, as_of, filters)
        return _as_looked_at(table, BOARDS[board][0], lang)

    if board is not None:
        of, columns = BOARDS[board]
        key = (*([of] if of else []), "county_code", *(["unit_code"] if by_unit or of is None else []))
        from console.lists._commanded import whole_scope

        title = f"console.view.failed.{board}"
        commanded = whole_scope(lang)
        return ListPlan("failed", ask, key, columns, title=title, opens=_failures_of, commanded=commanded)
    title = next((f"console.view.failed.{each}" for each in (*MOVED, "all") if each in options), "")
    told_apart = moved or "reason" in options or "without-feedback" in options
    paged = None if told_apart else _pages(options)
    return ListPlan("failed", ask, ("payment_no",), LIST, ("payment_no",), title, pages=paged)


def _pages(options: Options) -> Pages:
    """Failures, open or all that were ever known, grow with the store: they come by the page."""

    def asked(connection: Connection, viewer: Viewer, as_of: date) -> tuple[date, Filters]:
        return as_of, placed(connection, viewer, filters_of(options))

    return pages("failed", "FailedRow", asked)


def _board(
    board: str, by_unit: bool, connection: Connection, viewer: Viewer, as_of: date, filters: Filters
) -> Table:
    from store.queries import ageing, boards, weekly

    if board == "daily":
        return table_of(boards.DailyRow, boards.daily(connection, viewer, as_of, filters))
    if board == "weekly":
        row_class = weekly.WeeklyUnitRow if by_unit else weekly.WeeklyRow
        return table_of(row_class, weekly.weekly(connection, viewer, as_of, filters, by_unit))
    if board == "ageing":
        return table_of(ageing.AgeRow, ageing.ages(connection, viewer, as_of, filters, by_unit))
    return table_of(ageing.RateRow, ageing.rates(connection, viewer, as_of, filters, by_unit))


def _failures_of(row: Mapping[str, Any]) -> Place:
    """The failures of a board's county."""
    code = row["county_code"]
    return place("failed", {"county": code} if code else {})


def _as_looked_at(table: Table, of: str | None, lang: str) -> Table:
    """A board with its last day on top, and the whole scope by its name."""
    from store.words import say

    name, code = (table.keys().index(key) for key in ("county", "county_code"))
    whole = say("console.everything", lang)
    rows = list(table.rows)
    if of is not None:
        at = table.keys().index(of)
        rows.sort(key=lambda row: row[at], reverse=True)
    shown = [
        tuple(whole if place == name and row[code] is None else value for place, value in enumerate(row))
        for row in rows
    ]
    return Table(table.columns, shown)


VIEW = View(
    "failed",
    (
        Option("all", switch=True),
        Option("daily", switch=True),
        Option("weekly", switch=True),
        Option("ageing", switch=True),
        Option("rate", switch=True),
        Option("new", switch=True),
        Option("cleared", switch=True),
        Option("by", ("unit",)),
        Option("without-feedback", switch=True),
        *PLACE,
        Option("reason"),
        SINCE,
    ),
    plan,
    bare="county",
    narrows={"county": "county", "programme": "programme", "programme_code": "programme"},
)
